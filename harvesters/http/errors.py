"""What goes wrong on the way out, in whole sentences that never show a key."""

import re
from urllib.parse import urlsplit, urlunsplit

HIDDEN = "…"
_SECRET_NAME = re.compile(
    r"(?i)^(x-amz-.*|x-goog-.*|.*(api[-_]?key|service[-_]?key|token|signature|secret|passw|credential|auth).*|sig|key|pwd)$"
)


class FetchError(Exception):
    """A request that failed for good. `code` is one of:

    blocked-address, bad-address, redirect-refused, too-many-redirects, too-large, too-slow, bomb, bad-encoding, status,
    not-json, connection, cut-off, tls. `status` is that of the last answer (0 without one), `body` its bounded beginning,
    `wait` the seconds that the server asked for.
    """

    def __init__(self, code: str, message: str, *, status: int = 0, body: str = "", wait: float | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.status, self.body, self.wait = code, message, status, body, wait


def shown(url: str) -> str:
    """Return an address fit for messages: without user, password, fragment and the values of parameters that hold keys."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "(an address that cannot be read)"
    return urlunsplit((parts.scheme, host, parts.path, _hidden(parts.query), ""))[:500]


def _hidden(query: str) -> str:
    pairs = (pair.partition("=") for pair in query.split("&"))
    return "&".join(f"{name}={HIDDEN}" if sep and _SECRET_NAME.match(name) else name + sep + value for name, sep, value in pairs)
