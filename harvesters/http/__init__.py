"""The one way out: a guarded HTTP client that every source and every file of a source is fetched through."""

from harvesters.http.client import Downloaded, HttpClient
from harvesters.http.errors import FetchError, shown
from harvesters.http.limits import Limits
from harvesters.http.opening import open_client, secrets_of

__all__ = ["Downloaded", "FetchError", "HttpClient", "Limits", "open_client", "secrets_of", "shown"]
