"""Payment: cards (ISO/IEC 7812, Luhn) and bank accounts (IBAN, ISO 13616)."""

import numpy

from catalog.tables.personal.base import Identifier, Kinds, whole
from catalog.tables.personal.signs import Mask, Signs

_ISSUERS = r"4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6011|6[245][0-9]{2}"
_GAP = r"[ \x{a0}-]"


def _luhn(signs: Signs) -> Mask:
    size = (signs > 0).sum(axis=1)
    digits = numpy.where(signs > 0, signs - 48, 0)
    twice = (size[:, None] - numpy.arange(signs.shape[1])) % 2 == 0
    sums = numpy.where(twice, digits * 2 - 9 * (digits > 4), digits).sum(axis=1)
    return numpy.asarray(sums % 10 == 0)


def _mod97(signs: Signs) -> Mask:
    rest = numpy.zeros(len(signs), numpy.int64)
    for place in (*range(4, signs.shape[1]), 0, 1, 2, 3):
        sign = signs[:, place]
        value = numpy.where(sign >= 65, sign - 55, sign - 48)
        rest = numpy.where(sign == 0, rest, (rest * numpy.where(sign >= 65, 100, 10) + value) % 97)
    return numpy.asarray(rest == 1)


KINDS = Kinds("payment", (
    Identifier(name="payment-card", kind="payment-card", luck=0.1, chance=0.1, named="card|карт", true=_luhn, pattern=whole(
        f"(?:{_ISSUERS})(?:{_GAP}?[0-9]{{4}}){{3}}|3[47][0-9]{{2}}{_GAP}?[0-9]{{6}}{_GAP}?[0-9]{{5}}"), share=0.5,
        hint=f"[0-9]{{15}}|[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}|3[47][0-9]{{2}}{_GAP}[0-9]{{6}}"),
    Identifier(name="iban", kind="iban", pattern=whole("[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"),
               luck=1 / 97, chance=1 / 97, named=r"\biban\b|иик|жск", true=_mod97, hint="[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}"),
))  # fmt: skip
