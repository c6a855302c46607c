"""What we hold and made of a dataset's files, for the writers of standards that tell of bytes, columns, rows and splits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.table import TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """Bytes at an address that never change; `sha256` is lower-case hex, `rows` None where they hold no table of ours."""

    url: str
    name: str
    sha256: str
    byte_size: int
    media_type: str = ""
    rows: int | None = None
    split: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table as Parquet: `schema` has its columns in their order, `statistics` is the profile made of it, empty without one."""

    distribution: str
    schema: TableSchema
    parquet: PublishedFile
    splits: tuple[PublishedFile, ...] = ()
    statistics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return self.parquet.rows or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of a dataset's files, by distribution id; `version` is MAJOR.MINOR.PATCH, empty where there is none to tell.

    `revision` counts the changes of the description; 0 means unknown.
    """

    version: str = ""
    at: str = ""
    revision: int = 0
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    tables: Mapping[str, PublishedTable] = field(default_factory=dict)
