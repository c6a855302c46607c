"""A generated table of twelve columns with a declared schema; one row in a hundred may be broken, in fifteen ways."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

_WORDS = "river lake road school hospital north south east west budget report annual village bridge winter forest".split()
_REGIONS = ["north", "south", "east", "west", "centre", "capital"]
_STATES = ["open", "closed", "planned", "unknown"]
_START = datetime(2015, 1, 1)

SCHEMA: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"unique": True, "required": True}},
        {"name": "code", "type": "string", "constraints": {"pattern": r"[A-Z]{3}-\d{4}"}},
        {"name": "title", "type": "string", "constraints": {"maxLength": 60}},
        {"name": "region", "type": "string", "constraints": {"enum": _REGIONS}},
        {"name": "state", "type": "string", "constraints": {"enum": _STATES}},
        {"name": "price", "type": "number", "constraints": {"minimum": 0}},
        {"name": "share", "type": "number"},
        {"name": "people", "type": "integer"},
        {"name": "day", "type": "date"},
        {"name": "stamp", "type": "datetime"},
        {"name": "active", "type": "boolean"},
        {"name": "note", "type": "string"},
    ],
}


def write_wide(path: Path, rows: int, broken: float = 0.0) -> None:
    """Write the table; the same for the same numbers."""
    random = Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field["name"] for field in SCHEMA["fields"]) + "\n")
        for number in range(rows):
            cells = _cells(random, number)
            if broken and random.random() < broken:
                cells = random.choice(_BREAKS)(cells)
            file.write(",".join(cells) + "\n")


def _cells(random: Random, number: int) -> list[str]:
    day, second = timedelta(days=int(random.random() * 3650)), timedelta(seconds=int(random.random() * 3e8))
    return [
        str(1_000_000 + number), f"ABC-{int(random.random() * 10_000):04}", " ".join(random.choices(_WORDS, k=5)),
        random.choice(_REGIONS), random.choice(_STATES), f"{random.random() * 10_000:.2f}", f"{random.random():.4f}",
        "" if random.random() < 0.05 else str(int(random.random() * 100_000)), (_START + day).date().isoformat(),
        (_START + second).isoformat() + "Z", random.choice(("true", "false")), " ".join(random.choices(_WORDS, k=3)),
    ]  # fmt: skip


def _put(column: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda cells: [*cells[:column], text, *cells[column + 1 :]]


_BREAKS: tuple[Callable[[list[str]], list[str]], ...] = (
    _put(0, "x1"), _put(0, "1000005"), _put(0, ""), _put(1, "abc-1"), _put(2, "x" * 70), _put(3, "nowhere"), _put(4, "?"),
    _put(5, "-5"), _put(5, '"1,5"'), _put(7, "12.5"), _put(8, "2024-13-01"), _put(9, "yesterday"),
    lambda cells: cells[:8], lambda cells: [*cells, "extra"], lambda cells: [],
)  # fmt: skip
