"""Killed children, zygotes and workers, full disks and bad new bytes: a clear Problem, the last good data, nothing left over."""

import errno
import gzip
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.access import VISITOR, harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestSource
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from catalog.settings import Settings
from catalog.tables.folders import job_folder, remove_orphans
from catalog.tables.limits import LIMITS
from catalog.tables.sandbox import Sandbox
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem
from schemas.table import Field, TableSchema
from tests.catalog.tables.tables import QUICK, schema, validate

PORTAL = Origin(source="portal", kind="ckan", files="copy")
ENDLESS = {"type": "string", "constraints": {"pattern": "(a+)+$"}}
GOOD, BOMB = b"a,b\n1,2\n3,4\n", b"PK\x03\x04" + bytes(100)


def publish(catalog: Catalog, **fields: object) -> None:
    declared = TableSchema(fields=(Field(name="a", type="string", constraints={"pattern": "(a+)+$"}),)) if fields else None
    files = (Distribution(id="csv", download_url="https://example.org/rivers.csv", format="CSV", table_schema=declared),)
    dataset = Dataset(name="rivers", title={"en": "Rivers"}, distribution=files)
    catalog.publishing.publish(harvester("portal"), dataset, "harvested", PORTAL)
    with catalog.store.write() as work:
        work.harvests.put_source(HarvestSource(name="portal", kind="ckan", url="https://example.org"))


def stored(catalog: Catalog, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    path = catalog.temporary / digest[:8]
    path.write_bytes(content)
    catalog.files_store.put(path, digest)
    return digest


def put(catalog: Catalog, **changes: object) -> None:
    with catalog.store.write() as work:
        file = work.files.get("rivers", "csv")
        assert file is not None
        work.files.put(replace(file, **changes), source="portal")  # type: ignore[arg-type]


def check(catalog: Catalog) -> FileRecord:
    catalog.validation.check_waiting("portal", lambda done, total: None)
    return catalog.reading.entry(VISITOR, "rivers").files[0]


def killing(process: Callable[[], list[int]]) -> threading.Thread:
    """Kill the first process found, as soon as there is one."""

    def kill() -> None:
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            for pid in process():
                os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.02)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def children(pid: int | None) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def zygotes() -> list[int]:
    return [pid for pid in children(os.getpid()) if b"zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_killed_child_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n" + "a" * 60 + "!\n")
    with Sandbox(replace(QUICK, cpu_seconds=3)) as sandbox:
        validate(tmp_path / "t.csv", sandbox)  # the zygote is warm
        thread = killing(lambda: children(sandbox._zygote.pid) if sandbox._zygote else [])
        result = validate(tmp_path / "t.csv", sandbox, schema=schema(a=ENDLESS))
        thread.join()
        assert result.problems[0].code == "too-slow"  # of the second child, which nobody killed
        assert validate(tmp_path / "t.csv", sandbox).valid is True


def test_with_its_zygote_a_child_dies_and_the_file_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n" + "a" * 60 + "!\n")
    seen: list[int] = []

    def running() -> list[int]:
        if sandbox._zygote is None or not (found := children(sandbox._zygote.pid)):
            return []
        seen.extend(found)
        return [sandbox._zygote.pid]

    with Sandbox(replace(QUICK, cpu_seconds=3)) as sandbox:
        validate(tmp_path / "t.csv", sandbox)
        thread = killing(running)
        result = validate(tmp_path / "t.csv", sandbox, schema=schema(a=ENDLESS))
        thread.join()
        assert result.problems[0].code == "too-slow"
    assert seen
    assert not any(alive(pid) for pid in seen)


def test_a_worker_that_is_killed_leaves_no_process_and_the_next_takes_over(catalog: Catalog, settings: Settings) -> None:
    publish(catalog, slow=True)
    digest = stored(catalog, b"a\n" + b"a" * 60 + b"!\n")
    put(catalog, state=FileState.STORED, sha256=digest, filename="rivers.csv")
    environment = {**os.environ, "QOIMA_HOME": str(settings.home)}
    command = [sys.executable, "-c", "from web.cli import main; main()", "worker", "--once"]
    with subprocess.Popen(command, env=environment) as worker:
        grandchildren: list[int] = []
        ends = time.monotonic() + 40
        while not grandchildren and time.monotonic() < ends:
            grandchildren = [child for zygote in _below(worker.pid) for child in _below(zygote)]
            time.sleep(0.05)
        worker.kill()
    assert grandchildren
    gone = time.monotonic() + 10
    while any(map(alive, grandchildren)) and time.monotonic() < gone:
        time.sleep(0.1)
    assert not any(map(alive, grandchildren))
    (orphan,) = catalog.temporary.glob("qoima-table-*")
    os.utime(orphan, (0, 0))
    assert catalog.reading.entry(VISITOR, "rivers").files[0].checked == ""
    put(catalog, sha256=stored(catalog, b"a\naa\n"))  # what waits is read by the next
    assert check(catalog).valid is True
    assert list(catalog.temporary.iterdir()) == []


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


@pytest.mark.parametrize("content", [BOMB, b"", bytes(50), b"PAR1" * 9], ids=["zip", "empty", "zeros", "parquet"])
def test_new_bytes_that_cannot_be_read_leave_the_last_good_ones(content: bytes, catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, state=FileState.STORED, sha256=stored(catalog, GOOD), filename="rivers.csv")
    good = check(catalog)
    assert (good.valid, good.made("table.parquet") is not None) == (True, True)
    arrived = {"sha256": stored(catalog, content), "byte_size": len(content), "filename": "rivers.csv", "media_type": "text/csv"}
    put(catalog, arrived=arrived, checked="")
    assert b"".join(catalog.downloads.open(VISITOR, "rivers", "csv").stream(0, None)) == GOOD  # while they wait, too
    kept = check(catalog)
    assert (kept.state, kept.sha256, kept.arrived) == (FileState.FAILED, good.sha256, None)
    assert (kept.valid, kept.table, kept.report, kept.derived) == (True, good.table, good.report, good.derived)
    assert kept.problem and "the last good ones are served" in kept.problem.message
    assert b"".join(catalog.downloads.open(VISITOR, "rivers", "csv").stream(0, None)) == GOOD
    assert list(catalog.temporary.iterdir()) == []


def test_new_bytes_that_can_be_read_take_their_place(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, state=FileState.STORED, sha256=stored(catalog, GOOD), filename="rivers.csv")
    check(catalog)
    invalid = b"a,b\n1,2,3\n"
    arrived = {"sha256": stored(catalog, invalid), "byte_size": len(invalid), "filename": "new.csv", "media_type": "text/csv"}
    put(catalog, arrived=arrived, checked="")
    taken = check(catalog)
    assert (taken.sha256, taken.filename, taken.arrived, taken.valid) == (arrived["sha256"], "new.csv", None, False)


def test_a_file_that_changes_while_it_is_fetched_is_stored_as_it_was_read(catalog: Catalog, tmp_path: Path) -> None:
    """Bytes are stored under the hash of what was written, and never touched again: whoever writes elsewhere changes nothing."""
    source = tmp_path / "source"
    source.write_bytes(GOOD)
    publish(catalog)
    put(catalog, state=FileState.STORED, sha256=stored(catalog, source.read_bytes()), filename="rivers.csv")
    source.write_bytes(b"changed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: pytest.fail("Stored bytes were touched."))
        stored(catalog, GOOD)
    found = check(catalog)
    assert hashlib.sha256(b"".join(catalog.downloads.open(VISITOR, "rivers", "csv").stream(0, None))).hexdigest() == found.sha256


class FullStore:
    """A file store on a disk that is full."""

    def __init__(self, inner: object) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def put(self, path: Path, sha256: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_files_go_on_waiting(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, state=FileState.STORED, sha256=stored(catalog, GOOD), filename="rivers.csv")
    full = replace(catalog, files_store=FullStore(catalog.files_store))  # type: ignore[arg-type]
    assert check(full).state is FileState.HELD  # it was never cleared
    with catalog.store.read() as work:
        waiting = work.files.get("rivers", "csv")
    assert waiting and waiting.problem and (waiting.problem.code, waiting.checked, waiting.valid) == ("disk-full", "", None)
    assert "make room" in waiting.problem.message
    assert list(catalog.temporary.iterdir()) == []
    read = check(catalog)
    assert (read.valid, read.problem) == (True, None)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="Only root can mount a small disk.")
def test_a_disk_that_fills_up_while_a_child_writes(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small], capture_output=True, check=False).returncode:
        pytest.skip("No small disk can be mounted here.")
    try:
        (tmp_path / "t.csv").write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000)
        with Sandbox() as sandbox, job_folder(small) as folder:
            answer = sandbox.run(tmp_path / "t.csv", {"filename": "t.csv"}, folder)
            assert isinstance(answer, dict)
            assert answer["problem"]["code"] == "disk-full"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_child_that_writes_too_much_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 500_000))
    with Sandbox(replace(LIMITS, written=2**20)) as sandbox:
        result = validate(tmp_path / "t.csv.gz", sandbox)
    assert result.problems[0].code == "too-large"


def test_limits_grow_with_the_file() -> None:
    small, big, huge = (LIMITS.scaled(size) for size in (10**6, 1_400_000_000, 10**13))
    assert (small.cpu_seconds, small.written) == (LIMITS.cpu_seconds, LIMITS.written)
    assert (big.cpu_seconds > 1000, big.written >= 4 * 10**9) == (True, True)
    assert (huge.cpu_seconds, huge.wall_seconds, huge.written) == (3600, 5400, 8 * 2**30)
    assert LIMITS.scaled(100 * 2**20, packed=True).cpu_seconds > LIMITS.cpu_seconds


def test_only_folders_of_ended_jobs_are_orphans(tmp_path: Path) -> None:
    with job_folder(tmp_path) as running:
        (tmp_path / "qoima-table-old").mkdir()
        (tmp_path / "qoima-table-old" / "table.csv").write_text("a")
        (tmp_path / "download").write_text("a")
        for path in (running, tmp_path / "qoima-table-old", tmp_path / "download"):
            os.utime(path, (0, 0))
        (tmp_path / "qoima-table-new").mkdir()
        assert remove_orphans(tmp_path) == 2
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["qoima-table-new", running.name])


def test_a_problem_of_ours_is_none_of_the_file() -> None:
    from catalog.tables.faults import fault

    assert fault(OSError(errno.ENOSPC, "x")).code == "disk-full"
    assert fault(RuntimeError("IO Error: No space left on device")).code == "disk-full"
    assert isinstance(fault(ValueError("x")), Problem)
