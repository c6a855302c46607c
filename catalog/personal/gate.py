"""The one rule: bytes that are not cleared, and all that was made of them, are for their agency only."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from catalog.access import Actor
from catalog.personal.levels import blocking
from catalog.ports import UnitOfWork
from catalog.records import CatalogRecord, FileRecord, FileState, Version
from schemas.problems import Problem

_WAITING = Problem("file-waiting", "", "This file is being checked and is shown once that is done.")
_HELD = Problem("held", "", "This file is held back by its agency until it was checked for personal data.")


def shown(actor: Actor, record: CatalogRecord, files: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """Return what the actor may know of the files of a dataset; its own agency and the operator know everything."""
    if inside(actor, record):
        return tuple(files)
    return tuple(public_part(file) for file in files)


def inside(actor: Actor, record: CatalogRecord) -> bool:
    """Tell whether the actor belongs to the agency of a dataset, or is the catalogue itself."""
    agency = record.dataset.publisher.name if record.dataset.publisher else ""
    return actor.kind == "system" or agency in actor.roles


def barred(work: UnitOfWork, actor: Actor, record: CatalogRecord, files: Iterable[FileRecord]) -> frozenset[str]:
    """Return hashes of bytes that no version may give to the actor: those taken down, and those not cleared."""
    taken = work.takedowns.of(record.dataset.name)
    if inside(actor, record):
        return taken
    return taken | {file.sha256 for file in files if file.sha256 and not file.public}


def without(version: Version, hashes: frozenset[str]) -> Version:
    """Return a version without files of these hashes."""
    if not hashes:
        return version
    return replace(version, files=tuple(file for file in version.files if file.sha256 not in hashes))


def public_part(file: FileRecord) -> FileRecord:
    """Return what everybody may know of a file: nothing of bytes that are not cleared, nor where they come from."""
    if file.public:
        problem = file.problem if file.arrived is None else None
        return replace(file, arrived=None, scan=None, problem=problem)
    if not file.sha256:
        return replace(file, scan=None)
    nothing = FileRecord(dataset=file.dataset, distribution=file.distribution, state=FileState.HELD)
    if file.problem and file.problem.code == "taken-down":
        return replace(nothing, problem=file.problem)
    return replace(nothing, problem=_HELD if file.checked else _WAITING)


def verdict(scan: Mapping[str, Any] | None) -> Problem | None:
    """Return what keeps scanned bytes from being public, by column and count, and what to do; None where nothing does."""
    if scan is None or not scan["full"]:
        kind = (scan or {}).get("unread") or "this file"
        words = f"This file could not be looked through for personal data ({kind})"
        return Problem("not-scanned", "", f"{words}; publish it in a form that can be read, such as CSV, {_OTHERWISE}.")
    found = blocking(scan["findings"])
    if not found:
        return None
    told = "; ".join(f"{one['column']}: {one['kind']}, {one['hits']:,} of {one['candidates']:,}" for one in found[:10])
    more = f"; and {len(found) - 10} more" if len(found) > 10 else ""
    words = f"Personal data seem to stand in this file ({told}{more}). Remove or mask these columns and give the file anew"
    return Problem("personal-data", "", f"{words}, {_OTHERWISE}.")


_OTHERWISE = "or ask with a reason to let it pass, which a second person must approve"
HOLDS = frozenset({"personal-data", "not-scanned"})
"""Codes of the Problems that keep bytes from being public."""
