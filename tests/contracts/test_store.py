"""Every database behind the Store port behaves alike: SQLite always, PostgreSQL where one is at hand."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.accounts.records import Account
from catalog.adapters.sql import SqlStore
from catalog.errors import Invalid
from catalog.harvests.records import HarvestedRecord, HarvestSource, RunProblem, RunState
from catalog.records import CatalogRecord, FileRecord, FileState, State, Version
from catalog.wanted.records import Order, Sought, Wanted, WantedState
from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.forms import canonical, dump_dataset
from schemas.problems import Problem
from tests.stores import ENGINES, empty_store


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with empty_store(request.param, tmp_path) as opened:
        yield opened


def record(name: str = "water-levels", **changes: object) -> tuple[CatalogRecord, str]:
    dataset = Dataset(name=name, title={"ru": "Уровни воды"}, publisher=Agency(name="kazhydromet", title={"ru": "Казгидромет"}))
    document, content_hash = canonical(dump_dataset(dataset))
    made = CatalogRecord(
        dataset=dataset, state=State.PUBLISHED, number=0, revision=1, content_hash=content_hash,
        created="2026-11-23T12:00:00Z", updated="2026-11-23T12:00:00Z", source="kz", source_kind="egovkz",
    )  # fmt: skip
    return replace(made, **changes), document  # type: ignore[arg-type]


def test_migrations_make_the_tables_that_the_code_expects(store: SqlStore) -> None:
    assert store.check() == []
    store.upgrade()
    assert store.check() == []


@pytest.mark.parametrize("name", ["a\ud800", "a\x00b"])
def test_what_no_database_keeps_is_refused_or_not_there(store: SqlStore, name: str) -> None:
    with store.read() as work, suppress(Invalid):
        assert work.datasets.get(name) is None


def test_a_dataset_comes_back_as_it_was_stored(store: SqlStore) -> None:
    made, document = record()
    with store.write() as work:
        work.datasets.add(made, document, "tester", "because")
    with store.read() as work:
        found = work.datasets.get("water-levels")
    assert found == replace(made, number=found.number if found else 0)


def test_an_exception_leaves_nothing_behind(store: SqlStore) -> None:
    made, document = record()
    with pytest.raises(RuntimeError), store.write() as work:
        work.datasets.add(made, document, "tester", "because")
        work.outbox.put("water-levels")
        raise RuntimeError
    with store.read() as work:
        assert work.datasets.get("water-levels") is None
        assert work.outbox.take(10) == []


def test_every_change_is_a_revision_with_its_reason(store: SqlStore) -> None:
    made, document = record()
    with store.write() as work:
        work.datasets.add(made, document, "harvester:kz", "first")
        number = work.datasets.get("water-levels").number  # type: ignore[union-attr]
        gone = replace(made, number=number, revision=2, state=State.WITHDRAWN, reason="moved")
        work.datasets.update(gone, document, "steward", "moved")
    with store.read() as work:
        told = [(r.number, r.actor, r.because, r.state) for r in work.datasets.revisions("water-levels")]
        assert work.datasets.count() == 0
        assert work.datasets.hashes() == {}
    assert told == [(2, "steward", "moved", "withdrawn"), (1, "harvester:kz", "first", "published")]


def test_pages_follow_the_order_in_which_datasets_came(store: SqlStore) -> None:
    with store.write() as work:
        for index in range(5):
            made, document = record(f"dataset-{index}", content_hash=f"{index:064}")
            work.datasets.add(made, document, "t", "b")
    with store.read() as work:
        first = work.datasets.page(limit=3)
        rest = work.datasets.page(after=first[-1].number, limit=3)
        assert work.datasets.count(agency="kazhydromet") == 5
        assert work.datasets.taken(["dataset-1", "other"]) == {"dataset-1"}
    assert len(first) == 3 and len(rest) == 2


def test_agencies_are_listed_by_their_public_datasets(store: SqlStore) -> None:
    made, document = record()
    with store.write() as work:
        work.agencies.put(made.dataset.publisher)  # type: ignore[arg-type]
        work.agencies.put(Agency(name="empty", title={"en": "Empty"}))
        work.datasets.add(made, document, "t", "b")
    with store.read() as work:
        assert [(agency.name, count) for agency, count in work.agencies.page()] == [("kazhydromet", 1)]
        assert work.agencies.get_many(["empty", "none"]) == {"empty": Agency(name="empty", title={"en": "Empty"})}


def test_files_keep_their_problem_report_and_table(store: SqlStore) -> None:
    file = FileRecord(
        dataset="water-levels", distribution="csv", state=FileState.FAILED, problem=Problem("too-large", "", "Too large."),
        report={"valid": False}, table={"rows": 3}, valid=False,
    )  # fmt: skip
    with store.write() as work:
        work.files.put(file, source="kz", position=1)
        work.files.put(replace(file, distribution="json", state=FileState.WANTED), source="kz", position=0)
    with store.read() as work:
        assert [f.distribution for f in work.files.of("water-levels")] == ["json", "csv"]
        assert work.files.get("water-levels", "csv") == file
        assert [f.distribution for f in work.files.wanted("kz", 10)] == ["json"]


def test_the_outbox_keeps_events_until_they_are_done(store: SqlStore) -> None:
    with store.write() as work:
        work.outbox.put("a")
        work.outbox.put("b")
    with store.write() as work:
        events = work.outbox.take(1)
        work.outbox.done(events)
    with store.read() as work:
        assert [event.dataset for event in work.outbox.take(10)] == ["b"]


def test_runs_count_their_problems_and_remember_their_checkpoint(store: SqlStore) -> None:
    with store.write() as work:
        work.harvests.put_source(HarvestSource(name="kz", kind="egovkz", url="https://data.egov.kz"))
        run = work.harvests.start_run("kz", "2026-11-23T12:00:00Z")
        work.harvests.add_problems(run.id, [RunProblem("x", Problem("c", "/title", "Missing.")) for _ in range(3)])
        work.harvests.save_run(replace(run, checkpoint="page 2"))
    with store.read() as work:
        found = work.harvests.run(run.id)
        assert found and (found.state, found.problems, found.checkpoint) == (RunState.RUNNING, 3, "page 2")
        assert len(work.harvests.problems(run.id, after=1, limit=10)) == 2
        assert [source.name for source in work.harvests.sources()] == ["kz"]


def test_what_a_run_did_not_meet_is_counted_as_missing(store: SqlStore) -> None:
    known = [HarvestedRecord(source="kz", identifier=i, dataset=f"d-{i}", raw_hash="h", seen_run=1) for i in "abc"]
    with store.write() as work:
        work.harvests.put_records(known)
        work.harvests.mark_seen("kz", ["a", "b"], 2)
        assert work.harvests.count_missing("kz", 2) == 1
        work.harvests.add_missing("kz", 2)
        assert work.harvests.vanished("kz", 2, 2) == []
        work.harvests.mark_seen("kz", ["a", "b"], 3)
        work.harvests.add_missing("kz", 3)
        assert [r.identifier for r in work.harvests.vanished("kz", 3, 2)] == ["c"]
        assert set(work.harvests.known("kz", ["a", "z"])) == {"a"}


def test_listings_are_narrowed_by_labels_before_they_are_cut_into_pages(store: SqlStore) -> None:
    with store.write() as work:
        for index in range(6):
            labels = frozenset({"public"} if index in (0, 5) else {"ministry_%", "other"})
            made, document = record(f"dataset-{index}", content_hash=f"{index:064}", labels=labels)
            work.datasets.add(made, document, "t", "b")
    with store.read() as work:
        public = frozenset({"public"})
        assert [r.dataset.name for r in work.datasets.page(limit=2, labels=public)] == ["dataset-0", "dataset-5"]
        assert work.datasets.count(labels=public) == len(work.datasets.newest(9, labels=public)) == 2
        assert len(work.datasets.page(skip=1, limit=9, labels=public)) == 1
        assert work.datasets.count(labels=frozenset({"ministry_%"})) == 4
        assert work.datasets.count(labels=frozenset({"ministryX%"})) == 0
        assert work.datasets.count() == 6


def test_datasets_are_found_by_the_id_of_a_distribution(store: SqlStore) -> None:
    with store.write() as work:
        for name in ("water-levels", "snow"):
            work.datasets.add(*record(name), actor="kz", because="test")
            work.files.put(FileRecord(dataset=name, distribution="csv", state=FileState.LINKED))
        work.files.put(FileRecord(dataset="snow", distribution="depths", state=FileState.LINKED))
        assert work.files.holding("csv", 10) == ["snow", "water-levels"]
        assert work.files.holding("csv", 1) == ["snow"]
        assert work.files.holding("depths", 10) == ["snow"]
        assert work.files.holding("other", 10) == []


def test_newest_versions_wait_for_croissant_until_they_load(store: SqlStore) -> None:
    def version(dataset: str, number: int, croissant: dict[str, object] | None = None) -> Version:
        return Version(dataset=dataset, number=number, version="1.0.0", at="", because="", croissant=croissant)

    with store.write() as work:
        for made in (version("a", 1), version("a", 2, {"valid": True}), version("b", 1, {"valid": False}), version("c", 1)):
            work.versions.put(made)
    with store.read() as work:
        assert [(one.dataset, one.number) for one in work.versions.untried("", 10)] == [("b", 1), ("c", 1)]
        assert [one.dataset for one in work.versions.untried("b", 10)] == ["c"]
        assert [one.dataset for one in work.versions.untried("", 1)] == ["b"]
        assert work.versions.untried("", 10, "kz") == []
    made, document = record("b")
    with store.write() as work:
        work.datasets.add(made, document, "tester", "because")
        work.versions.put(version("c", 1, {"valid": True, "loaded": {}}))
    with store.read() as work:
        assert [one.dataset for one in work.versions.untried("", 10, "kz")] == ["b"]
        assert [one.dataset for one in work.versions.untried("", 10)] == ["b"]


def test_votes_for_missing_data_count_once_each_and_order_the_board(store: SqlStore) -> None:
    facts = {"account": "a", "purpose": "p", "language": "en", "due": "2026-12-23", "updated": "2026-11-23T12:00:00Z"}
    with store.write() as work:
        for one in "ab":
            work.accounts.add(Account(id=one, email=f"{one}@example.kz"))
        for id, created, words in (("1", "2026-11-21T12:00:00Z", ("heat", "price")), ("2", "2026-11-22T12:00:00Z", ("100%",))):
            work.wanted.add(Wanted(id=id, title=f"Title {id}", created=created, words=words, **facts))  # type: ignore[arg-type]
        work.wanted.add(Wanted(id="3", title="Hidden", created="2026-11-20T12:00:00Z", hidden="Abuse", words=("heat",), **facts))  # type: ignore[arg-type]
        assert [work.wanted.vote("1", who, "2026-11-23T12:00:00Z") for who in "aba"] == [True, True, False]
        assert (work.wanted.unvote("2", "a"), work.wanted.unvote("1", "a")) == (False, True)
        stale = work.wanted.get("1")
        assert stale and work.wanted.change(replace(stale, state=WantedState.PROMISED, revision=2, votes=99))
        assert not work.wanted.change(replace(stale, state=WantedState.REFUSED, revision=2))
    with store.read() as work:
        board = work.wanted
        assert [(one.id, one.votes) for one in board.page(Sought(), Order.VOTES)] == [("1", 1), ("2", 0)]
        assert [one.id for one in board.page(Sought(), Order.NEWEST, skip=1)] == ["1"]
        assert [one.id for one in board.page(Sought(account="a"))] == ["2", "1", "3"]
        assert [board.count(Sought(state=state, today="2026-12-24")) for state in ("", "late", "open")] == [2, 2, 1]
        assert board.count(Sought(account="a", since="2026-11-21T12:00:00Z")) == 1
        assert (board.voters("1", 9), board.count(Sought(state="hidden"))) == (["b"], 1)
        assert ([one.id for one in board.due("2026-12-23")], board.due("2026-12-22")) == (["1", "2"], [])
        assert (board.voted("b", ["1", "2"]), board.voted("a", ["1", "2"])) == ({"1"}, set())
        assert [one.id for one in board.alike(("heat", "%"), 9)] == ["1"]
