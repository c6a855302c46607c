"""The board of missing data: asked and voted for, answered by those who are asked, silent about what is hidden."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.access.base import Actor, Role, SiteRole
from catalog.bootstrap import Catalog
from catalog.errors import Conflict, Denied, Invalid, NotFound, Throttled
from catalog.granting.telling import Telling
from schemas.access import AccessRule
from schemas.agents import Agency
from tests.builders import a_dataset
from tests.conftest import StoppedClock

ASKED = {
    "title": "Monthly prices of heating", "purpose": "To compare what households pay in a study of the university.",
    "agency": "water-agency", "language": "en",
}  # fmt: skip
HIDDEN = AccessRule(visible_to=("agency:road-agency",))


def somebody(catalog: Catalog, name: str, **roles: Any) -> Actor:
    account = catalog.people.add(SYSTEM, f"{name}@example.kz", name)
    return Actor(id=account.id, kind="account", labels=frozenset({"public", "registered"}), **roles)


@pytest.fixture
def board(catalog: Catalog) -> Iterator[Catalog]:
    catalog.publishing.publish(SYSTEM, a_dataset(), "First")
    roads = Agency(name="road-agency", title={"en": "Roads"})
    catalog.publishing.publish(SYSTEM, a_dataset(name="hidden-roads", publisher=roads, access=HIDDEN), "First")
    catalog.indexing.drain()
    return catalog


@pytest.fixture
def asker(board: Catalog) -> Actor:
    return somebody(board, "asker")


@pytest.fixture
def editor(board: Catalog) -> Actor:
    return somebody(board, "editor", roles={"water-agency": Role.EDITOR})


@pytest.fixture
def steward(board: Catalog) -> Actor:
    return somebody(board, "steward", site_roles=frozenset({SiteRole.STEWARD}))


def ask(catalog: Catalog, actor: Actor, **changes: str) -> str:
    return catalog.wanted.ask(actor, ASKED | changes).id


def actions(catalog: Catalog, id: str) -> list[str]:
    return [one.action for one in reversed(catalog.audit_log.page(SYSTEM, target=f"wanted:{id}"))]


def paths(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {problem.path for problem in caught.value.problems}


def test_a_promise_that_is_not_kept_is_late_until_the_dataset_is_named(
    board: Catalog, asker: Actor, editor: Actor, clock: StoppedClock
) -> None:
    id = ask(board, asker)
    board.answering.answer(editor, id, {"state": "promised", "due": "2026-12-01"})
    assert not board.wanted.get(VISITOR, id).late
    clock.advance(days=9)
    assert board.wanted.get(VISITOR, id).late and board.wanted.page(VISITOR, state="late")[1] == 1
    board.answering.answer(editor, id, {"state": "published", "dataset": "https://data.example.kz/ru/dataset/wells/"})
    seen = board.wanted.get(VISITOR, id)
    assert (seen.dataset and seen.dataset.name, seen.late, seen.votable) == ("wells", False, False)
    assert actions(board, id) == ["wanted:ask", "wanted:promised", "wanted:published"]
    assert board.audit_log.verify(None).problems == ()


def test_people_vote_once_and_may_take_it_back(board: Catalog, asker: Actor) -> None:
    id, other = ask(board, asker), somebody(board, "other")
    board.wanted.vote(other, id)
    board.wanted.vote(other, id)
    assert (board.wanted.get(other, id).wanted.votes, board.wanted.get(other, id).voted) == (2, True)
    board.wanted.unvote(other, id)
    board.wanted.unvote(other, id)
    assert (board.wanted.get(VISITOR, id).wanted.votes, board.wanted.get(other, id).voted) == (1, False)
    assert actions(board, id) == ["wanted:ask", "wanted:vote", "wanted:unvote"]
    with pytest.raises(Denied):
        board.wanted.vote(VISITOR, id)


def test_only_those_who_are_asked_answer(board: Catalog, asker: Actor, editor: Actor, steward: Actor) -> None:
    theirs, nobodys = ask(board, asker), ask(board, asker, agency="")
    stranger = somebody(board, "stranger", roles={"road-agency": Role.ADMINISTRATOR})
    reader = somebody(board, "reader", roles={"water-agency": Role.MEMBER})
    for actor, id in ((stranger, theirs), (reader, theirs), (steward, theirs), (editor, nobodys), (asker, theirs)):
        with pytest.raises(Denied):
            board.answering.answer(actor, id, {"state": "promised", "due": "2026-12-01"})
    with pytest.raises(Denied):
        board.answering.pass_on(editor, nobodys, "water-agency")
    with pytest.raises(Denied):
        board.answering.hide(editor, theirs, "It is a bother")
    board.answering.pass_on(steward, nobodys, "water-agency")
    board.answering.answer(editor, nobodys, {"state": "refused", "ground": "not-held", "answer": "The state does."})
    assert board.wanted.get(VISITOR, nobodys).wanted.ground == "not-held"


WRONG: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({"state": "promised", "due": "2026-11-22"}, {"/due"}), ({"state": "promised", "due": "2036-11-22"}, {"/due"}),
    ({"state": "promised", "due": "soon"}, {"/due"}), ({"state": "refused"}, {"/ground", "/answer"}),
    ({"state": "refused", "ground": "because", "answer": "x"}, {"/ground"}), ({"state": "open"}, {"/state"}),
    ({"state": "published", "dataset": "hidden-roads"}, {"/dataset"}),
    ({"state": "published", "dataset": "absent"}, {"/dataset"}),
)  # fmt: skip


def test_an_answer_says_when_which_or_why_not(board: Catalog, asker: Actor, editor: Actor) -> None:
    id = ask(board, asker)
    for form, wrong in WRONG:
        with pytest.raises(Invalid) as caught:
            board.answering.answer(editor, id, form)
        assert paths(caught) == wrong
    assert actions(board, id) == ["wanted:ask"]


def test_everything_wrong_with_a_request_is_told_at_once(board: Catalog, asker: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        board.wanted.ask(asker, {"title": "  short  ", "purpose": "x", "description": "x" * 4001, "language": "xx"})
    assert paths(caught) == {"/title", "/purpose", "/description", "/language"}
    with pytest.raises(Invalid) as caught:
        ask(board, asker, agency="road-agency")
    assert paths(caught) == {"/agency"}


def test_words_are_cleaned_before_they_are_kept(board: Catalog, asker: Actor) -> None:
    id = ask(board, asker, title="Prices\x00 of \u202eheat\ud800ing ", description="Caf\u0065\u0301\r\nand more")
    kept = board.wanted.get(VISITOR, id).wanted
    assert (kept.title, kept.description) == ("Prices of heating", "Caf\u00e9\nand more")
    with pytest.raises(NotFound):
        board.wanted.get(VISITOR, f"{id}\x00")
    with pytest.raises(Invalid):
        board.wanted.page(VISITOR, agency="water-agency\x00")


def test_nobody_floods_the_board(board: Catalog, asker: Actor, clock: StoppedClock) -> None:
    for number in range(5):
        ask(board, asker, title=f"Monthly prices of heating {number}")
    with pytest.raises(Throttled):
        ask(board, asker)
    clock.advance(days=1, seconds=1)
    ask(board, asker)


def test_a_request_is_taken_back_by_its_author_until_it_is_answered(board: Catalog, asker: Actor, editor: Actor) -> None:
    id, answered = ask(board, asker), ask(board, asker)
    with pytest.raises(Denied):
        board.wanted.withdraw(editor, id)
    board.wanted.withdraw(asker, id)
    with pytest.raises(NotFound):
        board.wanted.get(VISITOR, id)
    assert board.wanted.page(asker, own=True)[1] == 2 and board.wanted.page(VISITOR)[1] == 1
    board.answering.answer(editor, answered, {"state": "promised", "due": "2026-12-01"})
    with pytest.raises(Conflict):
        board.wanted.withdraw(asker, answered)


def test_what_a_steward_hides_its_author_reads_the_reason_of(board: Catalog, asker: Actor, steward: Actor) -> None:
    id = ask(board, asker)
    board.answering.hide(steward, id, "It insults somebody")
    with pytest.raises(NotFound):
        board.wanted.get(VISITOR, id)
    assert board.wanted.get(asker, id).wanted.hidden == "It insults somebody"
    with pytest.raises(Conflict):
        board.wanted.vote(asker, id)
    with pytest.raises(Invalid):
        board.wanted.page(asker, state="hidden")
    assert [one.wanted.id for one in board.wanted.page(steward, state="hidden")[0]] == [id]
    board.answering.show(steward, id)
    assert board.wanted.get(VISITOR, id).votable and actions(board, id)[1:] == ["wanted:hide", "wanted:show"]


def test_what_is_hidden_later_is_not_named_any_more(board: Catalog, asker: Actor, editor: Actor) -> None:
    id = ask(board, asker)
    board.answering.answer(editor, id, {"state": "published", "dataset": "wells"})
    board.publishing.publish(SYSTEM, a_dataset(access=HIDDEN), "Hidden")
    seen = board.wanted.get(VISITOR, id)
    assert (seen.dataset, seen.agency) == (None, None)
    with pytest.raises(Invalid):
        board.wanted.page(VISITOR, agency="water-agency")


def test_what_is_like_a_title_is_found_and_nothing_hidden_among_it(board: Catalog, asker: Actor, steward: Actor) -> None:
    near, other = ask(board, asker), ask(board, asker, title="Bus timetables of all cities")
    assert [one.id for one in board.alike.requests("Price of heat, monthly", "en")] == [near]
    board.answering.hide(steward, other, "x")
    assert board.alike.requests("Bus timetable of a city", "en") == []
    assert [one.dataset.name for one in board.alike.datasets(VISITOR, "Depth and level of wells today", "en")] == ["wells"]
    insider = replace(VISITOR, labels=frozenset({"public", "agency:road-agency"}))
    found = [{one.dataset.name for one in board.alike.datasets(actor, "public wells", "en")} for actor in (VISITOR, insider)]
    assert found[0] == {"wells"} and found[1] == {"wells", "hidden-roads"}


def test_the_board_is_searched_by_words_of_titles_in_any_form_and_language(board: Catalog, asker: Actor) -> None:
    heat = ask(board, asker)
    water = ask(board, asker, title="Ауылдардағы ауызсу сапасы", language="kk")
    prices = ask(board, asker, title="Цены на отопление по районам", language="ru")
    asked = ("price of heat", "ауыл", "цена отопления", "price цена", "")
    found = [{one.wanted.id for one in board.wanted.page(VISITOR, text=text)[0]} for text in asked]
    assert found == [{heat}, {water}, {prices}, set(), {heat, water, prices}]


Told = list[tuple[list[str], str]]


@pytest.fixture
def told(board: Catalog, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Collect to whom which subjects are written; an editor and a steward are there."""
    found: Told = []
    monkeypatch.setattr(Telling, "write", lambda self, work, wording, people, path, **facts: found.append(
        (sorted(one.email for one in people), wording["en"][0].format(**facts))))  # fmt: skip
    board.people.add(SYSTEM, "writer@example.kz", "writer")
    board.people.give(SYSTEM, "writer@example.kz", "water-agency", Role.EDITOR)
    board.people.add(SYSTEM, "saule@example.kz", "saule")
    board.people.give_site(SYSTEM, "saule@example.kz", SiteRole.STEWARD)
    return found


def test_each_due_day_brings_one_reminder_and_one_letter_to_the_stewards(
    board: Catalog, asker: Actor, told: Told, clock: StoppedClock
) -> None:
    id = ask(board, asker)
    told.clear()
    counts = [board.reminding.remind()]
    for days in (27, 1, 3, 1):
        clock.advance(days=days)
        counts += [board.reminding.remind(), board.reminding.remind()]
    assert counts == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    subject = "Monthly prices of heating”"
    late = (["saule@example.kz"], f"Overdue since 2026-12-23: “{subject}")
    assert told == [(["writer@example.kz"], f"Due on 2026-12-23: “{subject}"), late]
    board.answering.answer(SYSTEM, id, {"state": "promised", "due": "2027-01-01"})
    clock.advance(days=5)
    assert (board.reminding.remind(), board.reminding.remind()) == (1, 0)
    assert actions(board, id) == ["wanted:ask", "wanted:reminded", "wanted:escalated", "wanted:promised", "wanted:reminded"]


def test_those_who_answer_who_asked_and_who_voted_are_told(board: Catalog, asker: Actor, told: Told) -> None:
    ask(board, asker, agency="")
    id, voter = ask(board, asker), somebody(board, "voter")
    board.wanted.vote(voter, id)
    board.answering.answer(SYSTEM, id, {"state": "promised", "due": "2026-12-01"})
    board.answering.hide(SYSTEM, id, "It is a test")
    asked = "Missing data: “Monthly prices of heating”, answer by 2026-12-23"
    news = "Data that you miss: “Monthly prices of heating”"
    assert told == [
        (["saule@example.kz"], asked), (["writer@example.kz"], asked), (["asker@example.kz", "voter@example.kz"], news),
        (["asker@example.kz"], news),
    ]  # fmt: skip


def test_the_desk_shows_what_waits_and_promises_that_are_due_soon(
    board: Catalog, asker: Actor, editor: Actor, clock: StoppedClock
) -> None:
    promised = ask(board, asker)
    board.answering.answer(editor, promised, {"state": "promised", "due": "2027-02-01"})
    waits = ask(board, asker)
    assert [one.name for one in board.workroom.attention(editor, "water-agency") if one.what == "wanted"] == [waits]
    clock.advance(days=60)
    late = [(one.name, one.number) for one in board.workroom.attention(editor, "water-agency") if one.what == "wanted"]
    assert late == [(waits, 30), (promised, -10)]
