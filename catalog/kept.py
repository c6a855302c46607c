"""A small memory for what is costly to find out about files that never change."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Keeps the last used `size` values; safe between threads. Two that ask at once may both make a value."""

    def __init__(self, size: int) -> None:
        self._size, self._values, self._lock = size, OrderedDict[Hashable, V](), Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return what is kept under a key, made now where it is not."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return made

    def forget(self, key: Hashable) -> None:
        """Drop what is kept under a key."""
        with self._lock:
            self._values.pop(key, None)
