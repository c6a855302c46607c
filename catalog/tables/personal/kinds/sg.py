"""Singapore: NRIC and FIN, by the rule that their users publish (there is no official one)."""

import numpy

from catalog.tables.personal.base import Identifier, Kinds, whole
from catalog.tables.personal.signs import Mask, Signs

_ENDS = {"ST": b"JZIHGFEDCBA", "FG": b"XWUTRQPNMLK", "M": b"XWUTRQPNJLK"}
_FORM = "(?i:[STFGM])[0-9]{7}[A-Za-z]"


def _true(signs: Signs) -> Mask:
    letter = signs[:, 0]
    sums = (signs[:, 1:8] - 48) @ numpy.array((2, 7, 6, 5, 4, 3, 2))
    sums += 4 * ((letter == ord("T")) | (letter == ord("G"))) + 3 * (letter == ord("M"))
    true = numpy.zeros(len(signs), bool)
    for letters, marks in _ENDS.items():
        of_these = numpy.isin(letter, [ord(one) for one in letters])
        true |= of_these & (numpy.frombuffer(marks, numpy.uint8)[sums % 11] == signs[:, 8])
    return true


KINDS = Kinds("sg", (
    Identifier(name="sg-nric", kind="sg-nric", pattern=whole(_FORM), hint=_FORM, luck=1 / 11, chance=1 / 11,
               named=r"nric|\bfin\b", true=_true),
))  # fmt: skip
