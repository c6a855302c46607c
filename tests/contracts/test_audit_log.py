"""The audit log is one chain on every database: whatever is altered, removed, cut off or put in is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from catalog.access import SYSTEM, VISITOR
from catalog.adapters.sql import SqlStore
from catalog.audit import ChainReport, Head
from catalog.audit_log import AuditLog
from catalog.errors import Denied
from tests.conftest import StoppedClock
from tests.stores import ENGINES, empty_store

KEPT = 3


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    with empty_store(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def log(store: SqlStore) -> AuditLog:
    return AuditLog(store, StoppedClock())


def note(store: SqlStore, *targets: str, actor: str = "account:7") -> None:
    with store.write() as work:
        for target in targets:
            work.audit(at="2026-11-23T12:00:00Z", actor=actor, action="publish", target=target, because="Новые данные\r\n")


def report(log: AuditLog, known: Head | None = None) -> ChainReport:
    return log.verify(known)


def test_entries_of_many_transactions_are_one_chain(store: SqlStore, log: AuditLog) -> None:
    note(store, "a", "b")
    note(store, "c")
    assert (report(log).entries, report(log).problems) == (3, ())
    assert [(entry.number, entry.target) for entry in log.page(SYSTEM)] == [(3, "c"), (2, "b"), (1, "a")]


MUTATIONS = {
    "another time": "update audit set at = '2026-11-22T12:00:00Z' where number = 2",
    "another action": "update audit set action = 'withdraw' where number = 2",
    "another target": "update audit set target = 'z' where number = 2",
    "another person": "update audit set actor = 'account:8' where number = 2",
    "another reason": "update audit set because = 'No reason' where number = 2",
    "another hash of what came out": "update audit set after = 'f' where number = 2",
    "a person blanked": "update audit set actor = '', because = '', salt = '' where number = 2",
    "a row removed": "delete from audit where number = 2",
    "the first row removed": "delete from audit where number = 1",
    "the last row removed": f"delete from audit where number = {KEPT}",
    "two rows swapped": "update audit set target = case number when 1 then 'b' else 'a' end where number < 3",
    "a row put in": "insert into audit select 9, at, actor, action, target, because, before, after, salt, commitment, hash "
    "from audit where number = 1",
    "the head moved": "update audit_head set number = 2",
    "everything removed": "delete from audit",
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_change_of_what_is_written_is_found(store: SqlStore, log: AuditLog, mutation: str) -> None:
    note(store, "a", "b", "c")
    with store.engine.begin() as connection:
        connection.execute(text(MUTATIONS[mutation]))
    assert report(log).problems


def test_a_log_cut_off_with_its_head_is_found_by_a_head_kept_elsewhere(store: SqlStore, log: AuditLog) -> None:
    note(store, "a", "b", "c")
    kept = report(log).head
    with store.engine.begin() as connection:
        connection.execute(text("delete from audit where number > 2"))
        connection.execute(text("update audit_head set number = 2, hash = (select hash from audit where number = 2)"))
    assert report(log).problems == ()
    assert report(log, kept).problems


def test_a_person_is_erased_and_the_chain_stays_whole(store: SqlStore, log: AuditLog) -> None:
    note(store, "a", "b", actor="account:7")
    note(store, "c", actor="account:8")
    assert log.erase(SYSTEM, "account:7", "Demand 12") == 2
    assert report(log).problems == ()
    assert [entry.actor for entry in log.page(SYSTEM)] == ["system", "account:8", "", ""]


def test_what_fails_leaves_neither_change_nor_entry(store: SqlStore, log: AuditLog) -> None:
    with pytest.raises(RuntimeError), store.write() as work:
        work.audit(at="", actor="a", action="publish", target="a", because="")
        raise RuntimeError
    assert report(log).entries == 0


def test_a_change_that_cannot_be_audited_does_not_happen(store: SqlStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("drop table audit"))
    with pytest.raises(Exception), store.write() as work:  # noqa: B017 — each database has its own error
        work.outbox.put("wells")
        work.audit(at="", actor="a", action="publish", target="wells", because="")
    with store.read() as work:
        assert work.outbox.take(10) == []


def test_many_writers_keep_one_chain(store: SqlStore, log: AuditLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: note(store, f"t{n}", f"u{n}"), range(24)))
    assert (report(log).entries, report(log).problems) == (48, ())


def test_only_auditors_and_the_operator_read_it(log: AuditLog) -> None:
    with pytest.raises(Denied):
        log.page(VISITOR)
    with pytest.raises(Denied):
        log.export(VISITOR)
