"""Bodies are read in pieces and counted after decompression; JSON is read strictly."""

import json
import math
from collections.abc import Iterator
from typing import Any

import requests

from harvesters.http.errors import FetchError, shown
from harvesters.http.limits import Limits

_CHUNK = 64 * 1024
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br"})


def pieces(response: requests.Response, url: str, limits: Limits, max_bytes: int) -> Iterator[bytes]:
    """Yield the decoded body; raises FetchError past `max_bytes` or past the ratio of decompression."""
    _declared(response, url, max_bytes)
    total = 0
    for piece in response.raw.stream(_CHUNK, decode_content=True):
        total += len(piece)
        if total > max_bytes:
            raise FetchError("too-large", f"{shown(url)} sent more than {_size(max_bytes)}; {_RAISE_LIMIT}.")
        if total > limits.ratio_from and total > limits.ratio * response.raw.tell():
            raise FetchError("bomb", f"{shown(url)} sent a compressed answer that grows more than {limits.ratio}-fold; "
                                     "it was not read. Ask the portal what is wrong.")
        yield piece


def _declared(response: requests.Response, url: str, max_bytes: int) -> None:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        message = f"{shown(url)} is compressed in a way that is not accepted; only gzip, deflate and br are."
        raise FetchError("bad-encoding", message)
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > max_bytes:
        size = _size(int(length[:20]))
        raise FetchError("too-large", f"{shown(url)} has {size}, more than {_size(max_bytes)}; {_RAISE_LIMIT}.")


_RAISE_LIMIT = "ask for smaller pages, raise the size limit of the source, or link its files instead of copying them"


def _size(count: int) -> str:
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count} bytes"


def read_json(body: bytes, url: str, depth: int) -> Any:
    """Return the JSON value of `body` (UTF-8, -16 or -32, with or without BOM).

    Raises FetchError for anything that RFC 8259 refuses, NaN and infinities included, and for nesting deeper than `depth`.
    Of repeated keys the last one counts.
    """
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, json.JSONDecodeError | _NotFinite) else "wrong encoding or nesting"
        raise FetchError("not-json", f"{shown(url)} did not answer JSON ({why}); check the address of the source.") from None
    if not _shallow(value, depth):
        raise FetchError("not-json", f"{shown(url)} answered JSON that is nested deeper than {depth} levels; it was not read.")
    return value


class _NotFinite(ValueError):
    pass


def _refuse(word: str) -> Any:
    raise _NotFinite(f"{word} is no JSON number")


def _finite(digits: str) -> float:
    if math.isfinite(number := float(digits)):
        return number
    raise _NotFinite("a number is too large")


def _shallow(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            inner
            for outer in level if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer) if isinstance(inner, dict | list)
        ]  # fmt: skip
        if not level:
            return True
    return False


def read_text(body: bytes, declared: str | None) -> str:
    """Return the words of `body` in the declared encoding, UTF-8 by default; what cannot be read becomes U+FFFD."""
    try:
        return body.decode("utf-8-sig" if not declared or declared.lower() in ("utf-8", "utf8") else declared, "replace")
    except LookupError:
        return body.decode("utf-8-sig", "replace")
