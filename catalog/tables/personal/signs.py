"""Texts as matrices of code points, so that check digits of a whole column are told at once."""

from collections.abc import Sequence

import numpy
import polars
from numpy.typing import NDArray

Signs = NDArray[numpy.int64]
Mask = NDArray[numpy.bool_]
_DAYS = numpy.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def signs_of(texts: polars.Series) -> Signs:
    """Return the code points of ASCII texts, without spaces, hyphens, brackets, dots and plus signs, in capitals."""
    plain = texts.str.replace_all("[ \u00a0\u2009().+-]", "").str.to_uppercase()
    longest = int(plain.str.len_bytes().max() or 0)  # type: ignore[arg-type]
    joined = "".join(plain.str.pad_end(longest, "\0").to_list()).encode()
    return numpy.frombuffer(joined, numpy.uint8).reshape(len(texts), longest).astype(numpy.int64)


def weighed(signs: Signs, weights: Sequence[int]) -> Signs:
    return numpy.asarray((signs[:, : len(weights)] - 48) @ numpy.array(weights))


def two(signs: Signs, place: int) -> Signs:
    return (signs[:, place] - 48) * 10 + signs[:, place + 1] - 48


def dated(month: Signs, day: Signs) -> Mask:
    known = (month >= 1) & (month <= 12)
    return numpy.asarray(known & (day >= 1) & (day <= _DAYS[numpy.where(known, month, 0)]))
