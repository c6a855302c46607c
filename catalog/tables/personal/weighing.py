"""How sure it is that a column holds what it seems to hold: chance alone explains some of what matches."""

import math
from dataclasses import dataclass, field

from catalog.tables.personal.base import Identifier

_ENOUGH, _FEWEST = 20, 3
"""Candidates that prove something, hits that are worth a look where chance may explain them."""
_BY_CHANCE, _BY_LUCK = 2e-4, 1e-5
"""How seldom chance alone may bring as much: of all that have the form, of those that are shaped."""


@dataclass(slots=True)
class Seen:
    """What was seen of one kind in one column: texts of its form, those that may be true, those that are, those of them whose
    own text names them, and the first rows.
    """

    found: int = 0
    candidates: int = 0
    hits: int = 0
    named: int = 0
    rows: list[int] = field(default_factory=list)


def level(one: Identifier, seen: Seen, *, named: bool) -> str:
    """Return `certain`, `likely`, `review` or nothing; `named` tells that the column's label is a telling one."""
    if one.labelled and not named:
        return ""
    if not seen.hits:
        return "review" if one.texts is not None and seen.candidates else ""
    half = seen.hits * 2 >= seen.candidates
    if half and seen.candidates >= _ENOUGH and (one.proof or named):
        return "certain"
    if seen.named or (named and seen.hits >= one.share * seen.candidates) or _unlikely(one, seen, half=half):
        return "likely"
    by_luck = one.luck * seen.candidates
    enough = _FEWEST if one.luck else 1
    return "review" if seen.hits >= enough and seen.hits > by_luck + 3 * math.sqrt(by_luck) else ""


def _unlikely(one: Identifier, seen: Seen, *, half: bool) -> bool:
    """Tell whether chance hardly brings that many hits."""
    if half and seen.candidates >= _ENOUGH:
        return True
    if seen.hits * 2 >= seen.found and one.chance**seen.hits < _BY_CHANCE:
        return True
    return half and bool(one.luck) and _tail(seen.candidates, seen.hits, one.luck) < _BY_LUCK


def _tail(tries: int, hits: int, luck: float) -> float:
    """Return a bound on the probability of so many hits (Chernoff)."""
    share = hits / tries
    distance = share * math.log(share / luck) + ((1 - share) * math.log((1 - share) / (1 - luck)) if share < 1 else 0.0)
    return math.exp(-tries * distance)
