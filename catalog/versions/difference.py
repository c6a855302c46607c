"""What differs between two versions: files, columns, rows; values that pages, the API and version numbers are made of."""

from dataclasses import dataclass
from enum import StrEnum

EXAMPLES = 50
"""Rows shown of each kind of change."""


class Level(StrEnum):
    """Which part of MAJOR.MINOR.PATCH moves (Croissant 1.1): rows changed or gone; only additions; other packaging."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


class FileChange(StrEnum):
    """What became of a file. `packaging`: other bytes, the same table; `unread`: its rows could not be compared."""

    ADDED = "added"
    REMOVED = "removed"
    SAME = "same"
    PACKAGING = "packaging"
    CHANGED = "changed"
    UNREAD = "unread"


class Matched(StrEnum):
    """By what rows of two tables were taken to be the same row."""

    PRIMARY_KEY = "primary-key"
    SPLIT_KEY = "split-key"
    WHOLE_ROW = "whole-row"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column and its type in each version, empty where it is not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row in each version, as text; None where it is missing or the row is not there."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowExample:
    """A row that was added, removed or changed, numbered from 1; of a changed one only the key and what changed."""

    number: int
    key: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference:
    """How many rows differ, with the first EXAMPLES of each kind. Columns in only one version are not compared.

    `retyped` are columns whose stored type changed; their values are compared as texts.
    """

    matched: Matched
    key: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()
    before: int = 0
    after: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    examples_added: tuple[RowExample, ...] = ()
    examples_removed: tuple[RowExample, ...] = ()
    examples_changed: tuple[RowExample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    """What differs in one file. `because` says why its rows were not compared; `splits_changed` names splits that lost rows."""

    distribution: str
    filename: str
    change: FileChange
    fields: tuple[FieldChange, ...] = ()
    rows: RowDifference | None = None
    because: str = ""
    splits_added: tuple[str, ...] = ()
    splits_changed: tuple[str, ...] = ()
    nulled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two versions of a dataset, file by file, with the level and the sentence of the change."""

    dataset: str
    before: int
    after: int
    level: Level
    because: str
    files: tuple[FileDifference, ...] = ()
