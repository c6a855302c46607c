"""Audits run over what changed, store what they saw, and can be repeated from it."""

import json
import os
import signal
from dataclasses import replace
from itertools import pairwise

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import open_catalog
from catalog.errors import NotFound
from catalog.quality import audit
from catalog.quality.base import Status
from catalog.quality.shacl import service
from catalog.quality.waking import AUDIT
from catalog.records import FileState
from tests.builders import a_dataset, a_distribution
from web import create_app
from web.cli.jobs import runner


@pytest.fixture
def audited(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    catalog.audits.run()
    return catalog


def test_only_what_changed_is_audited(audited):
    assert audited.audits.run().unchanged == 1
    audited.publishing.publish(SYSTEM, a_dataset(issued="2020-01-01"), "dated")
    counts = audited.audits.run()
    assert (counts.audited, counts.unchanged, counts.failed) == (1, 0, 0)
    new, old = audited.audits.history(VISITOR, "wells")
    assert new.mqa - old.mqa == 5


def test_publishing_leaves_an_audit_in_the_job_table(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    with catalog.store.read() as work:
        assert work.jobs.get(AUDIT, "wells")
    runner(catalog, recurring={}).run_due()
    assert catalog.audits.report(VISITOR, "wells").mqa.points > 0


def test_a_stored_audit_gives_the_same_findings_again(audited):
    assert [same for _, same in audited.audits.replay()] == [True]


def test_findings_that_were_altered_do_not_pass_the_replay(audited, monkeypatch):
    ((stored, _),) = audited.audits.replay()
    altered = replace(stored, findings=(replace(stored.findings[0], status=Status.NOT_APPLICABLE), *stored.findings[1:]))
    with audited.store.write() as work:
        work.quality.add(altered, "x")
    assert [same for _, same in audited.audits.replay()] == [True, False]


def test_what_was_never_audited_is_told_so(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    with pytest.raises(NotFound, match="not audited yet"):
        catalog.audits.report(VISITOR, "wells")
    with pytest.raises(NotFound, match="no such dataset"):
        catalog.audits.report(VISITOR, "nothing")


def test_a_file_that_is_held_here_answers_by_itself(catalog, clock):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    with catalog.store.write() as work:
        file = work.files.get("wells", "wells-csv")
        work.files.put(replace(file, state=FileState.STORED, sha256="0" * 64, byte_size=10, filename="wells.csv"))
    catalog.audits.run()
    points = catalog.audits.report(VISITOR, "wells").mqa.dimensions
    assert points["accessibility"].points == 100


def test_a_dataset_that_cannot_be_gathered_fails_alone(catalog, monkeypatch):
    kept = audit.gather

    def gather(record, *more):
        if record.dataset.name == "bad":
            raise RuntimeError
        return kept(record, *more)

    for name in ("one", "bad", "two"):
        catalog.publishing.publish(SYSTEM, a_dataset(name=name), "first")
    monkeypatch.setattr(audit, "gather", gather)
    counts = catalog.audits.run()
    assert (counts.audited, counts.failed) == (2, 1)
    monkeypatch.undo()
    assert catalog.audits.run().audited == 1


def test_a_killed_run_goes_on_where_it_stopped(catalog, settings, clock, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)
    for number in range(5):
        catalog.publishing.publish(SYSTEM, a_dataset(name=f"d{number}"), "first")
    child = os.fork()
    if child == 0:
        try:
            open_catalog(settings, clock).audits.run(progress=lambda done, total: os.kill(os.getpid(), signal.SIGKILL))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    counts = catalog.audits.run()
    assert (counts.audited, counts.unchanged, counts.failed) == (3, 2, 0)
    assert all(len(catalog.audits.history(VISITOR, f"d{number}")) == 1 for number in range(5))


def test_the_band_narrows_a_search(audited):
    audited.indexing.drain()
    client = create_app(catalog=audited).test_client()
    counts = client.get("/api/v1/datasets?quality=good&quality=sufficient").json
    assert counts["total"] == 1 and counts["facets"]["quality"]


def test_the_api_answers_in_the_agreed_form(audited):
    client = create_app(catalog=audited).test_client()
    answer = client.get("/api/v1/datasets/wells/quality")
    assert list(json.loads(answer.text)) == sorted(["mqa", "data", "findings", "rules_version", "checked_at"])
    assert answer.json["checked_at"] == "2026-11-23T12:00:00Z"
    assert set(answer.json["mqa"]) == set(answer.json["data"]) == {"points", "maximum", "band", "dimensions"}
    assert {tuple(sorted(one)) for one in answer.json["findings"]} == {
        ("check", "dimension", "fix", "message", "path", "points", "status"),
    }  # fmt: skip
    assert client.get("/api/v1/datasets/nothing/quality").status_code == 404
    fixes = {client.get(f"/api/v1/datasets/wells/quality?lang={lang}").json["findings"][1]["fix"] for lang in ("kk", "ru", "en")}
    assert len(fixes) == 3


def test_a_fix_brings_the_promised_points(audited):
    changes = {
        "mqa.findability.theme": {"theme": ("http://publications.europa.eu/resource/authority/data-theme/ENVI",)},
        "mqa.contextuality.issued": {"issued": "2024-05-05"},
        "mqa.contextuality.byte_size": {"distribution": (a_distribution(byte_size=5),)},
    }
    scores, promised = [audited.audits.report(VISITOR, "wells")], []
    for check, change in changes.items():
        promised.append(next(one.points for one in scores[-1].findings if one.check == check and one.status is Status.FAIL))
        audited.publishing.publish(SYSTEM, replace(a_dataset(), **change), check)
        audited.audits.run()
        scores.append(audited.audits.report(VISITOR, "wells"))
        audited.publishing.publish(SYSTEM, a_dataset(), "back")
        audited.audits.run()
        scores[-1:] = [scores[-1], audited.audits.report(VISITOR, "wells")]
    gained = [one.mqa.points - before.mqa.points for before, one in pairwise(scores)][::2]
    assert gained == promised


BOMBS = {
    "too-large": {"keyword": {"en": tuple(f"{'word' * 40}{n}" for n in range(9_900))}},
    "too-slow": {"distribution": tuple(a_distribution(id=f"f{n}") for n in range(1_800))},
}


@pytest.mark.parametrize("why", BOMBS)
def test_a_bomb_of_a_graph_ends_in_time_and_the_others_are_tried_out(catalog, monkeypatch, why):
    monkeypatch.setattr(service, "LIMITS", replace(service.LIMITS, cpu_seconds=1))
    for dataset in (a_dataset(name="bomb", **BOMBS[why]), a_dataset()):
        catalog.publishing.publish(SYSTEM, dataset, "first")
    assert catalog.audits.run().audited == 2
    found = {name: {one.check: one for one in catalog.audits.report(VISITOR, name).findings} for name in ("bomb", "wells")}
    check = "mqa.interoperability.dcat_ap"
    assert (found["bomb"][check].status, found["bomb"][check].values) == (Status.UNKNOWN, {"why": why})
    assert found["wells"][check].status is Status.PASS
