"""Audits follow changes through the job table: the job is written in the transaction of the change."""

from catalog.ports import UnitOfWork

AUDIT = "audit"
"""Kind of the jobs: the key is the name of a dataset, `source:` and the name of a source, or empty for all."""
AUDIT_DUE = "audit-due"
"""Kind of the job that recurs: links and stored bytes that are due, then datasets that changed."""
_SOURCE = "source:"


def wake(work: UnitOfWork, dataset: str, source: str, now: str) -> None:
    """Have a changed dataset audited; those of a source are audited together."""
    work.jobs.put(AUDIT, f"{_SOURCE}{source}" if source else dataset, due=now)


def meant(key: str) -> tuple[list[str] | None, str | None]:
    """Return the names, or the source, that a job is for; neither for all."""
    if key.startswith(_SOURCE):
        return None, key.removeprefix(_SOURCE)
    return ([key] if key else None), None
