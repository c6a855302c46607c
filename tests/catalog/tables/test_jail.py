"""Code that takes over a parser child reaches no file but its own, no network, no secret and no other process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog.tables.jail import MEASURES
from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import validate_in
from schemas.problems import Problem
from tests.catalog.tables.tables import QUICK
from tests.payloads import missing


@pytest.fixture(scope="module")
def evil() -> Iterator[Sandbox]:
    os.environ["QOIMA_SECRET_PORTAL"] = "s3cr3t"
    with Sandbox(QUICK, zygote="tests.catalog.tables.evil") as opened:
        yield opened
    del os.environ["QOIMA_SECRET_PORTAL"]


@pytest.fixture(scope="module")
def measures() -> list[str]:
    found: list[str] = json.loads(subprocess.check_output([sys.executable, "-m", "catalog.tables.jail"]))
    return found


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "job").mkdir()
    (tmp_path / "own.csv").write_text("a,b\n1,2\n")
    (tmp_path / "other.csv").write_text("name\nof another dataset\n")
    return {"own": tmp_path / "own.csv", "other": tmp_path / "other.csv", "folder": tmp_path / "job"}


def attempt(evil: Sandbox, places: dict[str, Path], python: str) -> dict[str, Any]:
    options = {"python": f"own, other = {str(places['own'])!r}, {str(places['other'])!r}\n{python}"}
    answer = evil.run(places["own"], options, places["folder"])
    return {answer.code: answer.message} if isinstance(answer, Problem) else answer


@pytest.mark.parametrize("python", [
    "answer = open(other).read()",
    "answer = open('/etc/passwd').read()",
    "answer = open('/proc/self/environ').read()",
    "import os; answer = open(f'/proc/{os.getppid()}/environ').read()",
    "import os; answer = os.listdir('/')",
    "import os; os.symlink(other, job['folder'] + '/link')",
    "import os; os.link(other, job['folder'] + '/link')",
    "import os; os.remove(own)",
    "open(own, 'a').write('x')",
    "open(other, 'w').write('x')",
    "import socket; socket.socket()",
    "import socket; answer = socket.getaddrinfo('example.org', 80)",
    "import subprocess; answer = subprocess.check_output(['id'])",
    "import os; os.fork()",
    "import os; os.kill(os.getppid(), 9)",
    "import os; os.execv('/bin/sh', ['sh'])",
    "import ctypes; ctypes.CDLL('libc.so.6')",
    "import sqlite3; sqlite3.connect(other)",
])  # fmt: skip
def test_python_is_refused(python: str, evil: Sandbox, places: dict[str, Path]) -> None:
    answer = attempt(evil, places, python)
    assert "PermissionError" in answer.get("refused", ""), answer
    assert "another dataset" in places["other"].read_text()


@pytest.mark.parametrize("python", [
    "import polars; answer = polars.read_csv(other).rows()",
    "import polars; answer = polars.read_csv('/etc/passwd').rows()",
    "import pyarrow.csv; answer = pyarrow.csv.read_csv(other).to_pylist()",
    "import pyarrow.fs; answer = pyarrow.fs.LocalFileSystem().open_input_stream('/proc/self/environ').read()",
    "import pyarrow.fs; answer = pyarrow.fs.LocalFileSystem().delete_file(other)",
    "import pyarrow.fs; pyarrow.fs.LocalFileSystem().open_output_stream(own, compression=None).write(b'x')",
    "import duckdb; answer = duckdb.sql(f\"select * from read_csv('{other}')\").fetchall()",
    "import duckdb; duckdb.sql(f\"copy (select 1) to '{other}'\")",
    "import duckdb; duckdb.sql('install httpfs')",
])  # fmt: skip
def test_libraries_in_c_are_refused(python: str, evil: Sandbox, places: dict[str, Path], measures: list[str]) -> None:
    if MEASURES[2] not in measures:
        missing("Landlock (Linux 5.13 or newer)")
    answer = attempt(evil, places, python)
    assert answer.keys() <= {"refused", "crashed"}, answer
    assert places["own"].read_text() == "a,b\n1,2\n"
    assert "another dataset" in places["other"].read_text()


@pytest.mark.parametrize("python", [
    "answer = open(own).read()",
    "import polars; answer = polars.read_csv(own).rows()",
    "import pyarrow.csv; answer = pyarrow.csv.read_csv(own).to_pylist()",
    "import polars; polars.read_csv(own).write_parquet('t.parquet'); answer = polars.read_parquet('t.parquet').rows()",
])  # fmt: skip
def test_the_own_file_can_be_read(python: str, evil: Sandbox, places: dict[str, Path]) -> None:
    assert attempt(evil, places, python).get("got")


def test_packages_that_stand_apart_from_the_environment_can_be_loaded(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = tmp_path / "other-environment" / "site-packages"
    apart.mkdir(parents=True)
    (apart / "package_apart.py").write_text("NAME = 'apart'\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(apart)])
    with Sandbox(QUICK, zygote="tests.catalog.tables.evil") as sandbox:
        assert attempt(sandbox, places, "import package_apart; answer = package_apart.NAME").get("got") == "apart"
        assert "refused" in attempt(sandbox, places, "answer = open(other).read()")


def test_there_is_no_network(evil: Sandbox, places: dict[str, Path], measures: list[str]) -> None:
    if MEASURES[1] not in measures:
        missing("A network namespace")
    names = "import socket; answer = [name for _, name in socket.if_nameindex()]"
    assert attempt(evil, places, names).get("got", ["lo"]) == ["lo"]


def test_there_is_no_secret_and_no_other_place(evil: Sandbox, places: dict[str, Path]) -> None:
    told = attempt(evil, places, "import os; answer = [dict(os.environ), os.getcwd()]")["got"]
    assert told == [{"TMPDIR": str(places["folder"])}, str(places["folder"])]


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root has privileges to give up.")
def test_root_is_root_no_more(evil: Sandbox, places: dict[str, Path]) -> None:
    for python in ("import os; os.setuid(65534)", "import os; os.chroot('/')", "import os; os.nice(-5)"):
        assert "PermissionError" in attempt(evil, places, python)["refused"]


@pytest.mark.parametrize("name", ["../other.csv", "/etc/hostname", "..", ".", "nothing"])
def test_nothing_outside_is_taken_for_what_was_made(name: str, evil: Sandbox, places: dict[str, Path]) -> None:
    kept: list[Path] = []
    whole = f"whole = {{'made': [{{'name': {name!r}}}], 'valid': True, 'report': None, 'table': None, 'problem': None}}"
    with pytest.raises((ValueError, OSError)):
        validate_in(evil, places["own"], {"python": whole}, lambda path, sha256: kept.append(path), places["folder"])
    assert kept == []
    assert list(places["folder"].iterdir()) == []


@pytest.mark.parametrize(("python", "outcome"), [
    ("import os; os._exit(7)", "crashed"),
    ("import os; os.abort()", "crashed"),
    ("while True: pass", "too-slow"),
    ("import time; time.sleep(60)", "too-slow"),
    ("a = bytearray(2**32)", "too-much-memory"),
    ("answer = 'x' * 2**25", "too-much-memory"),
    ("import sys\nwhile True: sys.stderr.write('x' * 2**20)", "too-slow"),
    ("f = open('f', 'wb')\nwhile True: f.write(bytes(2**24))", "too-large"),
])  # fmt: skip
def test_each_limit_holds(python: str, outcome: str, evil: Sandbox, places: dict[str, Path]) -> None:
    told = attempt(evil, places, python)
    words = {"too-much-memory": "MemoryError", "too-large": "File too large"}.get(outcome, "nothing")
    assert outcome in told or words in told.get("refused", ""), told
