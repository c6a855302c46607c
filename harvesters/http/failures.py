"""What libraries raise, told as FetchErrors."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3

from harvesters.http.errors import FetchError, shown
from harvesters.http.guard import BlockedAddress

_TOLD: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((BlockedAddress,), "blocked-address",
     "{url} leads to an address inside a private network, which harvests must not reach; "
     "if that is meant, name it in QOIMA_HARVEST_ALLOW."),
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError), "tls",
     "{url} has no certificate that can be trusted; ask the portal to renew it."),
    ((requests.exceptions.ConnectTimeout,), "connection", "{url} cannot be reached in time; try again later."),
    ((requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError), "too-slow",
     "{url} answered too slowly and was given up; try again later."),
    ((urllib3.exceptions.DecodeError,), "bad-encoding",
     "{url} sent a compressed answer that cannot be unpacked; ask the portal."),
    ((urllib3.exceptions.ProtocolError,), "cut-off", "{url} broke off before its answer was complete; try again later."),
    ((requests.exceptions.ConnectionError,), "connection",
     "{url} cannot be reached or does not speak HTTP; check the address, or try again later."),
    ((requests.exceptions.RequestException, urllib3.exceptions.HTTPError, UnicodeError), "bad-address",
     "{url} cannot be requested; correct the address."),
)  # fmt: skip


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn what goes wrong inside into a FetchError about `url`; errors that are told already pass."""
    try:
        yield
    except FetchError:
        raise
    except Exception as error:
        for kinds, code, words in _TOLD:
            if isinstance(error, kinds):
                raise FetchError(code, words.format(url=shown(url))) from None
        raise
