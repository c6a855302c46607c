"""A forgotten password is replaced by a link in an e-mail, which works once and soon ends."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from catalog.access import SYSTEM
from catalog.access.base import Role
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.conftest import StoppedClock
from tests.web.accounts.conftest import PASSWORD
from web import create_app
from web.cli.jobs import runner

EDITOR = "editor@water-agency.kz"
ANOTHER = "eight green herons wait"


class Box:
    """Takes every e-mail."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    taken = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(taken, hostname="127.0.0.1", port=port)
    server.start()
    yield taken, port
    server.stop()


@pytest.fixture
def mailing(box: tuple[Box, int], settings: Settings, clock: StoppedClock) -> Iterator[Catalog]:
    catalog = open_catalog(replace(settings, smtp_url=f"smtp://127.0.0.1:{box[1]}", public_url="http://localhost"), clock)
    catalog.people.ensure_agency(SYSTEM, "water-agency", "Су", "kk")
    catalog.people.add(SYSTEM, EDITOR, "Aigul", PASSWORD)
    yield catalog
    catalog.close()


@pytest.fixture
def site(mailing: Catalog) -> Flask:
    return create_app(catalog=mailing)


def asked(site: Flask, email: str = EDITOR, prefix: str = "") -> tuple[int, str]:
    answer = site.test_client().post(f"{prefix}/account/recovery", data={"email": email})
    return answer.status_code, answer.text


def link(letter: EmailMessage) -> str:
    found = re.search(r"http://localhost(\S+)", letter.get_content())
    assert found
    return found[1]


def sent(mailing: Catalog, box: tuple[Box, int]) -> list[EmailMessage]:
    runner(mailing).run_due()
    return box[0].letters


def test_somebody_chooses_a_new_password_in_their_language(site: Flask, mailing: Catalog, box: tuple[Box, int]) -> None:
    signed_in = site.test_client()
    signed_in.post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD})
    asked(site, prefix="/kk")
    [letter] = sent(mailing, box)
    assert (letter["To"], letter["Subject"]) == (EDITOR, "Жаңа құпиясөз: Qoima")
    address = link(letter)
    assert address.startswith("/kk/account/recovery/")
    page = site.test_client().get(address)
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert site.test_client().post(address, data={"password": "short"}).status_code == 400
    assert site.test_client().post(address, data={"password": ANOTHER}).status_code == 303
    assert signed_in.get("/account/").status_code == 303
    assert site.test_client().post("/account/sign-in", data={"email": EDITOR, "password": ANOTHER}).status_code == 303
    assert site.test_client().post(address, data={"password": PASSWORD}).status_code == 404


def test_unknown_addresses_get_the_same_answer_and_no_letter(site: Flask, mailing: Catalog, box: tuple[Box, int]) -> None:
    known, unknown = asked(site), asked(site, "nobody@water-agency.kz")
    assert known[0] == unknown[0] == 200
    assert known[1].replace(EDITOR, "X") == unknown[1].replace("nobody@water-agency.kz", "X")
    assert [letter["To"] for letter in sent(mailing, box)] == [EDITOR]


def test_a_link_ends_after_an_hour_and_with_the_next_one(
    site: Flask, mailing: Catalog, box: tuple[Box, int], clock: StoppedClock
) -> None:
    asked(site)
    first = link(sent(mailing, box)[0])
    asked(site)
    second = link(sent(mailing, box)[1])
    assert site.test_client().get(first).status_code == 404
    clock.advance(minutes=61)
    assert site.test_client().get(second).status_code == 404


def test_nobody_is_flooded_with_letters(site: Flask) -> None:
    assert [asked(site)[0] for _ in range(11)][-1] == 429


def test_an_invitation_comes_by_e_mail_and_values_write_no_headers(mailing: Catalog, box: tuple[Box, int]) -> None:
    mailing.people.ensure_agency(SYSTEM, "evil", "Evil\r\nBcc: all@example.kz", "en")
    mailing.inviting.invite(SYSTEM, "new@example.kz", "evil", Role.EDITOR, "ru")
    [letter] = sent(mailing, box)
    assert letter["Bcc"] is None and "Evil Bcc: all@example.kz" in letter.get_content()
    assert link(letter).startswith("/ru/account/invitation/")


def test_a_letter_that_could_not_be_sent_waits(site: Flask, mailing: Catalog, box: tuple[Box, int], clock: StoppedClock) -> None:
    async def refuse(*_: object) -> str:
        return "451 Try later"

    kept, box[0].handle_DATA = box[0].handle_DATA, refuse  # type: ignore[method-assign]
    asked(site)
    assert sent(mailing, box) == []
    box[0].handle_DATA = kept  # type: ignore[method-assign]
    clock.advance(minutes=6)
    assert [letter["To"] for letter in sent(mailing, box)] == [EDITOR]
