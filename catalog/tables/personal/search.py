"""Whether columns hold numbers and addresses of people: decided for whole columns, since single numbers may match by chance."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy
import polars

from catalog.personal.levels import blocking
from catalog.tables.cells import blocks
from catalog.tables.copying import Copy
from catalog.tables.personal import kinds as package
from catalog.tables.personal.base import Identifier
from catalog.tables.personal.labels import named_by_values
from catalog.tables.personal.people import People
from catalog.tables.personal.weighing import Seen, level
from schemas.plugins import discover

_LISTED, _SHORTEST, _TURNS = 20, 9, 4
"""Rows that are told of a column, characters of the shortest number, places of one text that are tried."""
_WHOLE = frozenset({"integer", "number", "year"})
Rows = numpy.ndarray[Any, Any]


class Search:
    """Looks through the blocks of a table one by one; `found` tells the outcome."""

    def __init__(self, fields: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> None:
        names = [str(one["name"]) for one in fields]
        told = [f"{name} {labels[at] if at < len(labels) else ''}".replace("_", " ") for at, name in enumerate(names)]
        known = identifiers()
        self._types = [str(one.get("type") or "any") for one in fields]
        self._mine = [[one for one in known if not one.labelled or _named(one, label)] for label in told]
        self._hints = ["|".join(dict.fromkeys(one.hint for one in mine)) for mine in self._mine]
        self._labels, self._people = told, People(told, self._types)
        self._names, self._in_labels = named_by_values(names, known)
        self._seen: dict[tuple[int, str], Seen] = {}
        self._rows = 0

    def look(self, frame: polars.DataFrame) -> None:
        """Count what the next rows hold."""
        for index, texts in enumerate(frame):
            self._column(index, texts, whole=self._types[index] in _WHOLE)
        self._people.look(frame)
        self._rows += frame.height

    def _column(self, index: int, texts: polars.Series, *, whole: bool) -> None:
        if int(texts.str.len_bytes().max() or 0) < (_SHORTEST if whole else 6):  # type: ignore[arg-type]
            return
        places = texts.str.contains(self._hints[index]).fill_null(False).arg_true()
        if places.is_empty():
            return
        texts, rows = texts.gather(places), places.to_numpy().astype(numpy.int64) + self._rows + 1
        for one in self._mine[index]:
            if not whole or one.digits or one.labelled:
                padded = bool(one.digits) and (whole or _named(one, self._labels[index]))
                shown = texts.str.replace(r"\.0+$", "").str.zfill(one.digits) if padded else texts  # zeros that integers lost
                self._judge(self._seen.setdefault((index, one.name), Seen()), one, shown, rows, all_count=whole)

    def _judge(self, seen: Seen, one: Identifier, texts: polars.Series, rows: Rows, *, all_count: bool) -> None:
        seen.found += len(texts) if all_count else 0
        for turn in range(_TURNS):  # a text may hold others of this form before a true one
            inside = texts.str.extract(one.pattern, 1)
            there = inside.is_not_null()
            if not there.any():
                return
            inside, texts, rows = inside.filter(there), texts.filter(there), rows[there.to_numpy()]
            shaped, true = one.told(inside)
            seen.found += len(inside) if not (turn or all_count) else 0
            seen.candidates += int(shaped.sum() if not turn else true.sum())
            seen.hits += int(true.sum())
            seen.named += int(texts.filter(polars.Series(true)).str.contains(f"(?i){one.named}").sum())
            seen.rows += rows[true][: _LISTED - len(seen.rows)].tolist()
            texts, rows = texts.filter(polars.Series(~true)).str.replace(one.pattern, " "), rows[~true]

    def found(self) -> list[dict[str, Any]]:
        """Return `{"column", "kind", "level", "hits", "candidates", "rows"}` for each kind that a column seems to hold.

        `level` is `certain`, `likely` or `review`; `rows` are the first rows with hits, counted from 1 below the header and
        without blank ones. Values are never told, not even where a column is named by one. An organisation's number
        (`kz-bin`) is not personal by itself and is only for review.
        """
        found: dict[tuple[int, str], dict[str, Any]] = {}
        kinds = {one.name: one for one in identifiers()}
        for (index, name), seen in self._seen.items():
            one = kinds[name]
            if told := level(one, seen, named=_named(one, self._labels[index])):
                before = found.get((index, one.kind))
                if before is None or (before["level"] == "review" and told != "review"):
                    found[index, one.kind] = {
                        "column": self._names[index], "kind": one.kind, "level": told if one.personal else "review",
                        "hits": seen.hits, "candidates": seen.candidates, "rows": seen.rows,
                    }  # fmt: skip
        numbers = any(one["kind"] not in ("e-mail", "phone") for one in blocking(found.values()))
        raised, more = self._people.found(self._names, numbers=numbers)
        for (_, kind), told_of in found.items():
            if raised and kind in ("e-mail", "phone") and told_of["level"] == "review":
                told_of["level"] = "likely"
        return [*self._in_labels, *found.values(), *more]


@lru_cache
def identifiers() -> tuple[Identifier, ...]:
    """Return all kinds of numbers and addresses that are looked for."""
    return tuple(one for plugin in discover(package, "KINDS").values() for one in plugin.identifiers)


def personal_data(copy: Copy, fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Look through a whole table; see `Search.found`."""
    search = Search(fields, copy.labels)
    for frame in blocks(copy, len(fields)):
        search.look(frame)
    return search.found()


def _named(one: Identifier, label: str) -> bool:
    return bool(re.search(one.named, label, re.IGNORECASE))
