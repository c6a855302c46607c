"""Whether columns hold numbers and addresses of people: decided for whole columns, since single numbers may match by chance."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
import polars

from catalog.tables.cells import blocks
from catalog.tables.copying import Copy
from catalog.tables.identifiers import ANY, IDENTIFIERS, ROLE, Identifier, Mask, signs_of

_LISTED, _ENOUGH, _SHORTEST, _FEWEST = 20, 20, 9, 3
"""Rows that are told of a column, candidates that prove something, characters of the shortest number, hits worth a look."""
_NEVER = frozenset({"boolean", "date", "datetime", "time", "year", "yearmonth", "number", "duration", "geopoint", "geojson"})


@dataclass(slots=True)
class _Seen:
    candidates: int = 0
    hits: int = 0
    rows: list[int] = field(default_factory=list)


class Search:
    """Looks through the blocks of a table one by one; `found` tells the outcome."""

    def __init__(self, fields: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> None:
        self._fields, self._labels = fields, labels
        self._seen: dict[tuple[int, str], _Seen] = {}
        self._rows = 0

    def look(self, frame: polars.DataFrame) -> None:
        """Count what the next rows hold."""
        for index, (about, texts) in enumerate(zip(self._fields, frame, strict=True)):
            if about.get("type") not in _NEVER:
                self._column(index, texts, whole=about.get("type") == "integer")
        self._rows += frame.height

    def _column(self, index: int, texts: polars.Series, *, whole: bool) -> None:
        if whole and int(texts.str.len_bytes().max() or 0) < _SHORTEST:  # type: ignore[arg-type]
            return
        places = texts.str.contains(ANY).fill_null(False).arg_true()
        if places.is_empty():
            return
        texts, rows = texts.gather(places), places.to_numpy().astype(numpy.int64) + self._rows + 1
        for one in IDENTIFIERS:
            if not whole or one.digits:
                self._judge(self._seen.setdefault((index, one.kind), _Seen()), one, texts, rows, whole=whole)

    def _judge(self, seen: _Seen, one: Identifier, texts: polars.Series, rows: numpy.ndarray[Any, Any], *, whole: bool) -> None:
        if whole:  # integers lost the zeros that they began with
            texts = texts.str.zfill(one.digits)
        inside = texts.str.extract(one.pattern, 1)
        there = inside.is_not_null()
        inside, rows = inside.filter(there), rows[there.to_numpy()]
        if inside.is_empty():
            return
        shaped, true = _told(one, inside)
        seen.candidates += int(shaped.sum())
        seen.hits += int(true.sum())
        seen.rows += rows[true][: _LISTED - len(seen.rows)].tolist()

    def found(self) -> list[dict[str, Any]]:
        """Return `{"column", "kind", "level", "hits", "candidates", "rows"}` for each kind that a column seems to hold.

        `level` is `certain`, `likely` or `review`; `rows` are the first rows with hits, counted from 1 below the header and
        without blank ones. Values are never told. An organisation's number (`kz-bin`) is not personal by itself.
        """
        return list(self._found())

    def _found(self) -> Iterator[dict[str, Any]]:
        kinds = {one.kind: one for one in IDENTIFIERS}
        for (index, kind), seen in self._seen.items():
            name = str(self._fields[index]["name"])
            label = f"{name} {self._labels[index] if index < len(self._labels) else ''}".replace("_", " ")
            if level := _level(kinds[kind], seen, label):
                told = {"column": name, "kind": kind, "level": level}
                yield told | {"hits": seen.hits, "candidates": seen.candidates, "rows": seen.rows}


def personal_data(copy: Copy, fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Look through a whole table; see `Search.found`."""
    search = Search(fields, copy.labels)
    for frame in blocks(copy, len(fields)):
        search.look(frame)
    return search.found()


def _told(one: Identifier, texts: polars.Series) -> tuple[Mask, Mask]:
    """Tell which texts may be identifiers, and which are."""
    if one.kind == "e-mail":  # addresses of offices are candidates only
        return numpy.ones(len(texts), bool), (~texts.str.contains(ROLE)).to_numpy()
    signs = signs_of(texts)
    shaped = one.shaped(signs)
    return shaped, shaped & one.true(signs)


def _level(one: Identifier, seen: _Seen, label: str) -> str:
    by_luck = one.luck * seen.candidates
    if not seen.hits:
        return ""
    named = bool(re.search(one.named, label, re.IGNORECASE))
    half = seen.hits * 2 >= seen.candidates
    if half and seen.candidates >= _ENOUGH and (one.proof or named):
        return "certain"
    if (named and seen.hits > 0.01 * seen.candidates) or (half and seen.candidates >= _ENOUGH):
        return "likely"
    enough = _FEWEST if one.luck else 1
    return "review" if seen.hits >= enough and seen.hits > by_luck + 3 * math.sqrt(by_luck) else ""
