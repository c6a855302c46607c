"""A socket with a deadline: no server keeps us longer than the total time, however slowly it drips its bytes."""

import io
import socket
import time
from typing import Any


class DeadlineSocket:
    """A connected socket that passes everything on, but reads against the time since the last `start`.

    Raises TimeoutError when nothing came for the socket's own timeout, or when the total is used up.
    """

    def __init__(self, sock: socket.socket, total: float) -> None:
        self._sock, self._total = sock, total
        self.start()

    def start(self) -> None:
        """Begin to count anew: a request is about to be sent."""
        self._ends = time.monotonic() + self._total

    def makefile(self, mode: str = "rb", buffering: int | None = None, **_: Any) -> io.BufferedReader:
        """Return the reader that http.client takes heads and bodies from."""
        return io.BufferedReader(_Reader(self, self._sock.makefile("rb", buffering=0)))

    def before_read(self) -> float | None:
        """Shorten the socket's timeout to what is left, and return what it was."""
        left, idle = self._ends - time.monotonic(), self._sock.gettimeout()
        if left <= 0:
            raise TimeoutError("The total time is used up.")
        self._sock.settimeout(left if idle is None else min(left, idle))
        return idle

    def after_read(self, idle: float | None) -> None:
        """Give the socket its own timeout back."""
        if self._sock.fileno() >= 0:
            self._sock.settimeout(idle)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Reader(io.RawIOBase):
    def __init__(self, owner: DeadlineSocket, raw: Any) -> None:
        self._owner, self._raw = owner, raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        idle = self._owner.before_read()
        try:
            count: int | None = self._raw.readinto(buffer)
            return count
        finally:
            self._owner.after_read(idle)

    def close(self) -> None:
        self._raw.close()
        super().close()
