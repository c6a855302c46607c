"""Durable jobs behave alike in every database: nothing is run by two workers, nothing is lost with one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from catalog.adapters.sql import SqlStore
from catalog.jobs import Runner
from catalog.records import Job, JobState
from tests.conftest import StoppedClock
from tests.contracts.test_store import record
from tests.contracts.test_store import store as store

NOW, SOON, LATER = "2026-11-23T12:00:00Z", "2026-11-23T12:05:00Z", "2026-11-23T13:00:00Z"


def put(store: SqlStore, key: str = "wells", due: str = NOW) -> None:
    with store.write() as work:
        work.jobs.put("audit", key, due=due)


def claim(store: SqlStore, now: str = NOW, owner: str = "one") -> Job | None:
    with store.write() as work:
        return work.jobs.claim(owner, now, SOON, ("audit",))


def present(store: SqlStore, key: str = "wells") -> Job | None:
    with store.read() as work:
        return work.jobs.get("audit", key)


def test_a_job_goes_with_the_change_or_not_at_all(store: SqlStore) -> None:
    made, document = record()
    with pytest.raises(RuntimeError), store.write() as work:
        work.datasets.add(made, document, "tester", "because")
        work.jobs.put("audit", made.dataset.name, due=NOW)
        raise RuntimeError
    assert claim(store) is None


def test_a_job_is_claimed_once_when_due_and_gone_when_finished(store: SqlStore) -> None:
    put(store, due=SOON)
    assert claim(store) is None
    job = claim(store, LATER)
    assert job and (job.state, job.owner, job.attempts, job.lease) == (JobState.RUNNING, "one", 1, SOON)
    assert claim(store, LATER) is None
    with store.write() as work:
        assert work.jobs.finish(job)
    assert present(store) is None


def test_of_many_workers_each_job_has_one(store: SqlStore) -> None:
    for number in range(20):
        put(store, f"wells-{number}")
    with ThreadPoolExecutor(5) as pool:
        claimed = [job.key for job in pool.map(lambda worker: claim(store, owner=str(worker)), range(30)) if job]
    assert sorted(claimed) == sorted(f"wells-{number}" for number in range(20))


def test_putting_a_waiting_job_again_brings_it_forward_and_never_back(store: SqlStore) -> None:
    put(store, due=SOON)
    put(store, due=NOW)
    put(store, due=LATER)
    assert getattr(present(store), "due", "") == NOW


def test_a_job_put_while_it_runs_runs_again(store: SqlStore) -> None:
    put(store)
    job = claim(store)
    put(store, due=LATER)
    assert job and claim(store, LATER) is None
    with store.write() as work:
        work.jobs.finish(job)
    again = present(store)
    assert again and (again.state, again.due, again.attempts) == (JobState.WAITING, LATER, 0)


def test_a_cancelled_job_does_not_run(store: SqlStore) -> None:
    put(store)
    with store.write() as work:
        work.jobs.cancel("audit", "wells")
    assert claim(store) is None


def test_a_silent_worker_loses_its_job_and_what_it_says_later_counts_no_more(store: SqlStore) -> None:
    put(store)
    first = claim(store)
    with store.write() as work:
        assert work.jobs.sweep(LATER, 3) == 1
    second = claim(store, LATER, "two")
    assert first and second and second.attempts == 2
    with store.write() as work:
        assert not work.jobs.finish(first)
        assert not work.jobs.renew(first, LATER)
        assert work.jobs.renew(second, LATER, "5/10")
    assert getattr(present(store), "progress", "") == "5/10"


def test_a_job_that_kills_its_workers_is_given_up_and_gets_a_new_chance_when_put_again(store: SqlStore) -> None:
    put(store)
    for _ in range(3):
        assert claim(store)
        with store.write() as work:
            work.jobs.sweep(LATER, 3)
    assert claim(store) is None
    assert getattr(present(store), "state", "") is JobState.GIVEN_UP
    put(store)
    assert getattr(claim(store), "attempts", 0) == 1


def test_a_failing_job_waits_longer_each_time_and_the_others_go_on(store: SqlStore, clock: StoppedClock) -> None:
    def audit(job: Job, report: object) -> None:
        if job.key == "bad":
            raise ValueError("No such column.")
        done.append(job.key)

    done: list[str] = []
    runner = Runner(store=store, clock=clock, owner="one", handlers={"audit": audit})
    put(store, "bad")
    put(store, "good")
    assert (runner.run_due(), done) == (2, ["good"])
    failed = present(store, "bad")
    assert failed and (failed.due, failed.note) == ("2026-11-23T12:05:00Z", "ValueError: No such column.")
    clock.advance(minutes=5)
    assert runner.run_due() == 1
    assert getattr(present(store, "bad"), "due", "") == "2026-11-23T12:15:00Z"
    clock.advance(hours=1)
    assert (runner.run_due(), runner.run_due()) == (1, 0)
    assert getattr(present(store, "bad"), "state", "") is JobState.GIVEN_UP


def test_a_recurring_job_comes_back_by_itself(store: SqlStore, clock: StoppedClock) -> None:
    ran: list[str] = []
    runner = Runner(
        store=store, clock=clock, owner="one", handlers={"tidy": lambda job, report: ran.append(job.kind)},
        recurring={"tidy": timedelta(hours=1)},
    )  # fmt: skip
    assert (runner.run_due(), runner.run_due()) == (1, 0)
    clock.advance(hours=1)
    assert runner.run_due() == 1
