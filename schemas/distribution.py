"""A form in which a dataset can be had: a file or a service (dcat:Distribution, dcat:DataService)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.table import TableSchema
from schemas.texts import Text

CORRECTIONS = ("encoding", "delimiter", "header", "member", "sheet")
"""What can be corrected: `header` is the row that holds the labels, counted from 1 (0: there is none), `member` a file of an
archive, `sheet` a sheet of a workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """A checksum (spdx:Checksum): `algorithm` in lower case without dash (`sha256`), `value` in hex."""

    algorithm: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataService:
    """An API over the data (dcat:DataService)."""

    title: Text = field(default_factory=dict)
    endpoint_url: str = ""
    endpoint_description: str = ""
    conforms_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One file or service. `id` is stable within its dataset; `byte_size` counts bytes; `license` is an IRI.

    `format` and `media_type` are codes of our vocabularies (`CSV`, `text/csv`); `download_url` is a link to bytes,
    `access_url` a link to a page or an API. `path` is a file name or the place inside an archive's tree.
    `correction` is how a person said the table is to be read, whatever the source states (see CORRECTIONS).
    """

    id: str
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    access_url: str = ""
    download_url: str = ""
    path: str = ""
    format: str = ""
    media_type: str = ""
    byte_size: int | None = None
    size_text: str = ""
    checksum: Checksum | None = None
    license: str = ""
    rights: Text = field(default_factory=dict)
    issued: str = ""
    modified: str = ""
    language: tuple[str, ...] = ()
    conforms_to: tuple[str, ...] = ()
    availability: str = ""
    status: str = ""
    compress_format: str = ""
    package_format: str = ""
    access_service: DataService | None = None
    encoding: str = ""
    dialect: Mapping[str, Any] = field(default_factory=dict)
    correction: Mapping[str, Any] = field(default_factory=dict)
    table_schema: TableSchema | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
