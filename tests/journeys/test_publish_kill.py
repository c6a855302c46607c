"""Publishing that is killed at any step leaves the old state or the new one, whole; done again, it is there once."""

import hashlib
import io
import shutil
from pathlib import Path

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from catalog.submitting.submission import Submission
from tests.journeys.killing import done

OLD, NEW = b"station,level\nAqtau,3\n", b"station,level\nAqtau,3\nAral,4\n"
KILLS = 12
"""Steps at which it is killed, spread over all of them."""


def wells(content: bytes, catalog: Catalog) -> Submission:
    document = {
        "name": "wells", "title": {"en": f"Wells {len(content)}"}, "publisher": {"name": "water", "title": {"en": "Water"}},
        "responsibility": {"owner": "O", "steward": "S", "quality_officer": "Q", "legal_basis": {"en": "Act"}},
        "distribution": [{"id": "levels"}],
    }  # fmt: skip
    return Submission(document=document, uploads={"levels": catalog.uploads.receive(io.BytesIO(content), "levels.csv")})


def publish(home: Path, content: bytes, kill_at: int = 0) -> int:
    """Publish in a process of its own, which kills itself at a step; returns how many steps there were, 0 when killed."""

    def act(catalog: Catalog) -> None:
        catalog.submissions.publish(SYSTEM, wells(content, catalog))
        catalog.submissions.follow("wells")

    return done(home, act, kill_at)


def state(home: Path) -> tuple[int, str, str, bool | None]:
    """Return how many revisions there are, the title, the hash of the file and whether its table is valid."""
    catalog = open_catalog(Settings(home=home))
    try:
        entry = catalog.reading.entry(SYSTEM, "wells")
        (file,) = entry.files
        assert hashlib.sha256(b"".join(catalog.files_store.stream(file.sha256))).hexdigest() == file.sha256
        assert catalog.audit_log.verify().problems == ()
        return entry.record.revision, entry.dataset.title["en"], file.sha256, file.valid
    finally:
        catalog.close()


def whole(content: bytes, revision: int) -> tuple[int, str, str, bool]:
    return revision, f"Wells {len(content)}", hashlib.sha256(content).hexdigest(), True


def settled(home: Path) -> tuple[int, int, list[str]]:
    """Return how many versions and indexed datasets there are once a worker has been by, and how index and database differ."""
    catalog = open_catalog(Settings(home=home))
    try:
        catalog.indexing.drain()
        catalog.submissions.follow("wells")
        with catalog.store.read() as work:
            versions = len(work.versions.of("wells"))
        report = catalog.indexing.verify()
        return versions, catalog.index.count(), [*report.missing, *report.surplus, *report.stale]
    finally:
        catalog.close()


def test_publishing_killed_at_any_step_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    before, quiet = tmp_path / "before", tmp_path / "quiet"
    publish(before, OLD)
    shutil.copytree(before, quiet)
    steps = publish(quiet, NEW)
    assert state(quiet) == whole(NEW, 2) and steps > KILLS
    seen = set()
    for number in range(KILLS):
        home, at = tmp_path / f"kill-{number}", 1 + number * (steps - 1) // (KILLS - 1)
        shutil.copytree(before, home)
        publish(home, NEW, kill_at=at)
        found = state(home)
        assert found in (whole(OLD, 1), whole(NEW, 2)), f"killed at step {at} of {steps}"
        seen.add(found[0])
        publish(home, NEW)
        assert state(home) == whole(NEW, 2), f"done again after a kill at step {at} of {steps}"
        assert settled(home) == (2, 1, []), f"settled after a kill at step {at} of {steps}"
    assert seen == {1, 2}, "kills fell before and after the commit"
