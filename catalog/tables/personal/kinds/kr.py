"""Korea: resident registration numbers, by the resident registration act; no check digit since October 2020."""

import numpy

from catalog.tables.personal.base import Identifier, Kinds, whole
from catalog.tables.personal.signs import Mask, Signs, dated, two, weighed

_NAMED = "rrn|주민|resident.?reg"


def _shaped(signs: Signs) -> Mask:
    return dated(two(signs, 2), two(signs, 4)) & (signs[:, 6] >= 49) & (signs[:, 6] <= 56)


def _true(signs: Signs) -> Mask:
    base = numpy.where(signs[:, 6] >= 53, 13, 11)
    return numpy.asarray((base - weighed(signs, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10 == signs[:, 12] - 48)


KINDS = Kinds("kr", (
    Identifier(name="kr-rrn", kind="kr-rrn", pattern=whole("[0-9]{6}-?[0-9]{7}"), hint="[0-9]{6}-?[0-9]{7}", luck=0.1,
               chance=0.003, named=_NAMED, shaped=_shaped, true=_true, digits=13),
    Identifier(name="kr-rrn-named", kind="kr-rrn", pattern=whole("[0-9]{6}-?[0-9]{7}"), hint="[0-9]{6}-?[0-9]{7}",
               named=_NAMED, share=0.5, true=_shaped, digits=13, labelled=True),
))  # fmt: skip
