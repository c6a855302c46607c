"""What a version holds, as writers of standards see it: files and tables at addresses that never change."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalog.ports import FileStore
from catalog.publication import schema_of
from catalog.reading import Entry
from catalog.records import PARQUET, PROFILE, Derivative, Version, VersionFile
from catalog.versions.addresses import file_path, made_path
from schemas.profiles.published import Published, PublishedFile, PublishedTable
from schemas.table import Field, TableSchema


def published(entry: Entry, version: Version, base_url: str, profiles_of: FileStore | None = None) -> Published:
    """Return what a version holds; with statistics where the store is given that their profiles are read from."""
    tables = (_table(entry, version, file, base_url, profiles_of) for file in version.files)
    return Published(
        version=version.version, at=version.at, revision=entry.record.revision,
        files={file.distribution: _original(version, file, base_url) for file in version.files},
        tables={table.distribution: table for table in tables if table},
    )  # fmt: skip


def _original(version: Version, file: VersionFile, base_url: str) -> PublishedFile:
    return PublishedFile(
        url=base_url + file_path(version, file), name=file.filename or file.distribution, sha256=file.sha256,
        byte_size=file.byte_size, media_type=file.media_type,
    )  # fmt: skip


def _table(
    entry: Entry, version: Version, file: VersionFile, base_url: str, profiles_of: FileStore | None
) -> PublishedTable | None:
    found = schema_of(file.schema)
    whole = next((made for made in file.derived if made.name == PARQUET), None)
    if found is None or whole is None:
        return None
    known = entry.distribution(file.distribution)
    return PublishedTable(
        distribution=file.distribution,
        schema=_described(found, known.table_schema if known else None),
        parquet=_made(version, file, whole, base_url),
        splits=tuple(_made(version, file, made, base_url) for made in file.derived if made.split),
        statistics=_statistics(file, profiles_of) if profiles_of else {},
    )


def _made(version: Version, file: VersionFile, made: Derivative, base_url: str) -> PublishedFile:
    return PublishedFile(
        url=base_url + made_path(version, file.distribution, made.name), name=made.name, sha256=made.sha256,
        byte_size=made.byte_size, media_type=made.media_type, rows=made.rows, split=made.split,
    )  # fmt: skip


def _statistics(file: VersionFile, store: FileStore) -> Mapping[str, Any]:
    made = next((made for made in file.derived if made.name == PROFILE), None)
    if made is None or store.size(made.sha256) is None:
        return {}
    profile: Mapping[str, Any] = json.loads(b"".join(store.stream(made.sha256)))
    return profile


def _described(found: TableSchema, declared: TableSchema | None) -> TableSchema:
    """Return the columns as they were read, with what was declared of those of the same names."""
    if declared is None:
        return found
    return replace(
        found, fields=tuple(_fields(found, declared)), primary_key=_known(declared.primary_key, found),
        unique_keys=declared.unique_keys, foreign_keys=declared.foreign_keys,
    )  # fmt: skip


def _fields(found: TableSchema, declared: TableSchema) -> Iterator[Field]:
    by_name = {field.name: field for field in declared.fields}
    for field in found.fields:
        known = by_name.get(field.name)
        yield replace(known, type=field.type, format=field.format, options=field.options) if known else field


def _known(key: tuple[str, ...], schema: TableSchema) -> tuple[str, ...]:
    return key if set(key) <= {field.name for field in schema.fields} else ()
