"""Granting, revoking and downloading, killed at any step: no bytes without grant and log entry, no revocation is lost."""

import shutil
from pathlib import Path

import pytest

from catalog.access import SYSTEM, Action, Actor
from catalog.accounts.records import Account
from catalog.bootstrap import Catalog, open_catalog
from catalog.granting.records import Grant
from catalog.settings import Settings
from tests.journeys.killing import done
from tests.web.accounts.asking import ASKED, BYTES
from tests.web.accounts.wells import publish

READER = "reader@example.kz"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue in which somebody has asked for files."""
    home = tmp_path_factory.mktemp("asked")
    catalog = open_catalog(Settings(home=home))
    publish(catalog)
    account = catalog.people.add(SYSTEM, READER, "Reader")
    until = catalog.clock().date().replace(year=catalog.clock().year + 1, day=1).isoformat()
    catalog.requests.ask(person(account), "wells", {**ASKED, "until": until})
    catalog.close()
    return home


def person(account: Account, grants: tuple[Grant, ...] = ()) -> Actor:
    return Actor(id=account.id, kind="account", grants=grants, purpose="research")


def reader(catalog: Catalog) -> Actor:
    account = catalog.people.found(READER)
    with catalog.store.read() as work:
        return person(account, tuple(work.grants.of_account(account.id)))


def request(catalog: Catalog) -> str:
    return catalog.granting.inbox(SYSTEM, "water-agency")[0].id


def approve(catalog: Catalog) -> None:
    catalog.granting.approve(SYSTEM, request(catalog))


def revoke(catalog: Catalog) -> None:
    catalog.granting.revoke(SYSTEM, request(catalog), "The study was stopped")


def download(catalog: Catalog) -> None:
    body = b"".join(catalog.downloads.open(reader(catalog), "wells", "wells-csv").stream(0, None))
    (Path(catalog.settings.home) / "got").write_bytes(body)


def state(home: Path) -> tuple[str, bool, int]:
    """Return the state of the request, whether the files are given, and how many downloads are written down.

    Request, grant and log tell the same; what is written down as revoked is not given.
    """
    catalog = open_catalog(Settings(home=home))
    try:
        (one,), actor = catalog.granting.inbox(SYSTEM, "water-agency"), reader(catalog)
        actions = [entry.action for entry in catalog.audit_log.page(SYSTEM, limit=100)]
        entry = catalog.reading.entry(SYSTEM, "wells")
        given = catalog.reading.decide(actor, Action.DOWNLOAD, entry.record).allowed
        assert len(actor.grants) == actions.count("access:grant") == (one.state.value == "approved")
        assert given == (len(actor.grants) == 1 and "access:revoke" not in actions)
        assert all(bool(grant.revoked) == ("access:revoke" in actions) for grant in actor.grants)
        assert sum(grant.used for grant in actor.grants) == actions.count("dataset:download")
        assert catalog.audit_log.verify().problems == ()
        return one.state.value, given, actions.count("dataset:download")
    finally:
        catalog.close()


def killed(before: Path, folder: Path, act: object, kills: int) -> list[tuple[tuple[str, bool, int], Path]]:
    """Return the states after kills that are spread over all steps, each with where it is."""
    quiet = Path(shutil.copytree(before, folder / "quiet"))
    steps, found = done(quiet, act), []  # type: ignore[arg-type]
    for number in range(kills):
        home = Path(shutil.copytree(before, folder / f"kill-{number}"))
        done(home, act, kill_at=1 + number * (steps - 1) // (kills - 1))  # type: ignore[arg-type]
        found.append((state(home), home))
    return found


def test_a_grant_is_whole_or_absent(asked: Path, tmp_path: Path) -> None:
    found = killed(asked, tmp_path, approve, 8)
    assert {one for one, _ in found} == {("pending", False, 0), ("approved", True, 0)}


def test_a_revocation_is_done_or_can_be_done_again(asked: Path, tmp_path: Path) -> None:
    granted = Path(shutil.copytree(asked, tmp_path / "granted"))
    done(granted, approve)
    found = killed(granted, tmp_path, revoke, 6)
    assert {one for one, _ in found} == {("approved", True, 0), ("approved", False, 0)}
    standing = next(home for one, home in found if one[1])
    done(standing, revoke)
    assert state(standing) == ("approved", False, 0)


def test_bytes_that_left_are_in_the_log(asked: Path, tmp_path: Path) -> None:
    granted = Path(shutil.copytree(asked, tmp_path / "granted"))
    done(granted, approve)
    found = killed(granted, tmp_path, download, 8)
    assert {written for (_, _, written), _ in found} == {0, 1}
    got = [written for (_, _, written), home in found if (home / "got").exists() and (home / "got").read_bytes() == BYTES]
    assert 0 not in got
