"""Rows and statistics of stored tables, for those who may have the files they were made of."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.access import Actor
from catalog.downloads import Downloads
from catalog.errors import Denied, NotFound
from catalog.ports import FileStore
from catalog.publication import found_schema
from catalog.reading import Entry, Reading
from catalog.records import PARQUET, PROFILE, Derivative, FileRecord
from catalog.tables.query.page import Column, Kind, RowPage
from catalog.tables.query.reading import kinds, read
from catalog.tables.query.values import fitted
from schemas.table import Field

LENGTH = 100
"""Rows of a page at most."""


class Rows:
    """Answers questions about rows; whether the actor may have them is decided before any file is opened."""

    def __init__(self, reading: Reading, downloads: Downloads, files: FileStore) -> None:
        self._reading, self._downloads, self._files = reading, downloads, files

    def page(
        self, actor: Actor, name: str, distribution: str, *, offset: int = 0, length: int = LENGTH, split: str = ""
    ) -> RowPage:
        """Return rows of a table, or of one of its splits; raises NotFound, Gone or Denied."""
        entry, file = self._file(actor, name, distribution)
        made = _parquet(file, split)
        with self._files.local(made.sha256) as path:
            columns = _columns(entry, file, _kinds(made.sha256, path))
            names = [column.name for column in columns]
            start = max(0, offset)
            found = read(path, names, start, min(max(0, length), LENGTH))
        rows, truncated = fitted(names, enumerate(found, start))
        return RowPage(columns, rows, made.rows, start, truncated)

    def profile(self, actor: Actor, name: str, distribution: str) -> Mapping[str, Any] | None:
        """Return the statistics of a table, None where none were made; raises NotFound, Gone or Denied."""
        _, file = self._file(actor, name, distribution)
        made = file.made(PROFILE)
        return self._profile(made.sha256) if made and self._files.size(made.sha256) is not None else None

    def _file(self, actor: Actor, name: str, distribution: str) -> tuple[Entry, FileRecord]:
        entry = self._reading.entry(actor, name)
        decision = self._downloads.decide(actor, entry)
        if not decision.allowed:
            raise Denied(decision.message, decision.reason)
        file = entry.file(distribution)
        if file is None:
            raise NotFound("There is no such file; the page of the dataset lists those that are there.")
        return entry, file

    def _profile(self, sha256: str) -> Mapping[str, Any]:
        with self._files.open(sha256) as file:
            found: Mapping[str, Any] = json.load(file)
        return found


def _parquet(file: FileRecord, split: str) -> Derivative:
    """Return the Parquet of a split; a table without splits is all `train`."""
    splits = {made.split: made for made in file.derived if made.split}
    made = file.made(PARQUET) if not split or (split == "train" and not splits) else splits.get(split)
    if made is None:
        wanted = f"no split {split[:100]!r} of this table; there are: {', '.join(splits) or 'train'}" if split else ""
        raise NotFound(f"There is {wanted or 'no table to read rows of; the page of the file tells why'}.")
    return made


def _columns(entry: Entry, file: FileRecord, stored: Mapping[str, Kind]) -> tuple[Column, ...]:
    """Return the stored columns with what was declared about them, else what was found."""
    distribution, found = entry.distribution(file.distribution), found_schema(file)
    described = {field.name: field for field in (found.fields if found else ())}
    if distribution and distribution.table_schema:
        described |= {field.name: field for field in distribution.table_schema.fields}
    return tuple(Column(described.get(name) or Field(name=name), kind) for name, kind in stored.items())


_KINDS = lru_cache(maxsize=512)(lambda sha256, path: kinds(path))


def _kinds(sha256: str, path: Path) -> Mapping[str, Kind]:
    found: Mapping[str, Kind] = _KINDS(sha256, path)
    return found
