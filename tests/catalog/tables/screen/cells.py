"""Cells at the edge, column by column: what an acceptor lets pass must be fine for Frictionless' reader."""

from random import Random
from typing import Any

import polars
from frictionless import Schema

from catalog.tables.screen.doubt import Column
from tests.catalog.tables.screen.kinds import KINDS, MISSING

_PIECES = [*"0123456789+-.,eE_: TZtz/%$aAbBcxé١\u2028\x00\n\r\"'", "00", "24", "60", "nan", "inf", "\xa0", "  ", "e\u0301"]


def disputed(seed: int, texts: int = 300) -> list[tuple[dict[str, Any], str]]:
    """Return the field and every text on which the screen of a column and the reader differ."""
    random = Random(seed)
    kind = random.choice(KINDS)
    declared = {"name": "f", **kind.declared(random)}
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [declared], "missingValues": random.choice(MISSING),
    }  # fmt: skip
    field = Schema.from_descriptor(descriptor).fields[0]
    near = [random.choice((kind.clean(random), random.choice(kind.nasty))) for _ in range(texts)]
    tried = {*kind.nasty, *(_changed(random, text) for text in near)}
    column, cells = Column(field, field.create_cell_reader()), sorted(tried)
    fine = [text for text in cells if not column.codes(text)] * random.choice((0, 9))  # few doubts among many rows go another way
    cells += fine
    wrong = {cells[row] for row in column.wrong(polars.Series(cells, dtype=polars.String))}
    read = field.create_cell_reader()
    return [(declared, text) for text in sorted(tried) if _fails(read, text) != (text in wrong)]


def _fails(read: Any, text: str) -> bool:
    try:
        return bool(read(text)[1])
    except Exception:
        return True


def _changed(random: Random, text: str) -> str:
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice(("", random.choice(_PIECES))) + text[place + random.randrange(2) :]
    return text
