"""Sandboxes for tests of tables; they run one child a file, so one serves a whole module."""

from collections.abc import Iterator

import pytest

from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.tables import QUICK


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(QUICK) as opened:
        yield opened
