"""Which version of the files of a dataset somebody asks for who says none: what is held now."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.access import Actor
from catalog.ports import UnitOfWork
from catalog.records import CatalogRecord, FileRecord


def versioned(work: UnitOfWork, actor: Actor, record: CatalogRecord, files: Iterable[FileRecord]) -> CatalogRecord:
    """Return a record with the number of the version of `files` that are held now, where a grant of the actor depends on it."""
    name = record.dataset.name
    if record.version or not any(grant.dataset == name and grant.bounded for grant in actor.grants):
        return record
    return replace(record, version=present(work, name, files))


def present(work: UnitOfWork, name: str, files: Iterable[FileRecord]) -> int:
    """Return the number of the version that `files` are of: that of the newest, the next one where it lacks bytes of theirs."""
    newest = work.versions.latest([name]).get(name)
    if newest is None:
        return 1
    return newest.number + (not {file.sha256 for file in files if file.sha256} <= {file.sha256 for file in newest.files})
