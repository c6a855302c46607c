"""Bodies are bounded in size and time whatever the server does, and JSON is read strictly."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest

from harvesters.http import FetchError, HttpClient, Limits
from tests.loopback import Answer, Loopback, loopback

MIB = 2**20
SMALL = Limits(retries=0, connect=2, idle=2, max_body=MIB, ratio_from=MIB // 4)


@pytest.fixture
def portal() -> Iterator[Loopback]:
    with loopback({}) as server:
        yield server


def client(portal: Loopback, limits: Limits = SMALL) -> HttpClient:
    return HttpClient(allow=[portal.host], limits=limits)


def serve(portal: Loopback, **answer: Any) -> str:
    portal.routes["/x"] = lambda _: Answer(**answer)
    return f"{portal.url}/x"


def failed(portal: Loopback, limits: Limits = SMALL, **answer: Any) -> str:
    with client(portal, limits) as http, pytest.raises(FetchError) as raised:
        http.get_json(serve(portal, **answer))
    assert raised.value.message.endswith(".")
    return raised.value.code


def endless(counted: list[int], size: int) -> Iterator[bytes]:
    piece = b" " * 65536
    for number in range(size // len(piece)):
        counted[:] = [number]
        yield piece


def encoded(name: str, body: bytes) -> Answer:
    return Answer(body=body, headers=(("Content-Encoding", name),))


@pytest.mark.parametrize(("name", "squeeze"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_compressed_answer_is_read(portal: Loopback, name: str, squeeze: Callable[[bytes], bytes]) -> None:
    portal.routes["/x"] = lambda _: encoded(name, squeeze(b'{"name": "value"}'))
    with client(portal) as http:
        assert http.get_json(f"{portal.url}/x") == {"name": "value"}


@pytest.mark.parametrize(("name", "squeeze"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_compression_bomb_is_not_read(portal: Loopback, name: str, squeeze: Callable[[bytes], bytes]) -> None:
    bomb = squeeze(b" " * (64 * MIB))
    limits = Limits(retries=0, max_body=1024 * MIB)
    assert failed(portal, limits, body=bomb, headers=(("Content-Encoding", name),)) == "bomb"


def test_a_bomb_cannot_pass_the_ceiling_either(portal: Loopback) -> None:
    limits = Limits(retries=0, max_body=MIB, ratio=10**9)
    assert failed(portal, limits, body=gzip.compress(b" " * (64 * MIB)), headers=(("Content-Encoding", "gzip"),)) == "too-large"


def test_an_unknown_compression_is_refused(portal: Loopback) -> None:
    assert failed(portal, body=b"x", headers=(("Content-Encoding", "gzip, gzip"),)) == "bad-encoding"


def test_a_broken_compression_is_told(portal: Loopback) -> None:
    assert failed(portal, body=b"this is not gzip", headers=(("Content-Encoding", "gzip"),)) == "bad-encoding"


def test_ten_gigabytes_that_are_not_declared_end_at_the_ceiling(portal: Loopback) -> None:
    sent: list[int] = []
    assert failed(portal, body=endless(sent, 10 * 2**30), length=None) == "too-large"
    assert sent[0] * 65536 < 64 * MIB


def test_ten_gigabytes_that_are_declared_are_not_read_at_all(portal: Loopback) -> None:
    sent: list[int] = []
    assert failed(portal, body=endless(sent, 10 * 2**30), length=10 * 2**30) == "too-large"
    assert sent[0] * 65536 < 64 * MIB


def test_the_same_holds_for_files(portal: Loopback, tmp_path: Any) -> None:
    sent: list[int] = []
    with client(portal) as http, pytest.raises(FetchError) as raised:
        http.download(serve(portal, body=endless(sent, 10 * 2**30), length=None), tmp_path / "file", 2 * MIB)
    assert raised.value.code == "too-large"
    assert (tmp_path / "file").stat().st_size <= 2 * MIB


def test_the_body_of_a_refusal_is_bounded_too(portal: Loopback) -> None:
    sent: list[int] = []
    assert failed(portal, status=404, body=endless(sent, 10 * 2**30), length=None) == "status"
    assert sent[0] * 65536 < 64 * MIB


def dripping() -> Iterator[bytes]:
    for _ in range(100):
        time.sleep(0.05)
        yield b" "


@pytest.mark.parametrize("status", [200, 500])
def test_a_server_that_drips_is_given_up_after_the_total_time(portal: Loopback, status: int) -> None:
    limits, begun = Limits(retries=0, idle=2, total=0.4), time.monotonic()
    code = failed(portal, limits, body=dripping(), length=None, status=status)
    assert code == ("too-slow" if status == 200 else "status")
    assert time.monotonic() - begun < 2


def test_a_server_that_falls_silent_is_given_up_after_the_idle_time(portal: Loopback) -> None:
    def silent() -> Iterator[bytes]:
        yield b"{"
        time.sleep(1)

    assert failed(portal, Limits(retries=0, idle=0.2), body=silent(), length=None) == "too-slow"


def test_an_answer_that_breaks_off_is_no_answer(portal: Loopback) -> None:
    assert failed(portal, body=b'{"half": 1}', length=100) == "cut-off"


@pytest.mark.parametrize("body", [
    b"", b"<html>", b"{", b"NaN", b"[Infinity]", b'{"a": -Infinity}', b"[1e999]", b"{'a': 1}", b'{"a": 1} more', b"\xff\xfe\x00",
    b'"\xff"', b"1" * 10_000, b"[" * 100_000, b"[" * 101 + b"]" * 101, b'{"a":' * 101 + b"1" + b"}" * 101,
])  # fmt: skip
def test_what_is_no_json_of_ours_is_refused(portal: Loopback, body: bytes) -> None:
    assert failed(portal, body=body) == "not-json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_is_read_in_every_encoding_of_the_standard(portal: Loopback, encoding: str) -> None:
    value = {"атау": ["데이터", 1.5, None, True]}
    with client(portal) as http:
        assert http.get_json(serve(portal, body=json.dumps(value, ensure_ascii=False).encode(encoding))) == value


def test_nesting_up_to_the_limit_is_read(portal: Loopback) -> None:
    with client(portal) as http:
        assert http.get_json(serve(portal, body=b"[" * 100 + b"]" * 100))


@pytest.mark.parametrize(("declared", "encoding"), [
    ("text/html; charset=windows-1251", "windows-1251"), ("text/html; charset=UTF-8", "utf-8-sig"), ("text/html", "utf-8"),
    ("text/html; charset=nonsense", "utf-8"),
])  # fmt: skip
def test_text_is_read_in_the_declared_encoding(portal: Loopback, declared: str, encoding: str) -> None:
    with client(portal) as http:
        assert http.get_text(serve(portal, body="Данные".encode(encoding), headers=(("Content-Type", declared),))) == "Данные"


def test_bytes_that_cannot_be_read_are_marked(portal: Loopback) -> None:
    with client(portal) as http:
        assert http.get_text(serve(portal, body=b"\xff!")) == "\ufffd!"
