"""People are told by e-mail, in their language, of requests that wait for them or were answered, each once."""

from dataclasses import replace

import pytest

from catalog.access import SYSTEM
from catalog.access.base import Actor, Role, SiteRole
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.conftest import StoppedClock
from tests.web.accounts.asking import ASKED
from tests.web.accounts.test_recovery import Box
from tests.web.accounts.test_recovery import box as box
from tests.web.accounts.test_sharing import OF_AGENCY
from tests.web.accounts.wells import publish
from web.cli.jobs import runner

PUBLISHER, EDITOR, STEWARD, READER = "publisher@example.kz", "editor@example.kz", "steward@example.kz", "reader@example.kz"


@pytest.fixture
def office(box: tuple[Box, int], settings: Settings, clock: StoppedClock) -> Catalog:
    catalog = open_catalog(replace(settings, smtp_url=f"smtp://127.0.0.1:{box[1]}", public_url="http://localhost"), clock)
    publish(catalog)
    for email, language in ((PUBLISHER, "kk"), (EDITOR, "kk"), (STEWARD, "en"), (READER, "ru")):
        catalog.people.add(SYSTEM, email, email.partition("@")[0], language=language)
    catalog.people.give(SYSTEM, PUBLISHER, "water-agency", Role.PUBLISHER)
    catalog.people.give(SYSTEM, EDITOR, "water-agency", Role.EDITOR)
    catalog.people.give_site(SYSTEM, STEWARD, SiteRole.STEWARD)
    return catalog


def ask(catalog: Catalog) -> str:
    reader = Actor(id=catalog.people.found(READER).id, kind="account")
    return catalog.requests.ask(reader, "wells", ASKED).id


def arrived(catalog: Catalog, box: Box) -> list[tuple[str, str]]:
    """Do the jobs that wait, and return to whom which subjects came since."""
    runner(catalog, {}).run_due()
    letters = [(str(letter["To"]), str(letter["Subject"])) for letter in box.letters]
    box.letters.clear()
    return letters


def test_those_who_decide_and_those_who_asked_are_told(office: Catalog, box: tuple[Box, int]) -> None:
    made = ask(office)
    assert arrived(office, box[0]) == [(PUBLISHER, "wells жиынына рұқсат сұрау: 2026-12-03 дейін жауап беріңіз")]
    office.granting.ask_back(SYSTEM, made, "Which wells?")
    office.requests.answer(Actor(id=office.people.found(READER).id, kind="account"), made, "All.")
    office.granting.approve(SYSTEM, made)
    office.granting.revoke(SYSTEM, made, "Over")
    told = arrived(office, box[0])
    assert sorted(to for to, _ in told) == [PUBLISHER, READER, READER, READER]
    assert ("reader@example.kz", "Ваш запрос о wells") in told


def test_colleagues_are_told_of_what_they_may_confirm_and_owners_once_they_did(office: Catalog, box: tuple[Box, int]) -> None:
    office.people.ensure_agency(SYSTEM, "road-agency", "", "en")
    office.people.give(SYSTEM, READER, "road-agency", Role.PUBLISHER)
    office.people.give(SYSTEM, STEWARD, "road-agency", Role.ADMINISTRATOR)
    reader = Actor(id=office.people.found(READER).id, kind="account", roles={"road-agency": Role.PUBLISHER})
    made = office.requests.ask(reader, "wells", {**ASKED, **OF_AGENCY})
    assert arrived(office, box[0]) == [(STEWARD, "Confirm the request of your agency for wells")]
    office.confirming.confirm(SYSTEM, made.id)
    assert [to for to, _ in arrived(office, box[0])] == [PUBLISHER]


def test_agencies_are_reminded_and_stewards_told_each_once(office: Catalog, box: tuple[Box, int], clock: StoppedClock) -> None:
    made = ask(office)
    arrived(office, box[0])
    assert office.telling.remind() == 0
    clock.advance(days=8)
    assert (office.telling.remind(), office.telling.remind()) == (1, 0)
    assert [to for to, _ in arrived(office, box[0])] == [PUBLISHER]
    clock.advance(days=4)
    assert (office.telling.remind(), office.telling.remind()) == (1, 0)
    assert arrived(office, box[0]) == [(STEWARD, "Not answered in time: request for wells")]
    assert [step.state for step in office.granting.get(SYSTEM, made)[0].history] == ["pending", "reminded", "escalated"]
    office.granting.refuse(SYSTEM, made, "Too late")
    assert office.telling.remind() == 0
