"""A dataset as we publish it: our download addresses and measured facts in place of what the source only claimed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from catalog.records import FileRecord, FileState
from schemas.dataset import Dataset
from schemas.distribution import Checksum, Distribution
from schemas.forms.derive import form_for
from schemas.table import TableSchema


def download_path(dataset: str, distribution: str, filename: str) -> str:
    """Return the address of a file's bytes below our site."""
    return f"/dataset/{dataset}/resource/{quote(distribution, safe='')}/download/{quote(filename or 'file', safe='')}"


def as_published(dataset: Dataset, files: Iterable[FileRecord], base_url: str, *, bytes_allowed: bool) -> Dataset:
    """Return the dataset with what we measured; where the bytes are not for the reader, nothing made from them either."""
    by_id = {file.distribution: file for file in files}
    return replace(
        dataset,
        distribution=tuple(
            _open(dataset.name, d, by_id.get(d.id), base_url)
            if bytes_allowed and not _held(by_id.get(d.id)) else _closed(dataset.name, d, base_url)
            for d in dataset.distribution
        ),
    )


def _held(file: FileRecord | None) -> bool:
    return file is not None and file.state is FileState.HELD


def _open(name: str, distribution: Distribution, file: FileRecord | None, base_url: str) -> Distribution:
    page = f"{base_url}/dataset/{name}/resource/{quote(distribution.id, safe='')}"
    if file is None or not file.sha256:
        address = distribution.access_url or distribution.download_url or page
        return replace(distribution, access_url=address, correction={})
    return replace(
        distribution,
        correction={},
        access_url=page,
        download_url=base_url + download_path(name, distribution.id, file.filename),
        byte_size=file.byte_size,
        checksum=Checksum(algorithm="sha256", value=file.sha256),
        media_type=distribution.media_type or file.media_type,
        encoding=str((file.table or {}).get("encoding") or distribution.encoding),
        dialect=(file.table or {}).get("dialect") or distribution.dialect,
        table_schema=distribution.table_schema or found_schema(file),
    )


def _closed(name: str, distribution: Distribution, base_url: str) -> Distribution:
    page = f"{base_url}/dataset/{name}/resource/{quote(distribution.id, safe='')}"
    return replace(
        distribution, access_url=page, download_url="", checksum=None, table_schema=None, dialect={}, encoding="", correction={}
    )


def found_schema(file: FileRecord) -> TableSchema | None:
    """Return the columns found while validating, as a Table Schema, or None."""
    return schema_of((file.table or {}).get("schema"))


def schema_of(found: Any) -> TableSchema | None:
    """Return the descriptor of a Table Schema, as the parser wrote it, as a schema; None where it names no columns."""
    if not found or not found.get("fields"):
        return None
    fields = [{**{key: f[key] for key in _PLAIN if key in f}, "options": _options(f)} for f in found["fields"]]
    schema: TableSchema = form_for(TableSchema).load({"fields": fields, "missing_values": found.get("missingValues", [""])})
    return schema


_PLAIN = ("name", "type", "format", "constraints")


def _options(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return what only some types have, such as the decimal sign of a number."""
    return {
        key: value
        for key, value in field.items()
        if key in ("decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues")
    }
