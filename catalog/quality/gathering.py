"""Gathers the evidence of an audit: everything that its checks may look at, as it is known now."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any

from catalog.access import VISITOR, Action, decide
from catalog.ports import FileStore
from catalog.publication import as_published
from catalog.quality import leaking
from catalog.quality.drifting import drift
from catalog.quality.evidence import Evidence, FileFacts, LinkFacts, Measured
from catalog.records import PROFILE, CatalogRecord, FileRecord, Version
from schemas.dataset import Dataset
from schemas.forms import dump_dataset

MAX_PROFILE = 8 * 2**20
"""Bytes of a profile that is read; a larger one is of a table too wide to judge column by column."""


def gather(
    record: CatalogRecord, files: tuple[FileRecord, ...], links: Mapping[str, LinkFacts], versions: Sequence[Version],
    fixity: Mapping[str, tuple[str, str]], store: FileStore, base_url: str, now: str, last: Measured | None = None,
) -> Evidence:  # fmt: skip
    """Return the evidence of one dataset, without the verdict of the shapes; what cannot be read is named in `faults`.

    `versions` are the newest two; what `last` holds of the same bytes is taken from there.
    """
    allowed = decide(VISITOR, Action.DOWNLOAD, record, now).allowed
    dataset = as_published(record.dataset, files, base_url, bytes_allowed=allowed)
    faults: dict[str, str] = {}
    facts = {file.distribution: _facts(file, fixity.get(file.sha256, ("", "")), store, faults) for file in files}
    for file in files:
        facts[file.distribution] = replace(facts[file.distribution], readiness=_readiness(file, record, store, last))
    return Evidence(
        dataset=dataset, document=dump_dataset(dataset), as_of=now, open=allowed, created=record.created,
        data_date=_data_date(record, files), files=facts,
        links={url: links[url] for url in sorted(addresses(dataset)) if url in links},
        croissant=_croissant(versions[0] if versions else None), drift=_drift(versions, store, last), faults=faults,
        tools=tools(),
    )  # fmt: skip


def addresses(dataset: Dataset) -> set[str]:
    """Return the addresses of a dataset that link checks look after."""
    found = {url for one in dataset.distribution for url in (one.access_url, one.download_url)}
    return {url for url in found if url.startswith(("http://", "https://"))}


@cache
def tools() -> dict[str, str]:
    """Return the versions of what the evidence was made with."""
    return {name: version(name) for name in ("qoima", "frictionless", "pyshacl", "mlcroissant")}


def _facts(file: FileRecord, fixity: tuple[str, str], store: FileStore, faults: dict[str, str]) -> FileFacts:
    table = file.table or {}
    scan, held = file.scan or {}, bool(file.sha256) and not file.public
    errors = Counter(str(error.get("type", "error")) for error in _errors(file.report or {}))
    counted = ((file.report or {}).get("stats") or {}).get("errors")
    return FileFacts(
        state=file.state.value, sha256=file.sha256, byte_size=file.byte_size, fetched=file.fetched, checked=file.checked,
        valid=file.valid, problem=file.problem.code if file.problem else "", errors=dict(sorted(errors.items())),
        message=file.problem.message[:500] if file.problem and not held else "",
        cut=isinstance(counted, int) and counted > errors.total(), encoding=str(table.get("encoding") or ""),
        rows=table.get("rows"), personal=_findings(scan, unnamed=held), scanned=bool(scan.get("full")),
        profile=_profile(file, store, faults), fixity=fixity[0], fixed=fixity[1],
    )  # fmt: skip


def _findings(scan: Mapping[str, Any], *, unnamed: bool) -> tuple[Mapping[str, Any], ...]:
    """Return what the scan found; columns of a file that is held back are for its agency only, so they are not named."""
    return tuple({**one, "column": "…"} if unnamed else one for one in scan.get("findings", ()))


def _errors(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from report.get("errors") or ()
    for task in report.get("tasks") or ():
        yield from task.get("errors") or ()


_KEPT = ("name", "type", "count", "missing", "invalid", "distinct", "top", "mean", "std")


def _profile(file: FileRecord, store: FileStore, faults: dict[str, str]) -> dict[str, Any] | None:
    made = file.made(PROFILE)
    if made is None or made.byte_size > MAX_PROFILE:
        return None
    try:
        with store.open(made.sha256) as body:
            profile = json.load(body)
    except Exception as error:  # the border of one file: the other evidence counts all the same
        faults[f"profile:{file.distribution}"] = type(error).__name__
        return None
    columns = [{key: one[key] for key in _KEPT if key in one} for one in profile.get("columns", [])]
    return {"rows": profile.get("rows"), "duplicates": profile.get("duplicates"), "columns": columns}


def _readiness(file: FileRecord, record: CatalogRecord, store: FileStore, last: Measured | None) -> Mapping[str, Any] | None:
    target = record.dataset.ml.target
    wanted = leaking.key(file, target)
    if not wanted:
        return None
    before = last.readiness.get(file.distribution) if last else None
    if leaking.kept(before, wanted):
        return before
    return leaking.measured(file, target, store)


def _drift(versions: Sequence[Version], store: FileStore, last: Measured | None) -> Mapping[str, Any] | None:
    before = last.drift if last else None
    if before and len(versions) > 1 and (before["before"], before["after"]) == (versions[1].version, versions[0].version):
        return before
    return drift(versions, store)


def _croissant(version: Version | None) -> dict[str, Any] | None:
    tried = version.croissant if version else None
    if version is None or tried is None:
        return None
    kept = {key: tried.get(key) for key in ("valid", "problems", "loaded")}
    return {"version": version.version, **kept}


def _data_date(record: CatalogRecord, files: tuple[FileRecord, ...]) -> str:
    """Return when the data last changed: as the source states it, else when new bytes came in."""
    stated = record.dataset.modified or record.dataset.issued
    return stated or max((file.fetched for file in files), default="") or record.created
