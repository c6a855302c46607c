"""What every test may ask for: a catalogue in a temporary folder, with a clock that stands still until told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings


class StoppedClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


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
