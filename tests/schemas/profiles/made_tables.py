"""Parquet files as we make them, with what the catalogue tells a writer of them, for tests that load what is written."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from schemas.profiles.published import PublishedFile, PublishedTable
from schemas.table import Field, TableSchema

SITE = "https://data.example/dataset/wells/versions/1"


def a_file(path: Path, **changes: Any) -> PublishedFile:
    """Return what is published of a local file."""
    facts: dict[str, Any] = {
        "url": f"{SITE}/{path.name}", "name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "byte_size": path.stat().st_size,
    }  # fmt: skip
    return PublishedFile(**facts | changes)


def a_table(folder: Path, key: str, columns: dict[str, Any], fields: list[Field], **changes: Any) -> PublishedTable:
    """Write `<key>.parquet` and return it as published; `splits` maps the name of a split to its columns."""
    splits = changes.pop("splits", {})
    keys = changes.pop("keys", {})
    return PublishedTable(
        distribution=key, schema=TableSchema(fields=tuple(fields), **keys), parquet=_written(folder / f"{key}.parquet", columns),
        splits=tuple(_written(folder / f"{key}.{name}.parquet", held, split=name) for name, held in splits.items()), **changes,
    )  # fmt: skip


def _written(path: Path, columns: dict[str, Any], **changes: Any) -> PublishedFile:
    table = pyarrow.table(columns)
    parquet.write_table(table, path)
    return a_file(path, rows=table.num_rows, **changes)


def local_files(folder: Path, document: dict[str, Any]) -> dict[str, str]:
    """Return where the FileObjects of a document stand on disk, by their ids."""
    return {node["@id"]: str(folder / node["name"]) for node in document["distribution"] if (folder / node["name"]).exists()}
