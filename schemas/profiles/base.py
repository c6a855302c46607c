"""What a profile is: it reads one record of a standard into a dataset document, and writes datasets back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from schemas.dataset import Dataset
from schemas.problems import Problem
from schemas.profiles.published import Published
from schemas.texts import UNDETERMINED

Document = dict[str, Any]
"""A dataset as the JSON document that `schemas.forms.dataset` loads: property names of `Dataset`, plain JSON values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContext:
    """What a reader must know of the place a record came from: its address, the language of untagged texts, defaults."""

    base_url: str = ""
    language: str = UNDETERMINED
    publisher: Mapping[str, Any] = field(default_factory=dict)
    license: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document on its way to the form, with the losses and repairs met while reading."""

    document: Document
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a profile: `extension` without dot for addresses, `media_type` for `Accept`."""

    extension: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteContext:
    """What a writer must know of our site: `base_url` without slash at the end (`https://host`), its name and language.

    `published` is what we hold and made of the files of the dataset that is written, empty where the reader may not have it.
    `quality` are measurements (`schemas.profiles.rdf.quality.Measurement`) for standards that tell of them.
    """

    base_url: str
    site_title: str = "Qoima"
    language: str = "en"
    published: Published = field(default_factory=Published)
    quality: tuple[Any, ...] = ()

    def dataset_url(self, name: str) -> str:
        """Return the canonical IRI of a dataset."""
        return f"{self.base_url}/dataset/{name}"

    def resource_url(self, name: str, distribution: str) -> str:
        """Return the canonical IRI of a distribution."""
        return f"{self.base_url}/dataset/{name}/resource/{distribution}"

    def agency_url(self, name: str) -> str:
        """Return the canonical IRI of an agency."""
        return f"{self.base_url}/organization/{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogPage:
    """One page of the catalogue to write; page numbers start at 1. `self_url` carries the filters, without `page`."""

    datasets: Iterable[Dataset]
    self_url: str
    page: int = 1
    pages: int = 1
    total: int = 0
    per_page: int = 100
    modified: str = ""


class Reader(Protocol):
    """Reads one record. Never raises for bad content: what it cannot use becomes a Problem or stays in `raw`."""

    name: str

    def read(self, record: Any, context: ReadContext) -> Reading: ...


class Profile(Reader, Protocol):
    """A standard in both directions. `formats[0]` is the default; `losses` lists dataset properties it cannot hold.

    `read` gets what `split` yields: one dataset each of a document in one of the formats.
    """

    title: str
    formats: tuple[Format, ...]
    losses: frozenset[str]

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]: ...

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes: ...

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes: ...
