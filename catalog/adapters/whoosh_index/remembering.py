"""Answers that are kept for a while, the last used of them, up to a number of bytes; safe between threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembering(Generic[Key, Value]):
    """A dictionary that forgets what was not used for longest. `weight` tells the bytes of a value."""

    def __init__(self, limit: int, weight: Callable[[Value], int]) -> None:
        self._limit, self._weight = limit, weight
        self._held = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """Return what was put, None where it was forgotten."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            return None

    def put(self, key: Key, value: Value) -> None:
        """Keep a value."""
        with self._lock:
            if key in self._values:
                return
            self._values[key] = value
            self._held += self._weight(value)
            while self._held > self._limit and len(self._values) > 1:
                self._held -= self._weight(self._values.popitem(last=False)[1])
