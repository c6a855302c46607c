"""The two sites that are asked for rows: ours, and datasette where it can be installed."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

import polars

from catalog.access import SYSTEM
from catalog.bootstrap import open_catalog
from catalog.publishing import Origin
from catalog.records import PARQUET, Derivative, FileRecord, FileState
from catalog.settings import Settings
from catalog.tables.writer import Writer
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.benchmarks.servers import await_answer
from tests.benchmarks.sites import ROOT, free_ports

ROWS = 1_000_000
EAST = "east"
DATASETTE = "datasette==0.65.5"
TOOLS = Path(os.environ.get("QOIMA_DATASETTE", Path(tempfile.gettempdir()) / "qoima-datasette"))
"""A virtual environment with datasette; made there when it is missing."""
_WORDS = ("water", "river", "школа", "Қазақстан", "больница", "road")


def columns() -> dict[str, list[Any]]:
    """Return the table by columns: number, code, text, enums, decimals, gaps, date, time, truth."""
    chance, start = random.Random(1), datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    numbers = range(ROWS)
    return {
        "id": list(numbers), "code": [f"KZ-{n:07}" for n in numbers],
        "note": [f"{_WORDS[n % 6]} {_WORDS[n * 7 % 5]} number {n}" for n in numbers],
        "side": [("north", "south", EAST, "west")[n % 4] for n in numbers], "grade": ["abc"[n % 3] for n in numbers],
        "level": [chance.random() * 1_000 for _ in numbers], "share": [chance.random() for _ in numbers],
        "gap": [None if n % 20 == 0 else n * 7 % 5_000 for n in numbers],
        "day": [(start + timedelta(days=n % 9_000)).date() for n in numbers],
        "at": [start + timedelta(seconds=61 * n) for n in numbers], "open": [n % 2 == 0 for n in numbers],
        "group": [f"x{n % 17}" for n in numbers],
    }  # fmt: skip


@contextmanager
def qoima(folder: Path) -> Iterator[int]:
    """Serve our site over the table, stored as validation stores it; yields the port."""
    path, home = folder / "table", folder / "home"
    with Writer(path, {"fields": [{"name": name} for name in columns()]}) as writer:
        writer.add(polars.DataFrame(columns()))
    _publish(path, home)
    port = free_ports(1)[0]
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", str(port), "--workers", "2"]
    command.append("--no-background")
    with _running(command, {"QOIMA_HOME": str(home)}):
        await_answer(port, "/healthz")
        yield port


def _publish(path: Path, home: Path) -> None:
    opened = open_catalog(Settings(home=home))
    dataset = Dataset(name="readings", title={"en": "Readings"}, distribution=(Distribution(id="csv", format="CSV"),))
    opened.publishing.publish(SYSTEM, dataset, "benchmark", Origin(source="benchmark", kind="ckan", files="copy"))
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    made = Derivative(name=PARQUET, sha256=digest, byte_size=path.stat().st_size, rows=ROWS)
    opened.files_store.put(path, digest)
    file_record = FileRecord(
        dataset="readings", distribution="csv", state=FileState.STORED, sha256=digest, cleared=digest, derived=(made,)
    )  # fmt: skip
    with opened.store.write() as work:
        work.files.put(file_record)
    opened.close()


@contextmanager
def datasette(folder: Path) -> Iterator[int | None]:
    """Serve datasette over the table; yields the port, None where it cannot be installed."""
    if (tool := _installed()) is None:
        yield None
        return
    database = folder / "readings.db"
    table = columns()
    connection = sqlite3.connect(database)
    connection.execute(f"create table readings ({', '.join(_declared(name, values) for name, values in table.items())})")
    rows = zip(*(_plain(values) for values in table.values()), strict=True)
    connection.executemany(f"insert into readings values ({', '.join('?' * len(table))})", rows)
    connection.commit()
    connection.close()
    port = free_ports(1)[0]
    command = [str(tool), "serve", str(database), "--host", "127.0.0.1", "--port", str(port)]
    with _running([*command, "--setting", "sql_time_limit_ms", "60000"], {}):
        await_answer(port, "/-/versions.json")
        yield port


def _installed() -> Path | None:
    tool = TOOLS / "bin" / "datasette"
    if not tool.exists():
        venv.create(TOOLS, with_pip=True)
        done = subprocess.run([str(TOOLS / "bin" / "pip"), "install", "-q", DATASETTE], capture_output=True, text=True)
        if done.returncode:
            print(f"datasette could not be installed: {done.stderr[-500:]}", file=sys.stderr)
    return tool if tool.exists() else None


def _declared(name: str, values: list[Any]) -> str:
    kinds = {int: "integer", float: "real", bool: "integer"}
    return f'"{name}" {kinds.get(type(values[1]), "text")}{" primary key" if name == "id" else ""}'


def _plain(values: list[Any]) -> list[Any]:
    return [value.isoformat() for value in values] if hasattr(values[1], "isoformat") else values


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
