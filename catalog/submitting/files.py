"""The files that come with a submission: described by their bytes, and examined before anybody sees them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalog.drafting.files import described_as, held
from catalog.publication import download_path
from catalog.records import FileRecord, FileState
from catalog.tables.service import Validation
from catalog.uploads import Upload
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem

Entry = dict[str, Any]
_READING = ("table_schema", "correction", "encoding", "dialect", "format")
_OF_BYTES = ("path", "byte_size", "checksum")


def described(
    entries: Iterable[Mapping[str, Any]], uploads: Mapping[str, Upload], known: Iterable[FileRecord], before: Dataset | None
) -> list[Entry]:
    """Return entries of distributions whose measured properties are those of the bytes: of an upload, or of what is held."""
    holding = {file.distribution: file for file in known if file.sha256}
    old = {d.id: d for d in before.distribution} if before else {}
    made = []
    for given in entries:
        entry, id = dict(given), str(given.get("id", ""))
        if id in uploads:
            facts = described_as(uploads[id])
            told = {key: value for key, value in facts.items() if key in _OF_BYTES or not entry.get(key)}
            entry = {"title": {"und": uploads[id].filename}, **without_address(entry), **told}
        elif id in holding and id in old:
            same = _leads_to(entry, holding[id])
            link = {"download_url": entry.get("download_url")}
            entry = {**without_address(entry), **(_measured(old[id]) if same else link)}
        made.append(entry)
    return made


def _leads_to(entry: Mapping[str, Any], file: FileRecord) -> bool:
    """Tell whether an entry means the bytes that we hold: it has no address, or the one where we give them out."""
    address = str(entry.get("download_url") or "")
    return not address or address.endswith(download_path(file.dataset, file.distribution, file.filename))


def without_address(entry: Mapping[str, Any]) -> Entry:
    """Return an entry without addresses and measures, which follow the bytes that we hold."""
    return {key: value for key, value in entry.items() if key not in ("download_url", "access_url", *_OF_BYTES)}


def _measured(d: Distribution) -> Entry:
    checksum = {"algorithm": d.checksum.algorithm, "value": d.checksum.value} if d.checksum else None
    facts = {"path": d.path, "byte_size": d.byte_size, "checksum": checksum, "download_url": d.download_url}
    return {key: value for key, value in {**facts, "access_url": d.access_url}.items() if value}


def examined(
    validation: Validation, dataset: Dataset, before: Dataset | None, known: Iterable[FileRecord],
    uploads: Mapping[str, Upload], now: str,
) -> Iterator[FileRecord]:  # fmt: skip
    """Yield the record of every file that is or was held: as it is known, or examined anew where bytes or reading changed."""
    kept = {file.distribution: file for file in known if file.sha256}
    old = {d.id: d for d in before.distribution} if before else {}
    resplit = before is not None and before.ml.splits != dataset.ml.splits
    waiting = []
    for distribution in dataset.distribution:
        file, upload = kept.get(distribution.id), uploads.get(distribution.id)
        if upload and not (file and file.sha256 == upload.sha256 and file.filename == upload.filename):
            waiting.append(held(dataset.name, distribution.id, upload, now))
        elif file and distribution.checksum is None:  # it is elsewhere now
            yield FileRecord(
                dataset=dataset.name, distribution=distribution.id, state=FileState.LINKED, url=distribution.download_url
            )
        elif file and file.checked and not resplit and _read_alike(old.get(distribution.id), distribution):
            yield file
        elif file:
            waiting.append(replace(file, checked=""))
    yield from validation.examine(waiting, dataset)


def _read_alike(before: Distribution | None, after: Distribution) -> bool:
    return before is not None and all(getattr(before, name) == getattr(after, name) for name in _READING)


def unnamed(dataset: Dataset, uploads: Iterable[str]) -> list[Problem]:
    """Return a Problem for every upload that no entry describes."""
    ids = {d.id for d in dataset.distribution}
    words = "There is no entry with this id in `distribution`; describe the file there."
    return [Problem("no-entry", f"/distribution/{id}", words) for id in uploads if id not in ids]
