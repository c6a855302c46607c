"""A worker beside the site is begun again when it dies, and ends with the site, also where that is killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from web.cli.beside import working

LINE = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); "
STAYS, DIES = LINE + "sys.stdin.read()", LINE + "sys.exit(1)"


def eventually(told: Callable[[], bool]) -> bool:
    for _ in range(600):
        if told():
            return True
        time.sleep(0.05)
    return False


def begun(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []


def runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_worker_that_dies_is_begun_again(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with working([sys.executable, "-c", DIES, str(notes)], pause=0.01):
        assert eventually(lambda: len(begun(notes)) >= 2)


def test_it_ends_with_the_site(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with working([sys.executable, "-c", STAYS, str(notes)]):
        assert eventually(lambda: bool(begun(notes))) and runs(begun(notes)[0])
    assert not runs(begun(notes)[0]) and len(begun(notes)) == 1


def test_it_ends_where_the_site_is_killed(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    command = [sys.executable, "-c", STAYS, str(notes)]
    site = f"import time\nfrom web.cli.beside import working\nwith working({command!r}): time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", site]) as process:
        assert eventually(lambda: bool(begun(notes)))
        process.kill()
    assert eventually(lambda: not runs(begun(notes)[0]))
