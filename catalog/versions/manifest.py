"""What a version holds: the files of a dataset as they are now, once none of them waits any more; bytes not cleared stay out."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from catalog.records import FileRecord, FileState, Version, VersionFile

LOST = "lost"
"""Code of the Problem of a file whose bytes are gone from the store."""


def manifest(files: Iterable[FileRecord], before: Version | None) -> tuple[VersionFile, ...] | None:
    """Return the files of the version to come, None while one of them waits to be fetched or checked.

    A file that failed or stays at its source now is there with the last good copy, as the version before had it.
    """
    known = list(files)
    if any(map(_waits, known)):
        return None
    return tuple(_entry(file, before.file(file.distribution) if before else None) for file in known if _held(file, before))


def same(one: Iterable[VersionFile], other: Iterable[VersionFile]) -> bool:
    """Tell whether two versions hold the same: distributions, bytes, what was made of them, schemas."""
    return _content(one) == _content(other)


def _waits(file: FileRecord) -> bool:
    return file.state is FileState.WANTED or (file.state is FileState.STORED and not file.checked)


def _held(file: FileRecord, before: Version | None) -> bool:
    if _is_lost(file):
        return before is not None and _unchanged(file, before.file(file.distribution))
    return file.public


def _is_lost(file: FileRecord) -> bool:
    return file.problem is not None and file.problem.code == LOST


def _unchanged(file: FileRecord, before: VersionFile | None) -> bool:
    return before is not None and before.sha256 == file.sha256


def _entry(file: FileRecord, before: VersionFile | None) -> VersionFile:
    unread = _is_lost(file) or not file.checked  # what is known of its table may be that of older bytes
    if unread and before is not None and _unchanged(file, before):
        return before
    entry = VersionFile(
        distribution=file.distribution, filename=file.filename, media_type=file.media_type,
        sha256=file.sha256, byte_size=file.byte_size or 0,
    )  # fmt: skip
    if unread:
        return entry
    table = file.table or {}
    return replace(entry, rows=table.get("rows"), schema=table.get("schema"), derived=file.derived)


def _content(files: Iterable[VersionFile]) -> str:
    rows: list[list[Any]] = sorted(
        [file.distribution, file.sha256, sorted([made.name, made.sha256] for made in file.derived), file.schema]
        for file in files
    )
    return json.dumps(rows, sort_keys=True)
