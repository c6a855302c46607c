"""All that a run of the audit may look at, frozen: the same evidence under the same rules always gives the same findings."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import dump_dataset, load_dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What was known of a file: `errors` counts those of Frictionless by type, `profile` is what was measured of its columns.

    `fixity` is the last look at the stored bytes: `good`, `changed`, `lost`, or empty before the first; `fixed` is when.
    """

    state: str = ""
    sha256: str = ""
    byte_size: int | None = None
    fetched: str = ""
    checked: str = ""
    valid: bool | None = None
    problem: str = ""
    message: str = ""
    errors: Mapping[str, int] = field(default_factory=dict)
    cut: bool = False
    encoding: str = ""
    rows: int | None = None
    personal: tuple[Mapping[str, Any], ...] = ()
    scanned: bool = False
    profile: Mapping[str, Any] | None = None
    readiness: Mapping[str, Any] | None = None
    fixity: str = ""
    fixed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What the link checks say of an address: `verdict` is `ok`, `broken` or `unknown`, `kind` the class of the last answer."""

    verdict: str = "unknown"
    kind: str = ""
    status: int = 0
    since: str = ""
    checked: str = ""
    checks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFacts:
    """What the DCAT-AP shapes say: `conforms` is None where they could not be tried; `key` hashes what the verdict depends on."""

    conforms: bool | None = None
    problems: tuple[Mapping[str, str], ...] = ()
    shapes: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`dataset` as it is published to visitors, `document` the same as it is written; `open` tells whether they may have the
    bytes. Maps go by distribution id, links by address. `data_date` is the last change of bytes, `created` that of our record.
    `faults` name what could not be gathered.
    """

    dataset: Dataset
    as_of: str
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    open: bool = True
    created: str = ""
    data_date: str = ""
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    links: Mapping[str, LinkFacts] = field(default_factory=dict)
    shapes: ShapeFacts = field(default_factory=ShapeFacts)
    croissant: Mapping[str, Any] | None = None
    drift: Mapping[str, Any] | None = None
    splits: Mapping[str, Any] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)

    def distributions(self) -> list[tuple[int, Distribution]]:
        """Return the distributions with their places."""
        return list(enumerate(self.dataset.distribution))

    def tables(self) -> list[tuple[int, Distribution, FileFacts]]:
        """Return the distributions of which a table was read."""
        found = [(at, one, self.files.get(one.id)) for at, one in self.distributions()]
        return [(at, one, file) for at, one, file in found if file and (file.valid is not None or file.profile)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an audit measured at some cost, to be taken again where nothing changed; `readiness` by distribution id."""

    shapes: ShapeFacts = field(default_factory=ShapeFacts)
    drift: Mapping[str, Any] | None = None
    readiness: Mapping[str, Any] = field(default_factory=dict)


def packed(evidence: Evidence) -> bytes:
    """Return evidence as bytes to keep; equal evidence gives equal bytes."""
    values = {name: getattr(evidence, name) for name in _PLAIN}
    values |= {"dataset": evidence.document or dump_dataset(evidence.dataset), "shapes": _values(evidence.shapes)}
    values |= {name: {key: _values(one) for key, one in getattr(evidence, name).items()} for name in ("files", "links")}
    return zlib.compress(json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), 6)


_PLAIN = tuple(name for name in Evidence.__slots__ if name not in ("dataset", "document", "shapes", "files", "links"))


def _values(facts: FileFacts | LinkFacts | ShapeFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__slots__}


def unpacked(body: bytes) -> Evidence:
    """Return evidence that `packed` wrote; raises ValueError where it cannot be read."""
    values = _read(body)
    document = values.pop("dataset")
    dataset, problems = load_dataset(document)
    if dataset is None:
        raise ValueError(f"The dataset of stored evidence cannot be read: {problems}")
    files = {key: FileFacts(**{**one, "personal": tuple(one["personal"])}) for key, one in values.pop("files").items()}
    links = {key: LinkFacts(**one) for key, one in values.pop("links").items()}
    return Evidence(
        dataset=dataset, document=document, files=files, links=links, shapes=_shapes(values.pop("shapes")), **values
    )  # fmt: skip


def measured(body: bytes) -> Measured:
    """Return what evidence that `packed` wrote holds of measures, without reading the rest."""
    values = _read(body)
    readiness = {key: one.get("readiness") for key, one in values["files"].items()}
    return Measured(shapes=_shapes(values["shapes"]), drift=values.get("drift"), readiness=readiness)


def same_but_for_time(one: bytes, other: bytes) -> bool:
    """Tell whether packed evidence says the same, whenever it was gathered."""
    return {**_read(one), "as_of": ""} == {**_read(other), "as_of": ""}


def _read(body: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(zlib.decompress(body))
    return values


def _shapes(values: Mapping[str, Any]) -> ShapeFacts:
    return ShapeFacts(**{**values, "problems": tuple(values["problems"])})
