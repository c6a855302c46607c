"""Many publish at once, one commit of the index follows them: the first change at once, those right behind it together."""

from collections.abc import Callable
from threading import Lock, Timer
from time import monotonic

SHARE, LONGEST = 4, 5.0
"""So many times as long as following took it pauses at least, on a machine that is slow, and the longest pause in seconds."""


class Gathering:
    """Calls `follow` at once where nothing was followed for `seconds`; what comes sooner waits for that time, all together.

    Where following takes long, the pause grows with it, so that it takes a fifth of the time at most. What waits when the
    process dies stays in the outbox and is followed at the next start.
    """

    def __init__(self, follow: Callable[[], object], seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._follow, self._seconds, self._now = follow, seconds, now
        self._lock, self._running, self._last, self._spent = Lock(), Lock(), -max(seconds, LONGEST), 0.0
        self._timer: Timer | None = None

    def __call__(self) -> None:
        """Follow what was changed, now or in a moment."""
        with self._lock:
            if self._timer:
                return
            wait = self._last + max(self._seconds, min(SHARE * self._spent, LONGEST)) - self._now()
            self._last = self._now()
            if wait > 0:
                self._timer = Timer(wait, self._late)
                self._timer.daemon = True
                self._timer.start()
                return
        self._run()

    def close(self) -> None:
        """Follow what still waits."""
        with self._lock:
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
            self._run()

    def _late(self) -> None:
        with self._lock:
            if not self._timer:
                return
            self._timer, self._last = None, self._now()
        self._run()

    def _run(self) -> None:
        with self._running:
            begun = self._now()
            self._follow()
            self._spent = self._now() - begun
