"""Whether the addresses of files answer: by the history of link checks, and of files that we serve ourselves by our store."""

from collections.abc import Iterator

from catalog.quality.base import Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import no_files
from schemas.distribution import Distribution


def reached(evidence: Evidence, prop: str) -> Iterator[Result]:
    """Yield for each distribution whether the address in `prop` (`access_url`, `download_url`) answers."""
    for at, one in evidence.distributions():
        path = f"/distribution/{at}/{prop}"
        if prop == "download_url" and not evidence.open:
            yield Result(Status.NOT_APPLICABLE, path, "restricted", at=at)
        elif not getattr(one, prop):
            yield Result(Status.FAIL, path, "missing", at=at)
        else:
            yield _of_address(evidence, one, prop, path, at)
    if not evidence.dataset.distribution:
        yield no_files()


def _of_address(evidence: Evidence, one: Distribution, prop: str, path: str, at: int) -> Result:
    file = evidence.files.get(one.id)
    if file and file.sha256 and evidence.open:  # its page and its bytes are served here
        if file.fixity in ("lost", "changed"):
            return Result(Status.FAIL, path, "lost", at=at)
        return Result(Status.PASS, path, "served", at=at)
    if not evidence.open and prop == "access_url":  # the page of the file is ours
        return Result(Status.PASS, path, "served", at=at)
    link = evidence.links.get(getattr(one, prop))
    if link is None or link.verdict == "unknown":
        why = link.kind if link and link.kind else ""
        return Result(Status.UNKNOWN, path, "link-unknown" if why else "not-checked", {"why": why} if why else {}, at)
    values = {"status": link.status or link.kind, "since": link.since[:10]}
    return Result(Status.PASS if link.verdict == "ok" else Status.FAIL, path, f"link-{link.verdict}", values, at)
