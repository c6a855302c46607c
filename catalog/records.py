"""Our entries about datasets, files and harvests: frozen values that cross every border of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schemas.dataset import Dataset
from schemas.problems import Problem


class State(StrEnum):
    """Where a dataset stands: only `published` ones are shown; `withdrawn` leaves a tombstone; `held` waits for a person."""

    DRAFT = "draft"
    HELD = "held"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogRecord:
    """Our entry about a dataset (dcat:CatalogRecord). Times are ISO 8601 in UTC; `number` only orders records.

    `labels` are the audiences that may see the metadata; `reason` says why it was withdrawn or held; `quality` is the band
    of its last audit, which only audits set. `version` is not stored: the number of the version of the files that somebody
    asks for, 0 where that makes no difference (see `catalog.versions.present`).
    """

    dataset: Dataset
    state: State
    number: int
    revision: int
    content_hash: str
    created: str
    updated: str
    labels: frozenset[str] = frozenset({"public"})
    source: str = ""
    source_kind: str = ""
    reason: str = ""
    quality: str = ""
    version: int = 0


class DraftState(StrEnum):
    """`editing` is being written, `submitted` waits for a publisher, `scheduled` is approved and waits for its time."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"


DRAFT = "draft:"
"""Begins the names under which the files of drafts are kept among the files of datasets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agency prepares beside what is public: a dataset document (see `schemas.forms`) that need not be whole yet.

    `revision` grows with every change, and a change names the one it was made from. `base` is the revision of the published
    dataset `name` that the draft began from, 0 for a new dataset. `comment` is what a publisher said who sent it back; `due` is
    when a scheduled draft is published. `author` began it, `editor` changed it last, `editors` are all who changed it.
    """

    id: str
    agency: str
    author: str
    document: Mapping[str, Any]
    state: DraftState = DraftState.EDITING
    revision: int = 1
    base: int = 0
    name: str = ""
    created: str = ""
    updated: str = ""
    editors: tuple[str, ...] = ()
    comment: str = ""
    due: str = ""

    @property
    def editor(self) -> str:
        """Return who changed it last."""
        return self.editors[-1] if self.editors else self.author

    @property
    def files_key(self) -> str:
        """Return the name under which its files are kept, as `dataset` of their FileRecords."""
        return DRAFT + self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One entry of a dataset's history: who changed what state to what, when and why."""

    number: int
    at: str
    actor: str
    because: str
    state: State
    content_hash: str


class FileState(StrEnum):
    """`wanted` waits to be fetched, `linked` stays at the source, `failed` keeps the last good copy if there is one.

    `held` is only shown, never stored: to those outside the agency while the bytes are not cleared (see `catalog.personal`).
    """

    WANTED = "wanted"
    STORED = "stored"
    LINKED = "linked"
    FAILED = "failed"
    HELD = "held"


PARQUET, PROFILE = "table.parquet", "profile.json"
"""Names of what is made of every table: all its rows, and its statistics (see `catalog.tables.profile`)."""
CONTENTS = "contents.json"
"""Name of what is made of documents, archives and pictures (see `catalog.tables.contents`)."""


def profile_name(split: str) -> str:
    """Return the name of the statistics of a split; of all rows when it is empty."""
    return f"{split}.{PROFILE}" if split else PROFILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """A file that we made of a table: PARQUET, PROFILE, or the Parquet of one split (`train.parquet` with `split` `train`).

    `nulled` counts the invalid cells that became null.
    """

    name: str
    sha256: str
    byte_size: int
    media_type: str = "application/vnd.apache.parquet"
    rows: int = 0
    split: str = ""
    nulled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What we know of a distribution's bytes. `sha256` and `byte_size` are measured by us; `problem` is the last failure.

    `report` is the Frictionless report (its own JSON form) and `table` the facts found while reading:
    `{"type", "encoding", "dialect", "rows", "columns", "schema", "sample": [[…]], "notes": […]}`; None until validated.
    `checked` is when the bytes were validated, empty while they wait; `derived` are the files made of the table.
    `arrived` are newer bytes (`{"sha256", "byte_size", "media_type", "filename"}`) that take the place of these once they are
    known to be readable; until then, and where they are not, the last good ones are served.
    `scan` is what the scan for personal data found in the newest bytes, with their `sha256`; `cleared` is the hash of the bytes
    that may be public: they were scanned without a finding that blocks, or two persons let them pass.
    """

    dataset: str
    distribution: str
    state: FileState
    url: str = ""
    filename: str = ""
    media_type: str = ""
    sha256: str = ""
    byte_size: int | None = None
    etag: str = ""
    last_modified: str = ""
    fetched: str = ""
    checked: str = ""
    valid: bool | None = None
    problem: Problem | None = None
    report: Mapping[str, Any] | None = None
    table: Mapping[str, Any] | None = None
    derived: tuple[Derivative, ...] = ()
    arrived: Mapping[str, Any] | None = None
    scan: Mapping[str, Any] | None = None
    cleared: str = ""

    @property
    def public(self) -> bool:
        """Tell whether the bytes may leave to others than the agency."""
        return bool(self.sha256) and self.cleared == self.sha256

    def made(self, name: str) -> Derivative | None:
        """Return what was made of the table under a name."""
        return next((made for made in self.derived if made.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFile:
    """One file as it was in a version; `schema` is its Table Schema descriptor, None where it holds no table."""

    distribution: str
    filename: str
    media_type: str
    sha256: str
    byte_size: int
    rows: int | None = None
    schema: Mapping[str, Any] | None = None
    derived: tuple[Derivative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An immutable state of a dataset's files, numbered from 1; `version` is MAJOR.MINOR.PATCH as Croissant 1.1 means it.

    `croissant` is what trying out the Croissant document of this version found, None until that was done: `{"valid", "problems",
    "loaded": records read by RecordSet, "tables": RecordSet by distribution, "revision": of the description, "checked": when}`.
    """

    dataset: str
    number: int
    version: str
    at: str
    because: str
    files: tuple[VersionFile, ...] = ()
    croissant: Mapping[str, Any] | None = None

    def file(self, distribution: str) -> VersionFile | None:
        """Return a file of this version."""
        return next((file for file in self.files if file.distribution == distribution), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was answered to a request that may be sent again: `key` is whose it is and how they named it, `request` a hash of it.

    `result` says what was done; it is written in the transaction of the change. `expires` is ISO 8601 in UTC.
    """

    key: str
    request: str
    expires: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)


class JobState(StrEnum):
    """`waiting` until due, `running` under a lease; `given-up` after too many crashes, until somebody retries it."""

    WAITING = "waiting"
    RUNNING = "running"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of background work. `due`, `lease` and `again` are ISO 8601 in UTC; `again`: put anew while it runs.

    `attempts` counts how often it was claimed; `note` says what went wrong last, `progress` how far it is.
    """

    id: int
    kind: str
    key: str
    due: str
    state: JobState
    lease: str = ""
    owner: str = ""
    attempts: int = 0
    progress: str = ""
    note: str = ""
    again: str = ""


class ClearanceState(StrEnum):
    """`asked` by one person; `approved` or `refused` by another."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Two persons let bytes pass in which the scan found personal data, or which it could not read; bound to their hash."""

    sha256: str
    dataset: str
    distribution: str
    state: ClearanceState
    asked_by: str
    asked_at: str
    because: str
    decided_by: str = ""
    decided_at: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class DownloadCount:
    """How often bytes left on a day; nothing about who took them. Where `sha256` is empty, how often programs asked."""

    sha256: str
    filename: str
    day: str
    count: int
