"""Tables made to disagree about: fields, nasty cells and files from a seed, the same on every machine."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.catalog.tables.screen.kinds import KINDS, MISSING, Kind

ENCODINGS = ("utf-8",) * 6 + ("utf-8-sig", "utf-16", "cp1251")
SIZES = (5, 30, 30, 120, 120, 300, 1_200)


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes with how to read it; without a schema it is inferred."""

    content: bytes
    encoding: str
    delimiter: str
    schema: dict[str, Any] | None
    limit: int
    piece: int


@dataclass(slots=True)
class _Maker:
    random: Random
    missing: list[str]
    kinds: list[Kind]
    fields: list[dict[str, Any]]
    delimiter: str
    nasty: list[float]
    broken: float
    keys: dict[int, int] = field(default_factory=dict)

    def cell(self, column: int) -> str:
        kind, chance = self.kinds[column], self.random.random()
        if chance < self.nasty[column]:
            return self.random.choice(kind.nasty)
        if chance < self.nasty[column] + 0.05:
            return self.random.choice(self.missing or [""])
        if self.fields[column].get("constraints", {}).get("unique"):
            self.keys[column] = self.keys.get(column, 0) + self.random.choice((1, 1, 1, 2, 0 if self.broken else 1))
            return str(self.keys[column] if self.random.random() > self.broken / 4 else self.random.randrange(50))
        return kind.clean(self.random)

    def row(self) -> list[str] | str:
        cells = [self.cell(column) for column in range(len(self.kinds))]
        if self.random.random() >= self.broken:
            return cells
        return self.random.choice(_BREAKS)(self.random, cells, self.missing or [""])


def _stray(random: Random, cells: list[str], missing: Sequence[str]) -> str:
    """Return a raw line with quotes where they should not be."""
    line = ",".join(cells).replace("\n", " ").replace("\r", " ")
    place = random.randrange(len(line) + 1)
    return line[:place] + random.choice(('"', '""', '"a"', 'x"')) + line[place:]


_BREAKS: tuple[Callable[[Random, list[str], Sequence[str]], list[str] | str], ...] = (
    lambda random, cells, missing: cells[: random.randrange(len(cells) + 1)],
    lambda random, cells, missing: [*cells, *random.choices(["", "x", "1"], k=random.randint(1, 3))],
    lambda random, cells, missing: "",
    lambda random, cells, missing: random.choices(missing, k=len(cells)),
    lambda random, cells, missing: random.choices(missing, k=random.randint(1, len(cells) + 1)),
    _stray,
)


def made(seed: int) -> Made:
    """Return the table of a seed."""
    random = Random(seed)
    kinds = random.choices(KINDS, k=random.choice((1, 2, 3, 4, 5, 6, 7)))
    fields = [{"name": f"f{n}", **kind.declared(random)} for n, kind in enumerate(kinds, 1)]
    missing = random.choice(MISSING)
    maker = _Maker(
        random, missing, kinds, fields, random.choice(",,;\t|"),
        nasty=_chances(random, len(kinds)), broken=random.choice((0, 0, 0.01, 0.2)),
    )  # fmt: skip
    rows = [maker.row() for _ in range(random.choice(SIZES))]
    encoding = random.choice(ENCODINGS)
    text = _text(random, [_labels(random, fields), *rows], maker.delimiter)
    schema = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields, "missingValues": missing}
    return Made(
        text.encode(encoding, "replace"), encoding, maker.delimiter, schema if random.random() < 0.85 else None,
        random.choice((0, 0, 3, 20, 1_000)), random.choice((256, 1_000, 5_000, 2**20)),
    )  # fmt: skip


def _chances(random: Random, width: int) -> list[float]:
    """Return how often a cell is nasty, by column; mostly in one, since a wrong cell hides faults of the others in its row."""
    chance = random.choice((0.0, 0.02, 0.3, 1.0))
    if random.random() < 0.3:
        return [chance] * width
    chances = [0.0] * width
    chances[random.randrange(width)] = chance
    return chances


def _labels(random: Random, fields: list[dict[str, Any]]) -> list[str]:
    labels = [declared["name"] for declared in fields]
    fault = random.randrange(40)
    if fault == 0:
        labels[-1] = labels[0]
    elif fault == 1:
        labels.append("more")
    elif fault == 2 and len(labels) > 1:
        labels.pop()
    elif fault == 3:
        labels[0] = random.choice(("", "F1", "two\nlines", "x" * 600))
    return labels


def _text(random: Random, rows: Sequence[list[str] | str], delimiter: str) -> str:
    end = random.choice(("\n", "\n", "\n", "\r\n"))
    out = io.StringIO(newline="")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC))
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    lone = random.random() < 0.03
    for _ in range(random.choice((0,) * 9 + (1, 2))):
        out.write(f"A title{end}")
    for row in rows:
        if isinstance(row, str):
            out.write(row.replace(",", delimiter) + end)
        elif not row or (row == [""] and random.random() < 0.5):
            out.write(end)
        else:
            writer.writerow(row)
        if lone and random.random() < 0.1:
            out.write(random.choice(("\r", "\r\r", "x\r")))
    text = out.getvalue()
    final = random.randrange(10)
    return text.rstrip("\r\n") if final == 0 else text + end * (final - 7) if final > 7 else text
