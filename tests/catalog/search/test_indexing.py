"""The index follows the outbox, leaves what is not open outside, and answers through the search service."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from catalog.access import VISITOR
from catalog.adapters.whoosh_index import WhooshIndex
from catalog.errors import Invalid
from catalog.ports import OutboxEvent
from catalog.records import CatalogRecord, FileRecord, FileState, State
from catalog.search.documents import document_of
from catalog.search.indexing import Indexing
from catalog.search.searching import Searching
from schemas.access import AccessLevel, AccessRule
from schemas.agents import Agency
from schemas.coverage import BoundingBox, Place
from schemas.dataset import Dataset
from schemas.distribution import Distribution


def record(name: str, number: int = 1, state: State = State.PUBLISHED, level: AccessLevel = AccessLevel.OPEN) -> CatalogRecord:
    dataset = Dataset(
        name=name, title={"en": f"Schools of {name}"}, publisher=Agency(name="edu", title={"en": "Ministry"}),
        theme=("http://publications.europa.eu/resource/authority/data-theme/EDUC",), modified="2024-05",
        distribution=(Distribution(id="f", format="CSV"),), access=AccessRule(level=level),
    )  # fmt: skip
    return CatalogRecord(
        dataset=dataset, state=state, number=number, revision=1, content_hash=f"hash-{name}",
        created="2024-01-01T00:00:00Z", updated="2024-06-01T00:00:00Z", source_kind="ckan",
    )  # fmt: skip


class FakeStore:
    """A store in dictionaries, with no more than indexing asks of it."""

    def __init__(self) -> None:
        self.records: dict[str, CatalogRecord] = {}
        self.events: list[OutboxEvent] = []

    def put(self, changed: CatalogRecord) -> None:
        self.records[changed.dataset.name] = changed
        self.events.append(OutboxEvent(len(self.events) + 1, changed.dataset.name))

    def published(self, after: int = 0, limit: int = 100) -> list[CatalogRecord]:
        found = [r for r in self.records.values() if r.state is State.PUBLISHED and r.number > after]
        return sorted(found, key=lambda each: each.number)[:limit]

    def _done(self, events: Any) -> None:
        self.events = [event for event in self.events if event not in list(events)]

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield SimpleNamespace(
            datasets=SimpleNamespace(
                get_many=lambda names: {name: self.records[name] for name in names if name in self.records},
                page=self.published,
                hashes=lambda: {each.dataset.name: each.content_hash for each in self.published()},
            ),
            files=SimpleNamespace(of_many=lambda names: {}),
            outbox=SimpleNamespace(take=lambda limit: self.events[:limit], done=self._done),
        )

    write = read


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    return WhooshIndex(tmp_path / "index", b"k" * 32)


def test_the_index_follows_publishing_and_withdrawing(store: FakeStore, index: WhooshIndex) -> None:
    indexing = Indexing(store, index, batch=2)  # type: ignore[arg-type]
    for number, name in enumerate("abc", 1):
        store.put(record(name, number))
    assert (indexing.drain(), index.count(), store.events) == (3, 3, [])
    store.put(record("b", 2, State.WITHDRAWN))
    indexing.drain()
    assert (index.count(), indexing.verify().good) == (2, True)
    assert indexing.drain() == 0


def test_an_event_stays_queued_where_the_commit_fails(store: FakeStore, index: WhooshIndex) -> None:
    store.put(record("a"))
    index.apply = lambda upserts, deletes: 1 / 0  # type: ignore[assignment,method-assign]
    with pytest.raises(ZeroDivisionError):
        Indexing(store, index).drain()  # type: ignore[arg-type]
    assert len(store.events) == 1


def test_a_rebuild_takes_every_page_and_tells_its_progress(store: FakeStore, index: WhooshIndex) -> None:
    for number in range(1, 451):
        store.records[f"d{number}"] = record(f"d{number}", number)
    seen: list[int] = []
    assert Indexing(store, index).rebuild(seen.append) == 450  # type: ignore[arg-type]
    assert seen == [200, 400, 450]


def test_columns_of_files_that_are_not_open_never_enter_the_index() -> None:
    found = {"schema": {"fields": [{"name": "secretColumn"}]}}
    file = FileRecord(dataset="a", distribution="f", state=FileState.STORED, table=found)
    assert document_of(record("a"), (file,)).columns == {"und": "secret Column"}
    assert document_of(record("a", level=AccessLevel.RESIDENTS), (file,)).columns == {}


def test_rows_are_counted_only_where_everybody_may_have_the_bytes() -> None:
    file = FileRecord(dataset="a", distribution="f", state=FileState.STORED, table={"rows": 12}, sha256="s", cleared="s")
    other = replace(file, distribution="g", table={"rows": 30})
    assert document_of(record("a"), (file, other)).numbers["rows"] == 42
    for hidden in (replace(other, cleared=""), replace(other, state=FileState.HELD), replace(other, table=None)):
        assert document_of(record("a"), (file, hidden)).numbers["rows"] == 12
        assert "rows" not in document_of(record("a"), (hidden,)).numbers
    assert "rows" not in document_of(record("a", level=AccessLevel.RESIDENTS), (file,)).numbers


def test_quality_and_places_come_from_the_record() -> None:
    box = BoundingBox(170.0, -20.0, -170.0, 10.0)
    given = record("a")
    placed = replace(given, quality="good", dataset=replace(given.dataset, spatial=(Place(bbox=box),)))
    assert document_of(placed, ()).boxes == ((170.0, -20.0, 180.0, 10.0), (-180.0, -20.0, -170.0, 10.0))
    assert document_of(placed, ()).quality > document_of(given, ()).quality == 0


def test_facets_come_from_the_record(store: FakeStore) -> None:
    facets = document_of(record("a"), ()).facets
    assert facets["agency"] == ("edu",)
    assert facets["theme"] == ("EDUC",)
    assert facets["format"] == ("CSV",)
    assert (facets["access"], facets["language"], facets["year"], facets["source"]) == (("open",), ("en",), ("2024",), ("ckan",))


def test_searching_returns_entries_and_names_bad_parameters(store: FakeStore, index: WhooshIndex) -> None:
    store.put(record("a"))
    Indexing(store, index).drain()  # type: ignore[arg-type]
    searching = Searching(index, SimpleNamespace(entries=lambda actor, names: list(names)))  # type: ignore[arg-type]
    results = searching.search(VISITOR, "school agency:edu", {"year": ["2024"]})
    assert (results.page.total, results.entries, results.page.facets["agency"]) == (1, ("a",), {"edu": 1})
    assert searching.search(VISITOR, "", {"theme": ["NOWHERE"]}).page.total == 0
    with pytest.raises(Invalid) as caught:
        searching.search(VISITOR, "", {"nose": ["x"]}, sort="random", offset=10_001, limit=101)
    assert [each.code for each in caught.value.problems] == ["unknown-facet", "bad-sort", "bad-offset", "bad-limit"]
