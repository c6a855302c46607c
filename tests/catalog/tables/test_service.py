"""Stored files that wait are validated one by one, and the index is told of each."""

import hashlib
from pathlib import Path

import pytest

from catalog.access import VISITOR, harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestSource
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from catalog.tables.sandbox import Sandbox
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem

PORTAL = Origin(source="portal", kind="ckan", files="copy")


def _stored(catalog: Catalog, folder: Path, **texts: bytes) -> None:
    files = tuple(Distribution(id=name, download_url=f"https://example.org/{name}.csv", format="CSV") for name in texts)
    dataset = Dataset(name="rivers", title={"en": "Rivers"}, distribution=files)
    catalog.publishing.publish(harvester("portal"), dataset, "harvested", PORTAL)
    with catalog.store.write() as work:
        work.harvests.put_source(HarvestSource(name="portal", kind="ckan", url="https://example.org"))
        for name, content in texts.items():
            digest = hashlib.sha256(content).hexdigest()
            (folder / name).write_bytes(content)
            catalog.files_store.put(folder / name, digest)
            work.files.put(FileRecord(
                dataset="rivers", distribution=name, state=FileState.STORED, filename=f"{name}.csv", sha256=digest,
                byte_size=len(content),
            ))  # fmt: skip
        work.outbox.done(work.outbox.take(100))


def _verdicts(catalog: Catalog) -> dict[str, object]:
    files = catalog.reading.entry(VISITOR, "rivers").files
    return {file.distribution: file.problem.code if file.problem else file.valid for file in files}


def test_every_waiting_file_gets_its_verdict(catalog: Catalog, tmp_path: Path) -> None:
    _stored(catalog, tmp_path, good=b"a,b\n1,2\n", bad=b"a,b\n1,2,3\n", page=b"<html><body>Sign in</body></html>")
    counts = catalog.validation.check_waiting("portal", lambda done, total: None)
    assert _verdicts(catalog) == {"good": True, "bad": False, "page": "web-page"}
    assert (counts.valid, counts.invalid, counts.unchecked) == (1, 1, 1)
    with catalog.store.read() as work:
        assert {event.dataset for event in work.outbox.take(10)} == {"rivers"}


def test_what_was_checked_waits_no_more(catalog: Catalog, tmp_path: Path) -> None:
    _stored(catalog, tmp_path, good=b"a,b\n1,2\n")
    catalog.validation.check_waiting("portal", lambda done, total: None)
    assert catalog.validation.check_waiting("portal", lambda done, total: None).valid == 0


def test_a_lost_copy_does_not_stop_the_others(catalog: Catalog, tmp_path: Path) -> None:
    _stored(catalog, tmp_path, good=b"a,b\n1,2\n", gone=b"a,b\n3,4\n")
    with catalog.store.write() as work:
        lost = FileRecord(dataset="rivers", distribution="gone", state=FileState.STORED, sha256="0" * 64)
        work.files.put(lost)
    catalog.validation.check_waiting("portal", lambda done, total: None)
    with catalog.store.read() as work:
        gone = work.files.get("rivers", "gone")
    assert _verdicts(catalog) == {"good": True, "gone": "held"}  # it was never cleared
    assert gone and gone.problem and gone.problem.code == "lost"


def test_a_relative_folder_is_as_good_as_any(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made").mkdir()
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n")
    answer = sandbox.run(path, {"filename": "table.csv"}, Path("made"))
    assert not isinstance(answer, Problem) and answer["valid"]
    assert (tmp_path / "made" / "table.parquet").is_file()
