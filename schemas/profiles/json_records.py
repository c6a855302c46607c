"""Records out of JSON bytes, whatever they hold: what cannot be read is one record that its reader explains."""

import json
from collections.abc import Iterator
from typing import Any

import ijson  # type: ignore[import-untyped]

from schemas.problems import Problem
from schemas.profiles.base import Reading

MAX_BYTES = 256 * 2**20
MAX_DEPTH = 100
"""Nested objects and lists; deeper ones exhaust the stack of whatever walks them later."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def parsed(body: bytes) -> Any:
    """Return the value that the bytes hold, or the bytes themselves where they are no JSON; NaN and infinity are nothing."""
    if len(body) > MAX_BYTES:
        return body
    try:
        value = json.loads(body.removeprefix(_BYTE_ORDER_MARK), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return body
    return body if _too_deep(value) else value


def items(body: bytes, key: str) -> Iterator[Any]:
    """Yield the entries of the list under `key`, or of a bare list, without building the whole; else the one value there is.

    Where the JSON breaks off, the entries before are yielded, then the bytes as a record that cannot be read.
    """
    body, found = body.removeprefix(_BYTE_ORDER_MARK), False
    try:
        for item in _entries(body, key):
            found = True
            yield item
    except (ijson.JSONError, ValueError):
        yield body
        return
    if not found:
        whole = parsed(body)
        if not isinstance(whole, list) and not (isinstance(whole, dict) and isinstance(whole.get(key), list)):
            yield whole


def _entries(body: bytes, key: str) -> Iterator[Any]:
    """Yield each entry; ijson's own `items` keeps a path that grows with every level, so that deep input fills the memory."""
    depth, level, name, listed, builder = 0, 1 if body.lstrip()[:1] == b"[" else 2, key, False, None
    for event, value in ijson.basic_parse(body, use_float=True):
        opens, closes = event.startswith("start_"), event.startswith("end_")
        depth -= closes
        if depth == level - 1:
            name = value if event == "map_key" else name
            listed = event == "start_array" and name == key
        elif depth == level and listed and builder is None:
            builder = ijson.ObjectBuilder()
        depth += opens
        if depth > MAX_DEPTH:
            raise ValueError("too deep")
        if builder is not None:
            builder.event(event, value)
            if depth == level:
                yield builder.value
                builder = None


def not_an_object(record: Any, what: str) -> Reading:
    """Return the reading of a record that is no object."""
    if isinstance(record, bytes):
        message = "This is not valid JSON, or too large or too deep; ask the portal to repair it."
        return Reading({}, (Problem("not-json", "", message),))
    return Reading({}, (Problem("not-an-object", "", f"{what} is an object with named properties."),))


def _too_deep(value: Any) -> bool:
    """Tell whether a value nests too deep, level by level, since a walk that calls itself would fail of the same."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [each for values in inner for each in values if isinstance(each, dict | list)]
    return bool(level)
