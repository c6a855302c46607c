"""A run is idempotent, goes on after a kill, and neither bad records nor a failing source harm what is published."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from catalog.errors import Gone
from catalog.harvests.records import HarvestRun, HarvestSource, RunState
from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option, source_kinds
from harvesters.http import FetchError
from harvesters.preview import preview
from harvesters.runner import run_harvest
from harvesters.vanished import release, too_many
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem

SOURCE = HarvestSource(name="portal", kind="fake", url="http://127.0.0.1:1/", title="A portal", files="link")


class Killed(BaseException):
    """Stands for kill -9: nothing of ours may catch it."""


@dataclass
class FakeKind:
    """A portal in memory: pages of documents; an entry that is an exception is raised there."""

    name: str = "fake"
    title: str = "Fake"
    options: tuple[Option, ...] = ()
    incremental: bool = False
    pages: list[list[Any]] = field(default_factory=list)

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        for number, page in enumerate(self.pages):
            if number < int(fetching.resume or 0):
                continue
            for item in page:
                if isinstance(item, BaseException):
                    raise item
                yield (
                    item
                    if isinstance(item, Problem)
                    else HarvestRecord(identifier=item["identifier"], body=item, profile="qoima")
                )
            yield Checkpoint(str(number + 1))

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        return ""


@pytest.fixture
def kind() -> Iterator[FakeKind]:
    made = FakeKind()
    source_kinds()["fake"] = made
    yield made
    del source_kinds()["fake"]


def document(number: int, **changes: Any) -> dict[str, Any]:
    return {"name": f"dataset-{number}", "identifier": f"id-{number}", "title": {"en": f"Dataset {number}"}, **changes}


def documents(count: int) -> list[dict[str, Any]]:
    return [document(number) for number in range(count)]


def told(run: HarvestRun) -> tuple[str, int, int, int, int]:
    counts = run.counts
    return run.state.value, counts.added, counts.changed, counts.unchanged, counts.failed


def state(catalog: Catalog) -> dict[str, str]:
    with catalog.store.read() as work:
        return work.datasets.hashes()


def revisions(catalog: Catalog) -> int:
    with catalog.store.read() as work:
        return sum(len(work.datasets.revisions(name)) for name in work.datasets.hashes())


def test_records_are_published_and_found(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(3)]
    assert told(run_harvest(catalog, SOURCE)) == ("complete", 3, 0, 0, 0)
    assert catalog.index.count() == 3
    assert catalog.reading.entry(VISITOR, "dataset-1").record.source == "portal"


def test_a_second_run_of_an_unchanged_source_writes_nothing(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(3)]
    run_harvest(catalog, SOURCE)
    assert told(run_harvest(catalog, SOURCE)) == ("complete", 0, 0, 3, 0)
    assert revisions(catalog) == 3


def test_a_changed_record_becomes_a_revision(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(2)]
    run_harvest(catalog, SOURCE)
    kind.pages = [[document(0), document(1, title={"en": "Better"})]]
    assert told(run_harvest(catalog, SOURCE)) == ("complete", 0, 1, 1, 0)
    assert catalog.reading.entry(VISITOR, "dataset-1").dataset.title == {"en": "Better"}


def test_a_bad_record_stops_no_other_and_keeps_its_last_good_version(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(3)]
    run_harvest(catalog, SOURCE)
    kind.pages = [[document(0), document(1, title={}), document(2, title={"en": "New"})]]
    run = run_harvest(catalog, SOURCE)
    assert told(run) == ("complete", 0, 1, 1, 1)
    assert catalog.reading.entry(VISITOR, "dataset-1").dataset.title == {"en": "Dataset 1"}
    assert [(p.identifier, p.problem.code) for p in catalog.harvests.problems(run.id)] == [("id-1", "missing")]


def test_two_records_with_the_same_name_both_live(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [[document(0), document(0, identifier="other")]]
    run_harvest(catalog, SOURCE)
    assert len(state(catalog)) == 2
    assert told(run_harvest(catalog, SOURCE))[3] == 2


@pytest.mark.parametrize("at", range(4))
def test_a_killed_run_goes_on_to_the_same_end(catalog: Catalog, kind: FakeKind, at: int) -> None:
    whole = [[document(page * 10 + n) for n in range(10)] for page in range(4)]
    kind.pages = [[*page, Killed()] if number == at else page for number, page in enumerate(whole)]
    with pytest.raises(Killed):
        run_harvest(catalog, SOURCE)
    kind.pages = whole
    run = run_harvest(catalog, SOURCE)
    assert run.state is RunState.COMPLETE and run.id == 1
    assert set(state(catalog)) == {f"dataset-{n}" for n in range(40)}
    assert catalog.index.count() == 40
    assert revisions(catalog) == 40


@pytest.mark.parametrize(
    "fault", [FetchError("status", "The portal answered 500."), ValueError("odd"), Problem("x", "", "Broken.")]
)
def test_a_source_that_fails_half_way_removes_nothing(catalog: Catalog, kind: FakeKind, fault: Any) -> None:
    kind.pages = [documents(4)]
    run_harvest(catalog, SOURCE)
    before = state(catalog)
    for _ in range(3):
        kind.pages = [[document(0), fault]]
        run = run_harvest(catalog, SOURCE)
        assert run.state is RunState.INCOMPLETE and run.problems == 1
    assert state(catalog) == before


def test_what_vanished_is_withdrawn_after_two_complete_runs(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(5)]
    run_harvest(catalog, SOURCE)
    kind.pages = [documents(4)]
    assert run_harvest(catalog, SOURCE).counts.withdrawn == 0
    assert "dataset-4" in state(catalog)
    assert run_harvest(catalog, SOURCE).counts.withdrawn == 1
    with pytest.raises(Gone):
        catalog.reading.entry(VISITOR, "dataset-4")
    assert catalog.index.count() == 4


def test_what_comes_back_is_published_under_its_old_name(catalog: Catalog, kind: FakeKind) -> None:
    test_what_vanished_is_withdrawn_after_two_complete_runs(catalog, kind)
    kind.pages = [documents(5)]
    run_harvest(catalog, SOURCE)
    assert catalog.reading.entry(VISITOR, "dataset-4").record.revision == 3


def test_when_too_much_vanishes_a_steward_decides(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(20)]
    run_harvest(catalog, SOURCE)
    kind.pages = [documents(8)]
    held = run_harvest(catalog, SOURCE)
    assert held.state is RunState.HELD and held.counts.missing == 12
    assert len(state(catalog)) == 20
    assert release(catalog, SOURCE, held, "steward", "The agency closed") == 12
    assert len(state(catalog)) == 8


def test_an_empty_answer_is_always_held(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(1)]
    run_harvest(catalog, SOURCE)
    kind.pages = [[]]
    assert run_harvest(catalog, SOURCE).state is RunState.HELD


@pytest.mark.parametrize(
    ("missing", "known", "held"),
    [(5, 10, False), (6, 10, True), (6, 60, False), (7, 60, True), (1, 2, False), (2, 2, True), (2, 3, True), (1, 1, False)],
)
def test_the_guard_follows_its_rule(missing: int, known: int, held: bool) -> None:
    assert too_many(missing, known) is held


def test_another_source_cannot_take_over_a_dataset(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(1)]
    run_harvest(catalog, SOURCE)
    other = replace(SOURCE, name="other", title="Other")
    run_harvest(catalog, other)
    with catalog.store.read() as work:
        assert {record.source for record in work.datasets.page()} == {"portal", "other"}


def test_a_preview_shows_differences_and_changes_nothing(catalog: Catalog, kind: FakeKind) -> None:
    kind.pages = [documents(2)]
    run_harvest(catalog, SOURCE)
    kind.pages = [[document(0), document(1, title={"en": "Better"}), document(2), {"identifier": "bad"}]]
    found = {item.identifier: item for item in preview(catalog, SOURCE)}
    assert {key: item.standing for key, item in found.items()} == {
        "id-0": "unchanged", "id-1": "changed", "id-2": "new", "bad": "failed",
    }  # fmt: skip
    assert found["id-1"].changes == (("title", {"en": "Dataset 1"}, {"en": "Better"}),)
    assert len(state(catalog)) == 2
