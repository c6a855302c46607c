"""Who got which bytes under which rule is in the audit log, in the transaction that lets them go; auditors read and export it."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from catalog.access import SYSTEM
from catalog.access.base import SiteRole
from catalog.audit import AuditEntry
from catalog.bootstrap import Catalog
from tests.web.accounts.asking import BYTES, DOWNLOAD, PUBLISHER, READER, account, granted, inbox, sent
from tests.web.accounts.conftest import PASSWORD, Browser
from tests.web.accounts.wells import RULE, publish
from tests.web.accounts.wells import wells as wells

AUDITOR = "auditor@example.kz"


@pytest.fixture
def auditor(wells: Catalog, browser: Browser) -> FlaskClient:
    wells.people.add(SYSTEM, AUDITOR, "Auditor", PASSWORD)
    wells.people.give_site(SYSTEM, AUDITOR, SiteRole.AUDITOR)
    return browser(AUDITOR)


def entries(catalog: Catalog, action: str) -> list[AuditEntry]:
    return catalog.audit_log.page(SYSTEM, action=action)


def test_a_download_leaves_who_what_and_why(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    granted(reader, publisher)
    assert reader.head(DOWNLOAD).status_code == 200 and entries(wells, "dataset:download") == []
    assert reader.get(f"{DOWNLOAD}?purpose=research").data == BYTES
    with wells.store.read() as work:
        record, (grant,) = work.datasets.get("wells"), work.grants.of_account(account(wells))
    (entry,) = entries(wells, "dataset:download")
    assert record and (entry.actor, entry.target, entry.before) == (account(wells), "wells", record.content_hash)
    assert entry.after == sha256(BYTES).hexdigest()
    assert entry.because == f"rule:grant grant:{grant.id} purpose:research" and grant.used == 1


def test_each_part_of_a_file_is_a_download(wells: Catalog, browser: Browser) -> None:
    granted(browser(READER), browser(PUBLISHER))
    assert browser(READER).get(DOWNLOAD, headers={"Range": "bytes=3-5"}).data == BYTES[3:6]
    assert len(entries(wells, "dataset:download")) == 1


def test_nothing_leaves_where_the_log_cannot_be_written(wells: Catalog, browser: Browser) -> None:
    reader = browser(READER)
    granted(reader, browser(PUBLISHER))

    def full(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO audit "):
            raise OSError("The disk is full.")

    event.listen(wells.store.engine, "before_cursor_execute", full)  # type: ignore[attr-defined]
    answer = reader.get(DOWNLOAD)
    event.remove(wells.store.engine, "before_cursor_execute", full)  # type: ignore[attr-defined]
    assert answer.status_code == 500 and BYTES not in answer.data
    with wells.store.read() as work:
        assert [grant.used for grant in work.grants.of_account(account(wells))] == [0]


def test_files_that_are_given_a_counted_number_of_times_are_given_no_oftener(wells: Catalog, browser: Browser) -> None:
    publish(wells, replace(RULE, count=2))
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = granted(reader, publisher)
    constraints = reader.get(f"{mine}/agreement.json").get_json(force=True)["permission"][0]["constraint"]
    assert {"leftOperand": "count", "operator": "lteq", "rightOperand": 2} in constraints
    assert [reader.get(DOWNLOAD).status_code for _ in range(4)] == [200, 200, 403, 403]
    page = reader.get(DOWNLOAD, headers={"Accept": "text/html"})
    assert "used as often as agreed" in page.text


def test_refusals_of_accounts_are_written_down_once_an_hour_and_visitors_leave_no_trace(wells: Catalog, browser: Browser) -> None:
    reader = browser(READER)
    assert [reader.get(DOWNLOAD).status_code for _ in range(3)] == [403, 403, 403]
    assert reader.application.test_client().get(DOWNLOAD).status_code == 403
    assert [(one.actor, one.because) for one in entries(wells, "dataset:refused")] == [(account(wells), "rule:purpose")]


def test_a_grant_that_is_revoked_while_a_download_begins_gives_nothing(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = granted(reader, publisher)
    with wells.store.read() as work:
        (grant,) = work.grants.of_account(account(wells))
    actor = replace(SYSTEM, id=account(wells), kind="account", grants=(grant,))
    opened = wells.downloads.open(actor, "wells", "wells-csv")
    sent(publisher, f"{inbox(mine)}/revoke", inbox(mine), because="The study was stopped")
    with pytest.raises(Exception, match="revoked"):
        opened.stream(0, None)


def test_auditors_filter_verify_and_export(wells: Catalog, browser: Browser, auditor: FlaskClient) -> None:
    reader = browser(READER)
    granted(reader, browser(PUBLISHER))
    assert reader.get(DOWNLOAD).data == BYTES
    page = auditor.get("/audit-log/?action=dataset:download&target=wells").text
    assert "dataset:download" in page and "Reader" in page and "access:grant" not in page
    assert "is whole" in auditor.get("/audit-log/verified").text
    exported = [json.loads(line) for line in auditor.get("/audit-log/export.jsonl").text.splitlines()]
    assert [entry["number"] for entry in exported] == list(range(1, len(exported) + 1))
    with wells.store.engine.begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("update audit set target = 'lakes' where action = 'dataset:download'")
    assert "was altered" in auditor.get("/audit-log/verified").text


def test_nobody_else_reads_the_log(wells: Catalog, browser: Browser) -> None:
    for address in ("/audit-log/", "/audit-log/verified", "/audit-log/export.jsonl"):
        assert browser(READER).get(address).status_code == 403
        assert browser(READER).application.test_client().get(address).status_code in (303, 401)
