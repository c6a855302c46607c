"""What a reader of a dataset page looks for first: which file to take, how much there is, how fresh it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app

from catalog.publication import download_path
from catalog.reading import Entry
from catalog.records import PARQUET, PROFILE, Derivative, FileRecord, FileState, Version
from catalog.versions.addresses import made_path
from schemas.distribution import Distribution
from schemas.problems import Problem
from schemas.table import Field
from schemas.vocabularies import vocabulary
from web.catalog import catalog, current_actor
from web.pages.contents import contents
from web.pages.preview import Place
from web.pages.snippets import Addresses, Snippet, as_published, snippets
from web.pages.statistics import Statistics, statistics
from web.purposes import carried


@dataclass(frozen=True, slots=True)
class File:
    """A distribution with what we know of its bytes; `allowed`: the reader may have them and what is made from them.

    `version` is the newest one of the dataset, None before there is one.
    """

    dataset: str
    distribution: Distribution
    record: FileRecord | None
    allowed: bool
    version: Version | None = None

    @property
    def stored(self) -> bool:
        """Tell whether the bytes are here for the reader."""
        return self.allowed and self.record is not None and bool(self.record.sha256)

    @property
    def page(self) -> str:
        """Return the path of the file's page below its dataset."""
        return quote(self.distribution.id, safe="")

    @property
    def name(self) -> str:
        """Return the file's name where the reader may have the file, else its place in the tree, or its id."""
        return (self.record.filename if self.record and self.allowed else "") or self.distribution.path or self.distribution.id

    @property
    def format(self) -> str:
        """Return the code of the format."""
        terms = vocabulary("media_types")
        term = terms.find(self.distribution.format) or terms.find(self.distribution.media_type)
        return term.code if term else self.distribution.format

    @property
    def download(self) -> str:
        """Return the path of the bytes here, or their address elsewhere, empty where there is none for the reader."""
        if self.stored and self.record:
            return carried(download_path(self.dataset, self.distribution.id, self.record.filename))
        return _web(self.distribution.download_url) if self.allowed else ""

    @property
    def elsewhere(self) -> str:
        """Return the address of a page or service about the file."""
        return _web(self.distribution.access_url) if self.allowed else ""

    @property
    def byte_size(self) -> int | None:
        """Return the size measured here, else the one stated."""
        return self.record.byte_size if self.stored and self.record else self.distribution.byte_size

    @property
    def table(self) -> Mapping[str, Any]:
        """Return the facts found while reading, for those who may have the bytes."""
        return (self.record.table or {}) if self.allowed and self.record else {}

    @property
    def rows(self) -> int | None:
        """Return the number of rows."""
        rows = self.table.get("rows")
        return rows if isinstance(rows, int) else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the columns declared, else those found."""
        if not self.allowed:
            return ()
        if self.distribution.table_schema:
            return self.distribution.table_schema.fields
        return tuple(
            Field(name=str(field.get("name", "")), type=str(field.get("type", "any")), format=str(field.get("format", "default")))
            for field in (self.table.get("schema") or {}).get("fields", ())
        )

    @property
    def sample(self) -> list[list[Any]]:
        """Return the first rows, without the header."""
        return list(self.table.get("sample") or ())

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return len(self.fields)

    @property
    def waits(self) -> bool:
        """Tell whether the bytes are here and have not been read yet."""
        waits = self.held is not None and self.held.code == "file-waiting"
        return waits or (self.stored and self.record is not None and not self.record.checked)

    @property
    def held(self) -> Problem | None:
        """Return why the bytes are kept from everybody but their agency, None where they are not."""
        return self.record.problem if self.record and _held(self.record) else None

    @property
    def failed(self) -> bool:
        """Tell whether the last attempt to fetch the bytes failed."""
        return self.allowed and self.record is not None and self.record.state is FileState.FAILED

    @property
    def report(self) -> Mapping[str, Any] | None:
        """Return the validation report, for those who may have the bytes."""
        return self.record.report if self.allowed and self.record else None

    def statistics(self, columns: Sequence[Field], place: Place | None = None) -> Statistics | None:
        """Return the statistics of some columns, None where none were made or the reader may not have them."""
        if not self.stored or not (self.record and self.record.made(PROFILE)):
            return None
        profile = catalog().rows.profile(current_actor(), self.dataset, self.distribution.id)
        at = place or Place.at(self.dataset, self.distribution.id)
        return statistics(profile, columns, at.filtered) if profile else None

    def snippets(self) -> tuple[Snippet, ...]:
        """Return code that reads the table made of the file, else the file as published; empty where there is nothing to read."""
        return snippets(self.addresses) if self.parquet else self.snippets_as_published()

    def snippets_as_published(self) -> tuple[Snippet, ...]:
        """Return code that reads the file as it was published."""
        return as_published(self.addresses, self.record, self.format) if self.download else ()

    @property
    def made(self) -> Derivative | None:
        """Return the table that was made of the file, for those who may have it."""
        file = self.version.file(self.distribution.id) if self.version and self.allowed else None
        return next((made for made in file.derived if made.name == PARQUET), None) if file else None

    @property
    def parquet(self) -> str:
        """Return the path of the table as Parquet, empty where there is none for the reader."""
        return self._below(PARQUET) if self.made else ""

    def contents(self) -> Mapping[str, Any] | None:
        """Return what the file holds beside a table, None where nothing is known or the reader may not have it."""
        file = self.version.file(self.distribution.id) if self.version and self.allowed else None
        return contents(self.dataset, self.version.number, file) if self.version and file else None

    def made_address(self, name: str) -> str:
        """Return the path of something that was made of the file."""
        return made_path(self.version, self.distribution.id, name) if self.version else ""

    @property
    def rows_address(self) -> str:
        """Return the path of the first rows in the API, which answers as the dataset viewer of the Hugging Face Hub does."""
        asked = {"dataset": self.dataset, "config": self.distribution.id, "split": "train", "offset": 0, "length": 10}
        return f"/api/viewer/rows?{urlencode(asked)}"

    @property
    def croissant(self) -> str:
        """Return the path of the Croissant document, empty where it was not tried out with success or lacks this table."""
        return f"/dataset/{self.dataset}/croissant.jsonld" if self._record_set else ""

    @property
    def croissant_lacks(self) -> tuple[str, ...]:
        """Return what keeps the Croissant document from being offered, empty where it is offered or was not tried out yet."""
        tried = (self.version.croissant or {}) if self.version and self.parquet else {}
        return () if tried.get("valid", True) else tuple(map(str, tried.get("problems") or ()))

    @property
    def addresses(self) -> Addresses:
        """Return the full addresses of the file and of what was made of it."""
        site = current_app.config["PUBLIC_URL"]
        url = self.download if "://" in self.download else site + self.download
        if not self.parquet:
            return Addresses(url)
        croissant = site + self.croissant if self.croissant else ""
        return Addresses(
            url, site + self.parquet, site + self.rows_address, site + self._below("rows.csv"), croissant, self._record_set
        )

    @property
    def _record_set(self) -> str:
        tried = (self.version.croissant or {}) if self.version and self.parquet else {}
        return str(tried["tables"].get(self.distribution.id, "")) if tried.get("valid") else ""

    def _below(self, name: str) -> str:
        return f"/dataset/{self.dataset}/resource/{self.page}/{name}"


def files(entry: Entry, *, allowed: bool) -> tuple[File, ...]:
    """Return the files of a dataset in their order."""
    known = {record.distribution: record for record in entry.files}
    version = catalog().versions.newest(current_actor(), entry.dataset.name) if allowed and known else None
    found = ((d, known.get(d.id)) for d in entry.dataset.distribution)
    return tuple(File(entry.dataset.name, d, file, allowed and not _held(file), version) for d, file in found)


def _held(file: FileRecord | None) -> bool:
    return file is not None and file.state is FileState.HELD


def primary(found: tuple[File, ...]) -> File | None:
    """Return the file to offer first: a valid table, else any table, else what is held here, else the first."""
    if not found:
        return None
    return max(found, key=_worth)


def _worth(file: File) -> tuple[bool, ...]:
    return (file.stored, bool(file.rows), bool(file.record and file.record.valid), bool(file.download))


def days_late(modified: str, frequency: str, now: datetime | None = None) -> int | None:
    """Return by how many days an update is late, 0 when it is on time, None where no frequency or date is stated."""
    term = vocabulary("frequencies").find(frequency)
    days = term.data.get("days") if term else None
    try:
        last = datetime.fromisoformat(modified[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None
    if not isinstance(days, int | float) or not days:
        return None
    return max(0, ((now or datetime.now(UTC)) - last).days - int(days))


def _web(url: str) -> str:
    return url if url.lower().startswith(("http://", "https://", "ftp://")) else ""
