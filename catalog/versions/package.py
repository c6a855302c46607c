"""A version as a Data Package: the dataset with the files it had then, and their places in a folder."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalog.publication import found_schema
from catalog.reading import Entry
from catalog.records import FileRecord, FileState, Version, VersionFile
from catalog.versions.addresses import file_path
from schemas.dataset import Dataset
from schemas.distribution import Checksum, Distribution


def paths(version: Version) -> dict[str, str]:
    """Return the relative path of each file of a version, by distribution: `data/<filename>`, no two alike."""
    return dict(_paths(version))


def _paths(version: Version) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for file in version.files:
        name = _plain(file.filename) or _plain(file.distribution) or "file"
        if name.casefold() in taken:
            name = f"{_plain(file.distribution) or 'file'}-{name}"
        number, stem = 1, name
        while name.casefold() in taken:
            number += 1
            name = f"{number}-{stem}"
        taken.add(name.casefold())
        yield file.distribution, f"data/{name}"


def _plain(name: str) -> str:
    """Return a name that no file system takes for a path or a device."""
    kept = "".join("_" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name)
    return kept.strip(" .")[-150:]


def as_of(entry: Entry, version: Version, base_url: str) -> Dataset:
    """Return a dataset with the files of a version, at the addresses that never change."""
    files = tuple(_distribution(entry, version, file, base_url) for file in version.files)
    return replace(entry.dataset, version=version.version, distribution=files)


def _distribution(entry: Entry, version: Version, file: VersionFile, base_url: str) -> Distribution:
    known = entry.distribution(file.distribution) or Distribution(id=file.distribution, format=_extension(file.filename))
    now = entry.file(file.distribution)
    read: Mapping[str, Any] = (now.table if now and now.sha256 == file.sha256 else None) or {}
    return replace(
        known,
        download_url=base_url + file_path(version, file),
        byte_size=file.byte_size,
        checksum=Checksum(algorithm="sha256", value=file.sha256),
        media_type=known.media_type or file.media_type,
        encoding=str(read.get("encoding") or known.encoding),
        dialect=read.get("dialect") or known.dialect,
        table_schema=found_schema(_as_read(file)),
    )


def _as_read(file: VersionFile) -> FileRecord:
    table = {"schema": file.schema} if file.schema else None
    return FileRecord(dataset="", distribution=file.distribution, state=FileState.STORED, table=table)


def _extension(filename: str) -> str:
    return filename.rpartition(".")[2].upper() if "." in filename else ""
