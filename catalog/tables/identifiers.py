"""Numbers and addresses by which people are known, and how true ones differ from numbers that only look like them.

KZ: Government decree on IIN and BIN; SG: as published by its users, unofficial; DK: CPR-nummeret (mod 11, not since 2007);
KR: resident registration act (no check digit since October 2020); UK: HMRC NIM39110; cards: ISO/IEC 7812; IBAN: ISO 13616.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
import polars
from numpy.typing import NDArray

Signs = NDArray[numpy.int64]
Mask = NDArray[numpy.bool_]
_DAYS = numpy.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """`pattern` finds one (its first group) in a text; `shaped` tells which may be true, `true` which of these are.

    Both take code points (n × longest, 0 where a text is shorter; letters are capitals). By chance `luck` of the shaped ones
    seem true. `named` matches labels of such columns; `proof` is whether what is true needs no such label.
    """

    kind: str
    pattern: str
    luck: float
    named: str
    shaped: Callable[[Signs], Mask] = lambda signs: numpy.ones(len(signs), bool)
    true: Callable[[Signs], Mask] = lambda signs: numpy.ones(len(signs), bool)
    proof: bool = True
    digits: int = 0


def signs_of(texts: polars.Series) -> Signs:
    """Return the code points of ASCII texts, without spaces and hyphens, in capitals."""
    plain = texts.str.replace_all("[ -]", "").str.to_uppercase()
    longest = int(plain.str.len_bytes().max() or 0)  # type: ignore[arg-type]
    joined = "".join(plain.str.pad_end(longest, "\0").to_list()).encode()
    return numpy.frombuffer(joined, numpy.uint8).reshape(len(texts), longest).astype(numpy.int64)


def _weighed(signs: Signs, weights: Sequence[int]) -> Signs:
    return numpy.asarray((signs[:, : len(weights)] - 48) @ numpy.array(weights))


def _two(signs: Signs, place: int) -> Signs:
    return (signs[:, place] - 48) * 10 + signs[:, place + 1] - 48


def _dated(month: Signs, day: Signs) -> Mask:
    known = (month >= 1) & (month <= 12)
    return numpy.asarray(known & (day >= 1) & (day <= _DAYS[numpy.where(known, month, 0)]))


def _kz_check(signs: Signs) -> Mask:
    first = _weighed(signs, range(1, 12)) % 11
    second = _weighed(signs, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return numpy.asarray(numpy.where(first == 10, second, first) == signs[:, 11] - 48)


def _iin_shaped(signs: Signs) -> Mask:
    return numpy.asarray(_dated(_two(signs, 2), _two(signs, 4)) & (signs[:, 6] <= 54))


def _bin_shaped(signs: Signs) -> Mask:
    month = _two(signs, 2)
    return (month >= 1) & (month <= 12) & (signs[:, 4] >= 52) & (signs[:, 4] <= 54)


def _nric_true(signs: Signs) -> Mask:
    letter = signs[:, 0]
    sums = (signs[:, 1:8] - 48) @ numpy.array((2, 7, 6, 5, 4, 3, 2))
    sums += 4 * ((letter == ord("T")) | (letter == ord("G"))) + 3 * (letter == ord("M"))
    ends = {"ST": b"JZIHGFEDCBA", "FG": b"XWUTRQPNMLK", "M": b"XWUTRQPNJLK"}
    true = numpy.zeros(len(signs), bool)
    for letters, marks in ends.items():
        of_these = numpy.isin(letter, [ord(one) for one in letters])
        true |= of_these & (numpy.frombuffer(marks, numpy.uint8)[sums % 11] == signs[:, 8])
    return true


def _cpr_shaped(signs: Signs) -> Mask:
    return _dated(_two(signs, 2), _two(signs, 0))


def _cpr_true(signs: Signs) -> Mask:
    return numpy.asarray(_weighed(signs, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0)


def _rrn_shaped(signs: Signs) -> Mask:
    return _dated(_two(signs, 2), _two(signs, 4)) & (signs[:, 6] >= 49) & (signs[:, 6] <= 56)


def _rrn_true(signs: Signs) -> Mask:
    base = numpy.where(signs[:, 6] >= 53, 13, 11)
    return numpy.asarray((base - _weighed(signs, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10 == signs[:, 12] - 48)


def _luhn(signs: Signs) -> Mask:
    size = (signs > 0).sum(axis=1)
    digits = numpy.where(signs > 0, signs - 48, 0)
    twice = (size[:, None] - numpy.arange(signs.shape[1])) % 2 == 0
    sums = numpy.where(twice, digits * 2 - 9 * (digits > 4), digits).sum(axis=1)
    return numpy.asarray(sums % 10 == 0)


def _iban_true(signs: Signs) -> Mask:
    rest = numpy.zeros(len(signs), numpy.int64)
    for place in (*range(4, signs.shape[1]), 0, 1, 2, 3):
        sign = signs[:, place]
        value = numpy.where(sign >= 65, sign - 55, sign - 48)
        rest = numpy.where(sign == 0, rest, (rest * numpy.where(sign >= 65, 100, 10) + value) % 97)
    return numpy.asarray(rest == 1)


def _whole(pattern: str) -> str:
    return f"(?:^|[^0-9A-Za-z])({pattern})(?:$|[^0-9A-Za-z])"


_CARD = r"4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6011|6[245][0-9]{2}"
_ROLES = "info|office|contact|admin|support|help|mail|press|sales|webmaster|secretary|reception|data|opendata|noreply|no-reply"
IDENTIFIERS = (
    Identifier(kind="kz-iin", pattern=_whole("[0-9]{12}"), luck=0.1, named=r"\biin\b|иин|жсн", shaped=_iin_shaped,
               true=_kz_check, digits=12),
    Identifier(kind="kz-bin", pattern=_whole("[0-9]{12}"), luck=0.1, named=r"\bbin\b|бин|бсн", shaped=_bin_shaped,
               true=_kz_check, digits=12),
    Identifier(kind="sg-nric", pattern=_whole("(?i:[STFGM])[0-9]{7}[A-Za-z]"), luck=1 / 11, named=r"nric|\bfin\b",
               true=_nric_true),
    Identifier(kind="dk-cpr", pattern=_whole("[0-9]{6}-?[0-9]{4}"), luck=1 / 11, named=r"\bcpr|personnummer",
               shaped=_cpr_shaped, true=_cpr_true, digits=10),
    Identifier(kind="kr-rrn", pattern=_whole("[0-9]{6}-?[0-9]{7}"), luck=0.1, named="rrn|주민|resident.?reg",
               shaped=_rrn_shaped, true=_rrn_true, digits=13),
    Identifier(kind="uk-nino", luck=0.0, named=r"\bnino\b|national.?insurance", proof=False, pattern=_whole(
        "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]")),
    Identifier(kind="payment-card", luck=0.1, named="card|карт", true=_luhn, pattern=_whole(
        f"(?:{_CARD})(?:[ -]?[0-9]{{4}}){{3}}|3[47][0-9]{{2}}[ -]?[0-9]{{6}}[ -]?[0-9]{{5}}")),
    Identifier(kind="iban", pattern=_whole("[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"), luck=1 / 97,
               named=r"\biban\b|иик|жск", true=_iban_true),
    Identifier(kind="e-mail", luck=0.0, named="e-?mail|почт|пошта",
               pattern=r"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"),
    Identifier(kind="phone", pattern=r"(?:^|[^0-9+])(\+[0-9](?:[ ().-]{0,2}[0-9]){7,14})(?:$|[^0-9])", luck=0.0, proof=False,
               named="phone|mobile|\\btel|тел|моб"),
)  # fmt: skip
ANY = (
    "[0-9]{9,}|@|[0-9]{6}-[0-9]{4}|(?i:[STFGM])[0-9]{7}[A-Za-z]|[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}"
    "|3[47][0-9]{2}[ -][0-9]{6}|[A-Za-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]|\\+[0-9]"
)
"""What every text that holds an identifier matches, and few others."""
ROLE = f"(?i)^(?:{_ROLES})@"
"""E-mail addresses of offices, not people."""
