"""Denmark: CPR numbers, by CPR-kontoret; the check digit is no longer promised since 2007."""

import numpy

from catalog.tables.personal.base import Identifier, Kinds, whole
from catalog.tables.personal.signs import Mask, Signs, dated, two, weighed


def _shaped(signs: Signs) -> Mask:
    return dated(two(signs, 2), two(signs, 0))


def _true(signs: Signs) -> Mask:
    return numpy.asarray(weighed(signs, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0)


KINDS = Kinds("dk", (
    Identifier(name="dk-cpr", kind="dk-cpr", pattern=whole("[0-9]{6}-?[0-9]{4}"), hint="[0-9]{6}-?[0-9]{4}", luck=1 / 11,
               chance=0.0034, named=r"\bcpr|personnummer", shaped=_shaped, true=_true, digits=10),
    Identifier(name="dk-cpr-named", kind="dk-cpr", pattern=whole("[0-9]{6}-?[0-9]{4}"), hint="[0-9]{6}-?[0-9]{4}",
               named=r"\bcpr|personnummer", share=0.5, true=_shaped, digits=10, labelled=True),
))  # fmt: skip
