"""Fetches one file from an address that a clerk gave, through the guarded client, within what somebody waits for."""

import secrets
from urllib.parse import unquote, urlsplit

from catalog.bootstrap import Catalog
from catalog.errors import Invalid
from catalog.uploads import Upload
from harvesters.http import FetchError, HttpClient, Limits
from schemas.problems import Problem

SECONDS, MOST = 60, 200 * 2**20
"""Time and bytes of one file; larger ones are uploaded, or stay where they are."""


def fetch_copy(catalog: Catalog, url: str) -> Upload:
    """Return the file behind an address as an upload; raises Invalid with the reason where it cannot be had."""
    temporary = catalog.temporary / secrets.token_hex(16)
    try:
        limits = Limits(total=SECONDS, retries=0)
        with HttpClient(allow=catalog.settings.harvest_allow, limits=limits, secrets=catalog.settings.secrets.values()) as http:
            got = http.download(url, temporary, min(MOST, catalog.settings.upload_limit))
        name = got.filename if "." in got.filename else unquote(urlsplit(url).path.rpartition("/")[2])
        return catalog.uploads.keep(temporary, name)
    except FetchError as error:
        raise Invalid(str(error), [Problem(error.code, "/url", str(error))]) from None
    finally:
        temporary.unlink(missing_ok=True)
