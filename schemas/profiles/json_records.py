"""Records out of JSON bytes, whatever they hold: what cannot be read is one record that its reader explains."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import ijson  # type: ignore[import-untyped]

from schemas.problems import Problem
from schemas.profiles.base import Reading

MAX_BYTES = 256 * 2**20


def parsed(body: bytes) -> Any:
    """Return the value that the bytes hold, or the bytes themselves where they are no JSON; NaN and infinity are nothing."""
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf"), parse_constant=lambda _: None) if len(body) <= MAX_BYTES else body
    except (ValueError, RecursionError):
        return body


def items(body: bytes, key: str) -> Iterator[Any]:
    """Yield the entries of the list under `key`, or of a bare list, without building the whole; else the one value there is.

    Where the JSON breaks off, the entries before are yielded, then the bytes as a record that cannot be read.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    prefix = "item" if body.lstrip()[:1] == b"[" else f"{key}.item"
    found = False
    try:
        for item in ijson.items(body, prefix, use_float=True):
            found = True
            yield item
    except (ijson.JSONError, ValueError, RecursionError):
        yield body
        return
    if not found and (whole := parsed(body)) != [] and not (isinstance(whole, Mapping) and key in whole):
        yield whole


def not_an_object(record: Any, what: str) -> Reading:
    """Return the reading of a record that is no object."""
    if isinstance(record, bytes):
        message = "This is not valid JSON, or too large or too deep; ask the portal to repair it."
        return Reading({}, (Problem("not-json", "", message),))
    return Reading({}, (Problem("not-an-object", "", f"{what} is an object with named properties."),))
