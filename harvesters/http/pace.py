"""Politeness: so many requests a second to each host, and a second try only where one may help."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harvesters.http.errors import FetchError
from harvesters.http.limits import Limits

TRANSIENT = frozenset({429, 500, 502, 503, 504})
_TRANSIENT_CODES = frozenset({"connection", "cut-off"})


class Pace:
    """Spaces the requests to each host evenly; threads wait their turn."""

    def __init__(
        self, rate: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._gap = 1 / rate if rate > 0 else 0.0
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Sleep until the next request to `host` is due."""
        with self._lock:
            now = self._clock()
            due = max(now, self._next.get(host, now))
            self._next[host] = due + self._gap
        if due > now:
            self._sleep(due - now)


def again(error: Exception, limits: Limits) -> bool | float:
    """Tell stamina whether to try again: no, yes with its own back-off, or after the seconds that the server asked for."""
    if not isinstance(error, FetchError):
        return False
    if error.code == "status" and error.status in TRANSIENT:
        if error.wait is None:
            return True
        return error.wait if error.wait <= limits.retry_after else False
    return error.code in _TRANSIENT_CODES


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Read a Retry-After header (RFC 9110 §10.2.3): seconds or a date; None when there is none or it says nothing."""
    given = (header or "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:12])
    try:
        moment = parsedate_to_datetime(given)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
