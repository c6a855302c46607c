"""The one way out: a guarded HTTP client that every source and every file of a source is fetched through."""

from harvesters.http.client import Downloaded, HttpClient
from harvesters.http.errors import FetchError, shown
from harvesters.http.limits import Limits

__all__ = ["Downloaded", "FetchError", "HttpClient", "Limits", "shown"]
