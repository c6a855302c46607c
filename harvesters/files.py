"""Pulls the files of a source into the store: streamed, hashed, bounded; a failure keeps the last good copy."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from catalog.bootstrap import Catalog
from catalog.clock import stamp
from catalog.harvests.records import RunProblem
from catalog.records import FileRecord, FileState
from catalog.tables.faults import DISK_FULL, fault
from catalog.tables.kinds import TABLES, looks_like_page
from harvesters.base import Fetching, SourceKind
from harvesters.http import FetchError, HttpClient, shown
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity
from schemas.vocabularies import vocabulary

PARALLEL = 4
BATCH = 40


@dataclass(slots=True)
class FileCounts:
    """What became of the files of a run."""

    stored: int = 0
    failed: int = 0
    problems: list[RunProblem] = field(default_factory=list)


def fetch_files(
    catalog: Catalog, fetching: Fetching, kind: SourceKind, progress: Callable[[int, int | None], None]
) -> FileCounts:
    """Fetch every file of the source that is wanted; each is a small transaction, so a killed run goes on."""
    counts, tried = FileCounts(), set[tuple[str, str]]()
    with ThreadPoolExecutor(PARALLEL) as pool:
        while batch := _wanted(catalog, fetching.source.name, tried):
            datasets = _datasets(catalog, batch)
            its_datasets = [datasets.get(file.dataset) for file in batch]
            for file in pool.map(partial(_fetch, catalog, fetching, kind), its_datasets, batch):
                _save(catalog, file)
                _count(counts, file)
                progress(counts.stored + counts.failed, None)
    return counts


def _wanted(catalog: Catalog, source: str, tried: set[tuple[str, str]]) -> list[FileRecord]:
    """Return files that are wanted and were not tried in this run: with a full disk they stay wanted."""
    with catalog.store.read() as work:
        wanted = work.files.wanted(source, BATCH)
    new = [file for file in wanted if (file.dataset, file.distribution) not in tried]
    tried |= {(file.dataset, file.distribution) for file in new}
    return new


def _datasets(catalog: Catalog, files: list[FileRecord]) -> dict[str, Dataset]:
    with catalog.store.read() as work:
        return {name: record.dataset for name, record in work.datasets.get_many([file.dataset for file in files]).items()}


def _fetch(catalog: Catalog, fetching: Fetching, kind: SourceKind, dataset: Dataset | None, file: FileRecord) -> FileRecord:
    """Return the file's record after the attempt; never raises for what the other side does."""
    distribution = next((d for d in dataset.distribution if d.id == file.distribution), None) if dataset else None
    if dataset is None or distribution is None:
        return replace(file, state=FileState.LINKED)
    temporary = catalog.temporary / secrets.token_hex(16)
    try:
        url = kind.file_url(fetching, dataset, distribution)
        if not url:
            return replace(file, state=FileState.LINKED)
        return _stored(catalog, fetching, file, url, temporary, distribution)
    except FetchError as error:
        return _failed(file, Problem(error.code, "", str(error), Severity.WARNING))
    except Exception as error:  # the border of one file: whatever it does, the others are fetched
        if fault(error) is DISK_FULL:
            return replace(file, problem=DISK_FULL)
        message = f"The file could not be fetched ({type(error).__name__})."
        return _failed(file, Problem("file-failed", "", message, Severity.WARNING))
    finally:
        temporary.unlink(missing_ok=True)


def _stored(
    catalog: Catalog, fetching: Fetching, file: FileRecord, url: str, temporary: Path, distribution: Distribution
) -> FileRecord:
    http = fetching.http
    assert isinstance(http, HttpClient)
    got = http.download(url, temporary, fetching.source.max_bytes, etag=file.etag, last_modified=file.last_modified)
    fetched = replace(file, state=FileState.STORED, fetched=stamp(catalog.clock), problem=None)
    if got.not_modified:
        return replace(fetched, problem=file.problem if file.arrived else None)
    if got.sha256 == file.sha256:
        return replace(fetched, arrived=None)
    if distribution.format.casefold() in TABLES and looks_like_page(temporary):
        words = "answered a web page instead of the {} file; ask the agency for a link that leads to the data"
        raise FetchError("web-page", f"{shown(url)} {words.format(distribution.format)}.")
    catalog.files_store.put(temporary, got.sha256)
    facts: dict[str, Any] = {"sha256": got.sha256, "byte_size": got.byte_size, "media_type": got.media_type}
    arrived = facts | {"filename": _filename(distribution, got.filename)}
    fetched = replace(fetched, etag=got.etag, last_modified=got.last_modified, checked="")
    if file.public or file.table is not None:  # what is good is served until the new bytes are known to be
        return replace(fetched, arrived=arrived)
    return replace(fetched, **arrived, valid=None, report=None, derived=())


def _filename(distribution: Distribution, given: str) -> str:
    """Return the name of the file: the source's own where it has an extension, else what was given with the format's."""
    own = distribution.path.rpartition("/")[2]
    if "." in own:
        return own[:200]
    term = vocabulary("media_types").find(distribution.format)
    extension = str(term.data.get("extension", "")) if term else ""
    return given if "." in given or not extension else f"{given or distribution.id}.{extension}"[:200]


def _failed(file: FileRecord, problem: Problem) -> FileRecord:
    return replace(file, state=FileState.FAILED, problem=problem)


def _save(catalog: Catalog, file: FileRecord) -> None:
    with catalog.store.write() as work:
        if work.files.get(file.dataset, file.distribution):
            work.files.put(file)


def _count(counts: FileCounts, file: FileRecord) -> None:
    counts.stored += file.state is FileState.STORED
    if file.state in (FileState.FAILED, FileState.WANTED) and file.problem:
        counts.failed += 1
        counts.problems.append(RunProblem(f"{file.dataset}/{file.distribution}", file.problem))
