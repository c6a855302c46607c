"""Compares two versions file by file: by hashes where that is enough, else columns and rows of their tables."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from catalog.ports import FileStore
from catalog.records import PARQUET, Derivative, Version, VersionFile
from catalog.versions.difference import Difference, FieldChange, FileChange, FileDifference, Matched, RowDifference
from catalog.versions.levels import level_of, sentence_of
from catalog.versions.pair import Incomparable
from catalog.versions.rows import Key, compare_rows


class Comparing:
    """Reads the Parquet of both versions from the store."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def compare(self, before: Version, after: Version, split_key: Sequence[str] = (), seconds: float = 60) -> Difference:
        """Return what differs; tables that do not get their turn within `seconds` are told as not compared."""
        ends = time.monotonic() + seconds
        found = tuple(self._files_of(before, after, tuple(split_key), ends))
        level = level_of(found)
        return Difference(
            dataset=before.dataset, before=before.number, after=after.number, level=level, because=sentence_of(found), files=found
        )

    def _files_of(self, before: Version, after: Version, split_key: tuple[str, ...], ends: float) -> Iterator[FileDifference]:
        for distribution in dict.fromkeys(file.distribution for file in (*after.files, *before.files)):
            old, new = before.file(distribution), after.file(distribution)
            if old and new:
                yield self._file(old, new, split_key, ends)
            elif one := old or new:
                change = FileChange.REMOVED if old else FileChange.ADDED
                yield FileDifference(distribution=distribution, filename=one.filename, change=change)

    def _file(self, old: VersionFile, new: VersionFile, split_key: tuple[str, ...], ends: float) -> FileDifference:
        tables = _made(old, PARQUET), _made(new, PARQUET)
        facts: dict[str, Any] = {"distribution": new.distribution, "filename": new.filename, "fields": _fields(old, new)}
        try:
            rows = None
            if tables[0] and tables[1] and tables[0].sha256 != tables[1].sha256:
                keys = _keys(new, split_key)
                rows = self._rows(tables[0], tables[1], keys, ends)
            elif not (tables[0] and tables[1]) and (tables[0] or old.sha256 != new.sha256):
                raise Incomparable(_untabled(tables[0], tables[1]))
            splits = self._splits(old, new, rows, ends)
        except Incomparable as error:
            return FileDifference(**facts, change=FileChange.UNREAD, because=str(error))
        nulled = old.sha256 != new.sha256 and any(table and table.nulled for table in tables)
        change = _change(old, new, rows, any(splits), read_now=bool(tables[1] and not tables[0]))
        return FileDifference(
            **facts, change=change, rows=rows, splits_added=splits[0], splits_changed=splits[1], nulled=nulled
        )

    def _rows(self, old: Derivative, new: Derivative, keys: Sequence[Key], ends: float) -> RowDifference:
        left = ends - time.monotonic()
        if left <= 0:
            raise Incomparable("comparing the files before it took all the time there is")
        if any(self._files.size(made.sha256) is None for made in (old, new)):
            raise Incomparable("a table is not held any more")
        with ExitStack() as stack:
            paths = [stack.enter_context(self._files.local(made.sha256)) for made in (old, new)]
            try:
                return compare_rows(paths[0], paths[1], keys, left)
            except Incomparable:
                raise
            except Exception as error:  # the border of one file: a damaged one must not stop the others
                raise Incomparable(f"comparing failed ({type(error).__name__})") from error

    def _splits(
        self, old: VersionFile, new: VersionFile, rows: RowDifference | None, ends: float
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the splits that are new, and those that are gone or lost rows which the table still has."""
        had, has = ({made.split: made for made in file.derived if made.split} for file in (old, new))
        added = tuple(name for name in has if name not in had)
        if rows and (rows.removed or rows.changed):
            return added, tuple(name for name in had if name not in has)
        lost = (name for name, made in had.items() if name not in has or self._lost(made, has[name], ends))
        return added, tuple(lost)

    def _lost(self, old: Derivative, new: Derivative, ends: float) -> bool:
        return old.sha256 != new.sha256 and self._rows(old, new, (), ends).removed > 0


def _made(file: VersionFile, name: str) -> Derivative | None:
    return next((made for made in file.derived if made.name == name), None)


def _untabled(old: Derivative | None, new: Derivative | None) -> str:
    if old is None and new is None:
        return "it is no table"
    return "only the older one could be read as a table" if old else "only the newer one could be read as a table"


def _change(old: VersionFile, new: VersionFile, rows: RowDifference | None, splits: bool, read_now: bool) -> FileChange:
    moved = rows and (rows.added or rows.removed or rows.changed or rows.retyped)
    named = [list(_types(file.schema)) for file in (old, new)]
    if moved or splits or read_now or (rows and set(named[0]) != set(named[1])):
        return FileChange.CHANGED
    same = old.sha256 == new.sha256 and {made.sha256 for made in old.derived} == {made.sha256 for made in new.derived}
    return FileChange.SAME if same and old.schema == new.schema else FileChange.PACKAGING


def _fields(old: VersionFile, new: VersionFile) -> tuple[FieldChange, ...]:
    before, after = _types(old.schema), _types(new.schema)
    if not before or not after:
        return ()
    return tuple(
        FieldChange(name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )  # fmt: skip


def _types(schema: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(field.get("name", "")): str(field.get("type") or "any") for field in (schema or {}).get("fields", ())}


def _keys(file: VersionFile, split_key: tuple[str, ...]) -> list[Key]:
    declared = (file.schema or {}).get("primaryKey") or ()
    primary = (declared,) if isinstance(declared, str) else tuple(declared)
    found = [(Matched.PRIMARY_KEY, primary), (Matched.SPLIT_KEY, split_key)]
    return [(matched, key) for matched, key in found if key]
