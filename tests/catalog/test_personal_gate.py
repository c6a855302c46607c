"""Personal data never become public, by whatever way they come; two persons may let them pass; what was taken down is gone."""

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from catalog.access import SYSTEM, VISITOR, Actor, harvester
from catalog.access.base import Role
from catalog.bootstrap import Catalog
from catalog.errors import Conflict, Denied, Gone, Invalid, NotFound
from catalog.publishing import Change, Origin
from catalog.records import ClearanceState, FileRecord, FileState
from catalog.search.request import Sort
from catalog.uploads import Upload
from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.catalog.tables.personal_values import Inventor

INVENT = Inventor(random.Random(11))
NUMBERS = [INVENT.iin() for _ in range(30)]
BAD = ("queue,secretcolumn\n" + "".join(f"{n},{number}\n" for n, number in enumerate(NUMBERS))).encode()
GOOD = b"queue,place\n1,north\n2,south\n"
SOURCE = "portal"
AGENCY = Agency(name="queues", title={"en": "Queues"})
CLERK = Actor(id="clerk", kind="account", roles={"queues": Role.EDITOR})
CHIEF = Actor(id="chief", kind="account", roles={"queues": Role.PUBLISHER})
OTHER = Actor(id="other", kind="account", roles={"roads": Role.PUBLISHER})


def dataset(**changed: Any) -> Dataset:
    files = (Distribution(id="csv", title={"en": "People"}, format="CSV", download_url="https://example.kz/people.csv"),)
    return replace(Dataset(name="queue", title={"en": "Queue"}, publisher=AGENCY, distribution=files), **changed)


def receive(catalog: Catalog, body: bytes, filename: str = "people.csv") -> Upload:
    return catalog.uploads.receive(BytesIO(body), filename)


def arrive(catalog: Catalog, body: bytes, filename: str = "people.csv") -> FileRecord:
    """Let the bytes of the file come, as a harvest brings them, and be checked."""
    got = receive(catalog, body, filename)
    facts = {"sha256": got.sha256, "byte_size": got.byte_size, "media_type": got.media_type, "filename": got.filename}
    with catalog.store.write() as work:
        file = work.files.get("queue", "csv")
        assert file is not None
        new = replace(file, arrived=facts) if file.public else replace(file, **facts)
        work.files.put(replace(new, state=FileState.STORED, checked=""), source=SOURCE)
    catalog.validation.check_one("queue", "csv")
    catalog.versions.cut("queue")
    catalog.indexing.drain()
    with catalog.store.read() as work:
        done = work.files.get("queue", "csv")
    assert done is not None
    return done


@pytest.fixture
def published(catalog: Catalog) -> Catalog:
    catalog.publishing.publish(harvester(SOURCE), dataset(), "harvested", Origin(source=SOURCE, kind="ckan", files="copy"))
    return catalog


def columns(catalog: Catalog) -> int:
    """Return how many datasets are found by the name of the column."""
    return catalog.searching.search(
        VISITOR, "secretcolumn", {}, sort=Sort.RELEVANCE, offset=0, limit=5, language="en"
    ).page.total  # fmt: skip


def refused(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except (NotFound, Gone, Denied):
        return True
    return False


def nothing_leaves(catalog: Catalog, actor: Actor = VISITOR) -> bool:
    """Tell whether nobody gets bytes, rows, Parquet, versions with files, addresses or columns."""
    entry = catalog.reading.entry(actor, "queue")
    exported = catalog.reading.export(actor, "queue", "https://data.example.kz").distribution[0]
    return (
        refused(lambda: catalog.downloads.open(actor, "queue", "csv"))
        and refused(lambda: catalog.rows.page(actor, "queue", "csv"))
        and not any(version.files for version in catalog.versions.of(actor, "queue"))
        and (entry.files[0].sha256, entry.files[0].table, entry.files[0].derived) == ("", None, ())
        and (exported.download_url, exported.checksum, exported.table_schema) == ("", None, None)
        and columns(catalog) == 0
    )


def test_a_harvested_file_with_numbers_of_people_is_for_its_agency_only(published: Catalog) -> None:
    file = arrive(published, BAD)
    assert file.problem and file.problem.code == "personal-data"
    assert "secretcolumn: kz-iin, 30 of 30" in file.problem.message
    assert nothing_leaves(published)
    assert published.reading.entry(CLERK, "queue").files[0].sha256 == file.sha256
    assert nothing_leaves(published, OTHER)


def test_a_clean_file_is_public_at_once(published: Catalog) -> None:
    arrive(published, GOOD)
    assert not nothing_leaves(published)
    assert b"".join(published.downloads.open(VISITOR, "queue", "csv").stream(0, None)) == GOOD


def test_no_value_stands_in_anything_that_is_stored_or_told(published: Catalog, caplog: pytest.LogCaptureFixture) -> None:
    file = arrive(published, BAD + b"9,not a number;x,too many\n")
    with published.store.read() as work:
        told = repr((file, work.audit_log.page(), published.clearing.held(SYSTEM))) + caplog.text
    assert not [number for number in NUMBERS if number in told]


def test_new_bytes_with_personal_data_do_not_take_the_place_of_clean_ones(published: Catalog) -> None:
    arrive(published, GOOD)
    arrive(published, BAD)
    assert b"".join(published.downloads.open(VISITOR, "queue", "csv").stream(0, None)) == GOOD
    assert [version.number for version in published.versions.of(VISITOR, "queue")] == [1]
    assert published.clearing.held(SYSTEM)[0].file.arrived is not None


@pytest.mark.parametrize(("body", "filename"), [(b"%PDF-1.7 " + b"x" * 99, "a.pdf"), (b"Rar!\x1a\x07\x00" + b"y" * 99, "a.rar")])
def test_what_cannot_be_read_is_not_called_clean(published: Catalog, body: bytes, filename: str) -> None:
    file = arrive(published, body, filename)
    assert file.problem and file.problem.code == "not-scanned"
    assert nothing_leaves(published)


def test_a_web_page_is_looked_through_as_text(published: Catalog) -> None:
    page = "<html><body>" + "".join(f"<p>ИИН {number}</p>" for number in NUMBERS[:3]) + "</body></html>"
    assert arrive(published, page.encode(), "a.html").cleared == ""
    assert arrive(published, b"<html><body><p>Rivers</p></body></html>", "a.html").public


def test_one_person_asks_and_another_lets_pass(published: Catalog) -> None:
    file = arrive(published, BAD)
    with pytest.raises(Invalid):
        published.clearing.ask(CLERK, "queue", "csv", " ")
    published.clearing.ask(CLERK, "queue", "csv", "These are test numbers")
    with pytest.raises(Conflict):
        published.clearing.ask(CHIEF, "queue", "csv", "Again")
    with pytest.raises(Denied):
        published.clearing.approve(CLERK, "queue", "csv", "I say so")
    with pytest.raises(Denied):
        published.clearing.approve(OTHER, "queue", "csv", "I say so")
    done = published.clearing.approve(CHIEF, "queue", "csv", "I have seen the law")
    assert (done.state, done.sha256) == (ClearanceState.APPROVED, file.sha256)
    assert b"".join(published.downloads.open(VISITOR, "queue", "csv").stream(0, None)) == BAD
    assert published.rows.page(VISITOR, "queue", "csv").total == 30
    with published.store.read() as work:
        log = [(one.action, one.actor, one.because, one.after) for one in work.audit_log.page() if "personal" in one.action]
    assert sorted(log) == [
        ("personal:approve", "chief", "I have seen the law", file.sha256),
        ("personal:ask", "clerk", "These are test numbers", file.sha256),
    ]
    assert not arrive(published, BAD + b"31,1\n").public or published.clearing.held(SYSTEM)


def test_nobody_approves_what_they_asked_for_themselves(published: Catalog) -> None:
    arrive(published, BAD)
    published.clearing.ask(CHIEF, "queue", "csv", "It is fine")
    with pytest.raises(Denied) as denied:
        published.clearing.approve(CHIEF, "queue", "csv", "It is fine")
    assert denied.value.reason == "two-persons"
    published.clearing.refuse(CHIEF, "queue", "csv", "No, it is not")
    assert nothing_leaves(published)


def test_a_draft_with_numbers_of_people_cannot_be_published(catalog: Catalog) -> None:
    with catalog.store.write() as work:
        work.agencies.put(AGENCY)
    answers = {
        "name": "queue", "title": {"en": "Queue"}, "responsibility": {
            "owner": "a", "steward": "b", "quality_officer": "c", "legal_basis": {"en": "d"}},
    }  # fmt: skip
    draft = catalog.drafts.start(CLERK, "queues", answers)
    draft = catalog.draft_files.add(CLERK, draft.id, draft.revision, receive(catalog, BAD), distribution="csv")
    catalog.draft_files.check(CLERK, draft.id, "csv")
    with pytest.raises(Invalid) as wrong:
        catalog.reviewing.submit(CLERK, draft.id, draft.revision)
    assert [problem.code for problem in wrong.value.problems] == ["personal-data"]
    with pytest.raises(Invalid):
        catalog.reviewing.approve(CHIEF, draft.id, draft.revision)
    catalog.clearing.ask(CLERK, draft.files_key, "csv", "Test numbers")
    catalog.clearing.approve(CHIEF, draft.files_key, "csv", "Seen")
    assert catalog.reviewing.approve(CHIEF, draft.id, draft.revision) == "queue"
    assert b"".join(catalog.downloads.open(VISITOR, "queue", "csv").stream(0, None)) == BAD


def test_a_dataset_that_was_taken_down_is_gone_and_harvests_do_not_bring_it_back(published: Catalog) -> None:
    file = arrive(published, GOOD)
    published.download_counts.note("queue", file.sha256, "people.csv")
    done = published.takedowns.take_down(CHIEF, "queue", "It names people")
    assert [(one.sha256, one.count) for one in done.downloads] == [(file.sha256, 1)]
    with pytest.raises(Gone):
        published.reading.entry(VISITOR, "queue")
    origin = Origin(source=SOURCE, kind="ckan", files="copy")
    assert published.publishing.publish(harvester(SOURCE), dataset(version="2"), "harvested", origin) is Change.UNCHANGED
    with pytest.raises(Gone):
        published.publishing.restore(CHIEF, "queue", "Let it be")
    with pytest.raises(Gone):
        published.reading.entry(VISITOR, "queue")


def test_a_file_that_was_taken_down_is_gone_from_all_versions_and_its_bytes_do_not_come_back(published: Catalog) -> None:
    arrive(published, GOOD)
    done = published.takedowns.take_down(CHIEF, "queue", "It names people", distribution="csv")
    assert done.downloads == ()
    assert nothing_leaves(published)
    with pytest.raises(Gone):
        published.downloads.open(VISITOR, "queue", "csv")
    assert not arrive(published, GOOD).public
    assert nothing_leaves(published)
    arrive(published, GOOD + b"3,west\n")
    assert published.downloads.open(VISITOR, "queue", "csv").byte_size == len(GOOD) + 7


def test_a_version_that_was_taken_down_leaves_the_others(published: Catalog) -> None:
    arrive(published, GOOD)
    arrive(published, GOOD + b"3,west\n")
    published.takedowns.take_down(CHIEF, "queue", "It names people", version=1)
    assert [bool(version.files) for version in published.versions.of(VISITOR, "queue")] == [True, False]
    with pytest.raises(NotFound):
        published.versions.open(VISITOR, "queue", 1, "csv")


def test_only_the_agency_takes_down(published: Catalog) -> None:
    with pytest.raises(Denied):
        published.takedowns.take_down(CLERK, "queue", "It names people")
    assert refused(lambda: published.takedowns.take_down(OTHER, "queue", "It names people"))
    with pytest.raises(Invalid):
        published.takedowns.take_down(CHIEF, "queue", " ")
