"""Verdicts on links have patience, and looks become rarer the longer nothing changes."""

from datetime import UTC, datetime, timedelta

from catalog.quality.links import Link, LinkCheck, after
from schemas.dates import utc

START = datetime(2026, 1, 1, tzinfo=UTC)


def at(**later):
    return utc(START + timedelta(**later))


def link():
    return Link(key="k", url="https://a.example/x.csv", host="a.example")


def checked(*looks, start=None):
    stands = start or link()
    for kind, hours in looks:
        stands = after(stands, LinkCheck(at=at(hours=hours), kind=kind, status={"ok": 200, "broken": 404}.get(kind, 0)))
    return stands


def test_a_link_is_broken_only_after_two_failures_half_a_day_apart():
    assert [checked(*looks).verdict for looks in (
        [("broken", 0)], [("broken", 0), ("broken", 3)], [("broken", 0), ("timeout", 12)],
        [("broken", 0), ("ok", 6), ("broken", 12)],
    )] == ["unknown", "unknown", "broken", "unknown"]  # fmt: skip


def test_a_host_that_asks_for_patience_changes_no_verdict():
    assert checked(("ok", 0), ("throttled", 12)).verdict == "ok"
    assert checked(("broken", 0), ("broken", 12), ("refused", 24)).verdict == "broken"


def test_looks_become_rarer_until_something_changes():
    stands, gaps = link(), []
    now = timedelta()
    for _ in range(9):
        stands = after(stands, LinkCheck(at=utc(START + now), kind="ok", status=200))
        gap = datetime.fromisoformat(stands.due) - (START + now)
        gaps.append(int(gap.total_seconds() // 3600))
        now += gap
    assert gaps == [12, 12, 24, 168, 720, 720, 720, 720, 720]
    stands = after(stands, LinkCheck(at=utc(START + now), kind="broken", status=404))
    assert datetime.fromisoformat(stands.due) - (START + now) == timedelta(hours=12)


def test_a_clock_that_was_put_back_harms_no_verdict():
    stands = checked(("ok", 1000), ("ok", 0))
    assert stands.verdict == "ok" and stands.due == at(hours=12)
    assert checked(("broken", 1000), ("broken", 0)).verdict == "unknown"
