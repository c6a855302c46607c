"""A second try is made only where one may help, after the time that the portal asks for, and never without end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import pytest
import tenacity.nap
from stamina.instrumentation import get_on_retry_hooks, set_on_retry_hooks

from harvesters.http import FetchError, HttpClient, Limits
from harvesters.http.pace import Pace, retry_after
from tests.loopback import Answer, Loopback, json_answer, loopback

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the waits between tries, which take no time here."""
    waits: list[float] = []
    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=waits.append))
    return waits


@pytest.fixture
def portal() -> Iterator[Loopback]:
    with loopback({}) as server:
        yield server


def answers(portal: Loopback, *given: Any) -> str:
    """Serve the answers one after the other, the last one for ever."""
    left = list(given)
    portal.routes["/x"] = lambda _: left.pop(0) if len(left) > 1 else left[0]
    return f"{portal.url}/x"


def refusal(status: int, **headers: str) -> Answer:
    return Answer(status=status, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


def fetch(portal: Loopback, url: str, **limits: Any) -> Any:
    with HttpClient(allow=[portal.host], limits=Limits(**limits)) as client:
        return client.get_json(url)


def fails(portal: Loopback, url: str, **limits: Any) -> FetchError:
    with pytest.raises(FetchError) as raised:
        fetch(portal, url, **limits)
    return raised.value


def test_the_time_that_the_portal_asks_for_is_waited(portal: Loopback, slept: list[float]) -> None:
    url = answers(portal, refusal(429, Retry_After="120"), json_answer({"ok": 1}))
    assert fetch(portal, url) == {"ok": 1}
    assert slept == [120.0]


def test_a_portal_that_asks_for_too_long_is_left_alone(portal: Loopback, slept: list[float]) -> None:
    error = fails(portal, answers(portal, refusal(503, Retry_After="7200")))
    assert (error.status, error.wait, slept, portal.count("/x")) == (503, 7200.0, [], 1)


def test_without_a_wish_the_waits_grow_up_to_a_bound(portal: Loopback, slept: list[float]) -> None:
    error = fails(portal, answers(portal, refusal(500)), retries=6, backoff=1, backoff_max=8)
    assert (error.code, error.status, portal.count("/x"), len(slept)) == ("status", 500, 7, 6)
    assert slept[0] >= 1 and slept[1] >= 2 and slept[2] >= 4
    assert max(slept) <= 8


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_trouble_is_tried_again(portal: Loopback, slept: list[float], status: int) -> None:
    assert fetch(portal, answers(portal, refusal(status), refusal(status), json_answer([1]))) == [1]
    assert (len(slept), portal.count("/x")) == (2, 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 501])
def test_a_refusal_that_will_not_pass_is_not_tried_again(portal: Loopback, slept: list[float], status: int) -> None:
    error = fails(portal, answers(portal, refusal(status, Retry_After="1")))
    assert (error.status, portal.count("/x"), slept) == (status, 1, [])
    assert f"answered {status};" in error.message


def test_what_is_no_json_is_not_asked_for_again(portal: Loopback, slept: list[float]) -> None:
    assert fails(portal, answers(portal, Answer(body=b"<html>"))).code == "not-json"
    assert portal.count("/x") == 1


def test_an_answer_that_breaks_off_is_asked_for_again(portal: Loopback, slept: list[float]) -> None:
    assert fetch(portal, answers(portal, Answer(body=b"[", length=50), json_answer([2]))) == [2]
    assert len(slept) == 1


def test_a_portal_that_is_down_is_tried_so_often_and_told(portal: Loopback, slept: list[float]) -> None:
    with loopback({}) as gone:
        url, host = f"{gone.url}/x", gone.host
    with HttpClient(allow=[host], limits=Limits(retries=2)) as client, pytest.raises(FetchError) as raised:
        client.get_json(url)
    assert (raised.value.code, len(slept)) == ("connection", 2)


def test_the_body_of_a_refusal_is_kept_in_part(portal: Loopback) -> None:
    error = fails(portal, answers(portal, Answer(status=400, body=b"why " * 10_000)))
    assert error.body.startswith("why why")
    assert len(error.body) <= 4096


@pytest.mark.parametrize(("header", "seconds"), [
    ("0", 0.0), ("15", 15.0), (" 15 ", 15.0), (format_datetime(NOW + timedelta(minutes=2), usegmt=True), 120.0),
    (format_datetime(NOW - timedelta(minutes=2), usegmt=True), 0.0), ("", None), (None, None), ("soon", None), ("-5", None),
    ("１５", None), ("9" * 400, float("9" * 12)),
])  # fmt: skip
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_requests_to_one_host_are_spaced_and_hosts_do_not_wait_for_each_other() -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    pace = Pace(5, lambda: now[0], sleep)
    for host in ("a.test", "a.test", "b.test", "a.test"):
        pace.wait(host)
    assert slept == [0.2, 0.2]


def test_a_rate_of_nothing_means_no_pace() -> None:
    pace = Pace(0, lambda: 1.0, lambda seconds: pytest.fail("it slept"))
    pace.wait("a.test")
    pace.wait("a.test")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Return what a log gets to see of second tries."""
    seen: list[str] = []
    before = get_on_retry_hooks()
    set_on_retry_hooks([lambda details: seen.append(repr(details.caused_by))])
    yield seen
    set_on_retry_hooks(before)


def test_what_is_logged_of_a_second_try_shows_no_key(portal: Loopback, slept: list[float], logged: list[str]) -> None:
    url = answers(portal, refusal(503), json_answer({}))
    with HttpClient(allow=[portal.host], secrets=["hidden-1"]) as client:
        client.get_json(f"{url}/hidden-1", params={"apiKey": "other-2"})
    assert len(logged) == 1 and "answered 503" in logged[0]
    assert "hidden-1" not in logged[0] and "other-2" not in logged[0]
