"""The place of a key in [0, 1), from its hash, and the split that the place falls into.

A place is the first eight bytes (big-endian) of the SHA-256 of the JSON list `[salt, part…]` (UTF-8, no blanks), divided by
2^64. Parts are trimmed and in Unicode's form NFC. The ratios, in the order of `SplitRecipe.names`, cut [0, 1).
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

import numpy

from schemas.ml import SplitRecipe

Places = numpy.ndarray[Any, numpy.dtype[numpy.uint64]]
Buckets = numpy.ndarray[Any, numpy.dtype[numpy.uint8]]


def part(cell: str) -> str:
    """Return a cell as it stands in the JSON list."""
    return encode_basestring((cell if cell.isascii() else unicodedata.normalize("NFC", cell)).strip())


def places(keys: Iterable[str], salt: str) -> Places:
    """Return the place of each key (its parts with commas between) as a whole number below 2^64."""
    begin, sha256 = f"[{encode_basestring(salt)},", hashlib.sha256
    digests = b"".join([sha256(f"{begin}{key}]".encode()).digest()[:8] for key in keys])
    return numpy.frombuffer(digests, dtype=">u8").astype("u8")


def buckets(found: Places, recipe: SplitRecipe) -> Buckets:
    """Return for each place the number of its split in `recipe.names`."""
    ends, total = list[int](), Fraction(0)
    for name in recipe.names[:-1]:
        total += Fraction(repr(float(recipe.ratios[name])))
        ends.append(min(int(total * 2**64), 2**64 - 1))
    return numpy.searchsorted(numpy.array(ends, dtype="u8"), found, side="right").astype("u1")
