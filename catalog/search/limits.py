"""From and to, and a box on the map, as they stand in an address: `modified_from=2024-05`, `rows_to=1000`, `west=66` …"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalog.search.moments import span
from catalog.search.ranges import Range, ranges
from schemas.problems import Problem

SIDES = ("west", "south", "east", "north")
BOX = "bbox"
FIRST, LAST = -(2**62), 2**62
Bounds = tuple[int, int]
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees; west may exceed east across the antimeridian."""

# Sentences for the reader; the site translates them.
BAD_DATE = "Give a year, a month or a day, such as 2024, 2024-05 or 2024-05-31."
BAD_COUNT = "Give a whole number, such as 1000."
BAD_ORDER = "The beginning is after the end; change one of them."
BAD_BOX = "Give all four sides of the box in degrees, west and east from -180 to 180, south and north from -90 to 90."

_COUNT = re.compile(r"\d{1,15}", re.ASCII)
_DAY = re.compile(r"[12]\d{3}(-\d\d){0,2}", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,10})?", re.ASCII)


@dataclass(slots=True)
class Limits:
    """What was understood, and what was not: bounds by range, both inside, and the box that a place must touch."""

    bounds: dict[str, Bounds] = field(default_factory=dict)
    box: Box | None = None
    problems: list[Problem] = field(default_factory=list)


def parameters() -> tuple[str, ...]:
    """Return the names that limits have in an address."""
    return (*(f"{name}_{end}" for name in ranges() for end in ("from", "to")), *SIDES)


def limits_of(given: Mapping[str, str]) -> Limits:
    """Return the limits of an address; parameters that are empty or of other names count for nothing."""
    found = Limits()
    for name, range_ in ranges().items():
        ends = {end: text for end in ("from", "to") if (text := given.get(f"{name}_{end}", "").strip())}
        bad = {end: message for end, text in ends.items() if (message := _bad(range_, text))}
        found.problems += [Problem("bad-limit", f"/{name}_{end}", message) for end, message in bad.items()]
        if ends and not bad:
            first = _span(range_, ends["from"])[0] if "from" in ends else FIRST
            last = _span(range_, ends["to"])[1] if "to" in ends else LAST
            found.bounds[name] = first, last
            if first > last:
                found.problems.append(Problem("bad-limit", f"/{name}_from", BAD_ORDER))
    sides = [given.get(side, "").strip() for side in SIDES]
    if any(sides):
        found.box = _box(sides)
        if not found.box:
            missing = next((side for side, text in zip(SIDES, sides, strict=True) if not _DEGREES.fullmatch(text)), SIDES[0])
            found.problems.append(Problem("bad-limit", f"/{missing}", BAD_BOX))
    return found


def written(name: str, value: str) -> dict[str, str]:
    """Return the parameters that `rows:10..500`, `modified:2024` or `bbox:66,49,78,56` in a query stands for; none where it is
    no such limit."""
    if name == BOX:
        given = dict(zip(SIDES, value.split(","), strict=False))
        return given if value.count(",") == len(SIDES) - 1 and not limits_of(given).problems else {}
    if name not in ranges():
        return {}
    first, dots, last = value.partition("..")
    given = {f"{name}_from": first, f"{name}_to": last if dots else first}
    given = {key: text for key, text in given.items() if text}
    return given if given and not limits_of(given).problems else {}


def _bad(range_: Range, text: str) -> str:
    try:
        _span(range_, text)
    except ValueError:
        return BAD_DATE if range_.kind == "date" else BAD_COUNT
    return ""


def _span(range_: Range, text: str) -> Bounds:
    if not (_DAY if range_.kind == "date" else _COUNT).fullmatch(text):
        raise ValueError(text)
    return span(text) if range_.kind == "date" else (int(text), int(text))


def _box(sides: list[str]) -> Box | None:
    if not all(map(_DEGREES.fullmatch, sides)):
        return None
    west, south, east, north = map(float, sides)
    fit = max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if fit else None


def parts(box: Box) -> Iterator[Box]:
    """Yield a box, in two where it crosses the antimeridian."""
    west, south, east, north = box
    if west <= east:
        yield box
    else:
        yield west, south, 180.0, north
        yield -180.0, south, east, north
