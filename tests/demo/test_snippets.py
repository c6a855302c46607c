"""Every kind of code sample on the pages of the demo is run, as it stands there, in a process of its own against the site."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from schemas.identifiers import slug
from tests.demo.conftest import Demo
from tests.payloads import missing

_SNIPPET = re.compile(r'<section class="snippet"[^>]*><h\d[^>]*>([^<]*)</h\d>\s*<pre[^>]*><code>(.*?)</code>', re.S)
_OWN = re.compile(r"http://[^\"']*|record_set=\"[^\"]*\"")
_DUCKDB = """
import datetime, duckdb
from fsspec.implementations.http import HTTPFileSystem

class Web(HTTPFileSystem):  # does what DuckDB's extension httpfs does, which DuckDB itself fetches from its site on first use
    def modified(self, path):
        return datetime.datetime.now()

connection = duckdb.connect()
connection.register_filesystem(Web(skip_instance_cache=True))
print(connection.sql(query))
"""
_PYTHON = """
import os, sys
exec(sys.argv[1])
sys.stdout.flush()
os._exit(0)  # Arrow's threads may abort an interpreter that ends while they still let go of a Python file (apache/arrow#34314)
"""


@dataclass(frozen=True)
class Shown:
    """A code sample, with the page that shows it and the name of the first column of its table."""

    page: str
    title: str
    code: str
    column: str

    @property
    def kind(self) -> tuple[str, str]:
        """Return what it has in common with the samples on other pages."""
        return self.title, _OWN.sub("…", self.code)


def shown(harvested: Demo) -> Iterator[Shown]:
    """Yield the code samples of the pages of all tables."""
    with harvested.catalog.store.read() as work:
        records = work.datasets.page(limit=1000)
        files = work.files.of_many([record.dataset.name for record in records])
    for name, of_dataset in files.items():
        for file in of_dataset:
            if file.table and file.derived:
                page = f"/dataset/{name}/resource/{file.distribution}"
                for title, code in _SNIPPET.findall(harvested.client.get(page).text):
                    yield Shown(page, title, unescape(re.sub(r"<[^>]*>", "", code)), file.table["schema"]["fields"][0]["name"])


def command(one: Shown) -> list[str]:
    """Return how a sample is run; skips what this machine has no program for."""
    if one.title in ("curl", "Rows API"):
        return ["bash", "-c", one.code]
    if one.title == "R":
        return [shutil.which("Rscript") or missing("R (Debian's r-base-core)") or "", "-e", one.code]
    if one.title == "DuckDB":
        return [sys.executable, "-c", _PYTHON, f"query = {one.code!r}\n{_DUCKDB}"]
    if one.title == "geopandas" and not importlib.util.find_spec("geopandas"):
        pytest.skip("geopandas is not installed; it is no part of the tests.")
    return [sys.executable, "-c", _PYTHON, one.code]


def run(one: Shown, folder: Path) -> str:
    """Run a sample in an empty folder that is its home; returns what it printed, or fetched."""
    environment = {**os.environ, "HOME": str(folder), "HF_HOME": str(folder / "hf"), "COLUMNS": "200", "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(command(one), cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{one.page}: {one.code}\n{done.stderr[:3000]}"
    fetched = [path for path in folder.iterdir() if path.is_file()]
    return done.stdout + "".join(path.read_bytes().decode("utf-8", "replace") for path in fetched)


@pytest.fixture(scope="session")
def kinds(demo: Demo) -> dict[tuple[str, str], Shown]:
    return {one.kind: one for one in shown(demo)}


TITLES = ("curl", "pandas", "polars", "DuckDB", "datasets", "mlcroissant", "R", "Rows API", "Frictionless", "geopandas")


@pytest.mark.parametrize("title", TITLES)
def test_code_on_the_pages_runs_as_it_stands(kinds: dict[tuple[str, str], Shown], title: str, tmp_path: Path) -> None:
    chosen = [one for one in kinds.values() if one.title == title]
    assert chosen, f"No page shows code for {title}."
    for number, one in enumerate(chosen):
        folder = tmp_path / str(number)
        folder.mkdir()
        printed = run(one, folder)
        named = one.column in printed or slug(one.column) in printed  # Croissant names columns in its own way
        assert named, f"{one.page} shows code that does not print its table: {one.code}\n{printed[:500]}"


def test_no_page_shows_code_that_is_not_run(kinds: dict[tuple[str, str], Shown]) -> None:
    assert {title for title, _ in kinds} <= set(TITLES)
