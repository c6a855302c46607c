"""What every test may ask for: a catalogue in a temporary folder, with a clock that stands still until told."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from catalog.adapters.sql import SqlStore, store
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from catalog.tables.sandbox import Sandbox

_ZYGOTE = "catalog.tables.zygote"


_LONG = {"browser", "demo", "journeys", "leaks"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders of long tests, so that all processes have work until the end."""
    items.sort(key=lambda item: not _LONG & set(item.path.parts))


class StoppedClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """New SQLite databases begin as copies of one that went through all migrations, and do not wait for the disk."""
    template = tmp_path_factory.mktemp("template") / "catalog.db"
    upgrade = SqlStore.upgrade
    with closing(SqlStore(f"sqlite:///{template}")) as made:
        made.upgrade()

    def copied(opened: SqlStore) -> None:
        file = Path(opened.engine.url.database or "")
        if opened.engine.name == "sqlite" and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template, file)
        else:
            upgrade(opened)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlStore, "upgrade", copied)
        patch.setattr(store, "PRAGMAS", (*store.PRAGMAS, "synchronous=OFF"))
        yield


class Compiled(BytecodeCache):
    """Templates as they were compiled first: every test makes a site of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile a template once, not once for each site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", Compiled())
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all tests of the demo to one worker, so that it is harvested once, and others file by file."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "tests/demo" if nodeid.startswith("tests/demo/") else super()._split_scope(nodeid)

    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def standing_zygotes() -> Iterator[None]:
    """Hand the parents of parser children from test to test: starting one takes seconds, and it keeps nothing of a job."""
    idle: list[Any] = []
    mine = os.getpid()  # a test that forks must not share what speaks with one process only
    start, close = Sandbox._started, Sandbox.close

    def started(sandbox: Sandbox) -> Any:
        if sandbox._zygote is None and idle and sandbox._module == _ZYGOTE and os.getpid() == mine:
            sandbox._zygote = idle.pop()
        return start(sandbox)

    def closed(sandbox: Sandbox) -> None:
        zygote = sandbox._zygote
        quiet = os.getpid() == mine and not sandbox._lock.locked() and sandbox._module == _ZYGOTE  # no job runs, nor failed now
        if quiet and zygote is not None and zygote.poll() is None and len(idle) < 2:
            idle.append(zygote)
            sandbox._zygote = None
        close(sandbox)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "_started", started)
        patch.setattr(Sandbox, "close", closed)
        yield
    for zygote in idle:
        zygote.kill()
        zygote.wait()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var")


@pytest.fixture
def catalog(settings: Settings, clock: StoppedClock) -> Iterator[Catalog]:
    opened = open_catalog(settings, clock)
    yield opened
    opened.close()
