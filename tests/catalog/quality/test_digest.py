"""Work lists go to those who answer for the datasets; a policy holds datasets or keeps drafts back."""

import socket
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import open_catalog
from catalog.errors import NotFound, SettingsError
from catalog.quality.digest import MAIL
from catalog.quality.policy import policy_of
from catalog.records import State
from catalog.settings import Settings
from schemas.agents import Responsibility
from tests.builders import a_dataset
from web.cli.jobs import runner


class Box:
    """Keeps the mail that comes in."""

    def __init__(self) -> None:
        self.mail: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server, session, envelope):
        self.mail.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def box():
    kept = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    kept.url = f"smtp://127.0.0.1:{port}"
    yield kept
    server.stop()


def opened(tmp_path, clock, **settings):
    catalog = open_catalog(Settings(home=tmp_path, **settings), clock)
    for name in ("wells", "rivers"):
        about = Responsibility(steward="steward@water.example")
        catalog.publishing.publish(SYSTEM, a_dataset(name=name, responsibility=about), "first")
    catalog.audits.run()
    return catalog


def test_a_steward_gets_one_item_for_each_fix_with_the_datasets_that_need_it(tmp_path, clock, box):
    catalog = opened(tmp_path, clock, smtp_url=box.url)
    assert catalog.digests.plan() == 1
    runner(catalog, recurring={}).run_due()
    ((to, words),) = box.mail
    assert to == ["steward@water.example"]
    assert words.count("Choose one or more themes of the EU list.") == 1
    assert "/dataset/rivers/quality" in words and "/dataset/wells/quality" in words and "(+60, 2)" in words
    catalog.close()


def test_a_mail_server_that_fails_loses_nothing(tmp_path, clock):
    catalog = opened(tmp_path, clock, smtp_url="smtp://127.0.0.1:9")
    catalog.digests.plan()
    runner(catalog, recurring={}).run_due()
    with catalog.store.read() as work:
        job = work.jobs.get(MAIL, "water-agency")
    assert job.state == "waiting" and job.note
    catalog.close()


def test_without_a_mail_server_nothing_is_planned(tmp_path, clock):
    catalog = opened(tmp_path, clock)
    assert catalog.digests.plan() == 0
    assert catalog.digests.items("water-agency")[0].points == 60
    catalog.close()


def test_a_policy_holds_what_fails_a_check(tmp_path, clock):
    catalog = opened(tmp_path, clock, quality_policy="open/mqa.findability.theme=hold")
    with pytest.raises(NotFound):
        catalog.reading.entry(VISITOR, "wells")
    with catalog.store.read() as work:
        held = work.datasets.get("wells")
    assert held.state is State.HELD and "mqa.findability.theme" in held.reason
    catalog.close()


def test_a_policy_blocks_drafts_and_says_what_to_do(tmp_path, clock):
    catalog = open_catalog(Settings(home=tmp_path, quality_policy="open/mqa.findability.theme=block"), clock)
    (problem,) = catalog.previews.blocking(a_dataset(), ())
    assert problem.path == "/theme" and "Choose one or more themes" in problem.message
    themed = replace(a_dataset(), theme=("http://publications.europa.eu/resource/authority/data-theme/ENVI",))
    assert catalog.previews.blocking(themed, ()) == []
    catalog.close()


@pytest.mark.parametrize(
    "words", ["open=hold", "all/mqa.findability.theme=hold", "open/nothing=hold", "open/mqa.findability.theme=stop"]
)
def test_a_policy_that_cannot_be_read_says_so(words):
    with pytest.raises(SettingsError, match="is no rule"):
        policy_of(words)
