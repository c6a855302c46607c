"""Which version of the files of a dataset somebody asks for who says none: what is held now."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.access import Actor
from catalog.ports import UnitOfWork
from catalog.records import CatalogRecord, FileRecord


def asked(actor: Actor, record: CatalogRecord) -> bool:
    """Tell whether a grant of the actor depends on the version of the files, of which the record does not tell yet."""
    return not record.version and any(one.dataset == record.dataset.name and one.bounded for one in actor.grants)


def versioned(work: UnitOfWork, actor: Actor, record: CatalogRecord, files: Iterable[FileRecord]) -> CatalogRecord:
    """Return a record with the number of the version of `files` that are held now, where a grant of the actor depends on it."""
    return replace(record, version=present(work, record.dataset.name, files)) if asked(actor, record) else record


def present(work: UnitOfWork, name: str, files: Iterable[FileRecord]) -> int:
    """Return the number of the version that `files` are of: that of the newest, the next one where it lacks bytes of theirs."""
    newest = work.versions.latest([name]).get(name)
    if newest is None:
        return 1
    return newest.number + (not {file.sha256 for file in files if file.sha256} <= {file.sha256 for file in newest.files})
