"""Copies of large tables answer as their Parquet does, stay within their space, and are never needed."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from catalog.records import Derivative
from catalog.tables.query import warm
from catalog.tables.query.opening import COPY
from tests.catalog.tables.query.stored import FILE, NAME, copies, publish, put

TABLES = {f"part{n}": pyarrow.table({"id": list(range(n, 5_000))}) for n in range(3)}


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "ROWS", 100)


@pytest.fixture
def filled(catalog: Catalog) -> Catalog:
    publish(catalog)
    put(catalog, **TABLES)
    return catalog


def _kept(catalog: Catalog) -> dict[str, Path]:
    folder = catalog.settings.home / "cache" / "tables"
    return {one.stem: one for one in folder.glob(f"*{COPY}")}


def _parts(catalog: Catalog) -> list[Derivative]:
    return list(catalog.reading.entry(VISITOR, NAME).files[0].derived)


def _ask(catalog: Catalog) -> tuple[list[int], int]:
    page = catalog.rows.page(VISITOR, NAME, FILE, split="part1", where='"id" > 17', offset=2, length=3)
    return [row.number for row in page.rows], page.total


def test_a_question_begins_a_copy_that_answers_the_next_one_alike(filled: Catalog) -> None:
    first = filled.rows.page(VISITOR, NAME, FILE, split="part1", offset=4_000, length=20)
    copies(filled)
    assert len(_kept(filled)) == 3
    assert filled.rows.page(VISITOR, NAME, FILE, split="part1", offset=4_000, length=20) == first
    assert _ask(filled) == ([19, 20, 21], 4_982)


def test_the_copy_used_longest_ago_makes_room(filled: Catalog) -> None:
    copies(filled)
    first, second, third = _parts(filled)
    for age, part in enumerate((second, first, third)):
        os.utime(_kept(filled)[part.sha256], (1_000 + age, 1_000 + age))
    size = _kept(filled)[first.sha256].stat().st_size
    _kept(filled)[third.sha256].unlink()
    copies(filled, limit=int(size * 2.5))
    assert set(_kept(filled)) == {first.sha256, third.sha256}


def test_a_copy_larger_than_all_space_is_not_kept(filled: Catalog) -> None:
    copies(filled, limit=10)
    assert _kept(filled) == {}


def test_a_copy_that_does_not_fit_is_made_once_and_not_for_every_question(
    filled: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AtOnce:
        def __init__(self, target: Callable[..., None], args: tuple[Derivative], daemon: bool) -> None:
            self.start = lambda: target(*args)

    def copied(parquet: Path, target: Path) -> None:
        target.write_bytes(bytes(part.byte_size or 0) * 3)
        made.append(parquet.name)

    part, made = _parts(filled)[0], list[str]()
    kept = warm.Warm(filled.files_store, filled.settings.home / "cache" / "tables", 2 * (part.byte_size or 0))
    monkeypatch.setattr(warm, "Thread", AtOnce)
    monkeypatch.setattr(warm, "write_copy", copied)
    for _ in range(3):
        with kept.path(part) as path:
            assert path.name == part.sha256
    assert made == [part.sha256]


@pytest.mark.parametrize("damage", [b"", b"no table" * 4_000])
def test_a_damaged_copy_is_removed_and_the_parquet_answers(filled: Catalog, damage: bytes) -> None:
    copies(filled)
    for one in _kept(filled).values():
        one.write_bytes(damage)
    assert _ask(filled) == ([19, 20, 21], 4_982)


def test_what_a_kill_left_is_cleared_and_until_then_nobody_copies_twice(filled: Catalog) -> None:
    claim = filled.settings.home / "cache" / "tables" / f"{_parts(filled)[1].sha256}.part"
    claim.mkdir(parents=True)
    copies(filled)
    assert len(_kept(filled)) == 2
    os.utime(claim, (0, 0))
    copies(filled)
    copies(filled)
    assert len(_kept(filled)) == 3
    assert not claim.exists()


def test_a_full_disk_leaves_the_parquet_to_answer(filled: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(parquet: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(warm, "write_copy", full)
    with pytest.raises(OSError, match="No space"):
        copies(filled)
    assert _ask(filled) == ([19, 20, 21], 4_982)
    assert list((filled.settings.home / "cache" / "tables").iterdir()) == []
