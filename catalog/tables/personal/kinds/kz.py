"""Kazakhstan: numbers of persons (IIN) and organisations (BIN), by the Government's decree on both."""

import numpy

from catalog.tables.personal.base import Identifier, Kinds
from catalog.tables.personal.signs import Mask, Signs, dated, two, weighed

_SPLIT = r"[0-9](?:[ \x{a0}\x{2009}-]?[0-9])"
"""Digits, also in groups as people write them."""


def _checked(signs: Signs) -> Mask:
    first = weighed(signs, range(1, 12)) % 11
    second = weighed(signs, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return numpy.asarray(numpy.where(first == 10, second, first) == signs[:, 11] - 48)


def _person(signs: Signs) -> Mask:
    shaped = dated(two(signs, 2), two(signs, 4)) & (signs[:, 6] <= 54)
    stamps = (two(signs, 6) < 24) & (two(signs, 8) < 60) & (two(signs, 10) < 60)  # YYMMDDhhmmss
    return numpy.asarray(shaped & ~stamps if stamps[shaped].sum() * 2 > shaped.sum() else shaped)


def _organisation(signs: Signs) -> Mask:
    month = two(signs, 2)
    return numpy.asarray((month >= 1) & (month <= 12) & (signs[:, 4] >= 52) & (signs[:, 4] <= 54))


_FORM, _HINT = f"(?:^|[^0-9])({_SPLIT}{{11}})(?:$|[^0-9])", _SPLIT + "{8}"
KINDS = Kinds("kz", (
    Identifier(name="kz-iin", kind="kz-iin", pattern=_FORM, hint=_HINT, luck=0.1, chance=0.0026, named=r"\biin\b|иин|жсн",
               shaped=_person, true=_checked, digits=12),
    Identifier(name="kz-bin", kind="kz-bin", pattern=_FORM, hint=_HINT, luck=0.1, chance=0.0015, named=r"\bbin\b|бин|бсн",
               shaped=_organisation, true=_checked, digits=12, personal=False),
))  # fmt: skip
