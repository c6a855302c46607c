"""Files are streamed to disk, hashed, named harmlessly, and fetched again only when they changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harvesters.http import FetchError, HttpClient, Limits
from harvesters.http.filenames import MAX_NAME, clean, filename
from tests.loopback import Answer, Loopback, Request, loopback

BODY = b"name,value\nalmaty,1\n" * 5000


def versioned(request: Request) -> Any:
    stamps = (("ETag", '"v1"'), ("Last-Modified", "Mon, 02 Nov 2026 06:00:00 GMT"))
    if request.headers.get("If-None-Match") == '"v1"' or request.headers.get("If-Modified-Since") == stamps[1][1]:
        return Answer(status=304, headers=stamps, length=0)
    kind = (("Content-Type", "Text/CSV; charset=utf-8"), ("Content-Disposition", 'attachment; filename="cities 2026.csv"'))
    return Answer(body=BODY, headers=stamps + kind)


@pytest.fixture
def portal() -> Iterator[Loopback]:
    with loopback({"/file": versioned}) as server:
        yield server


@pytest.fixture
def client(portal: Loopback) -> Iterator[HttpClient]:
    with HttpClient(allow=[portal.host], limits=Limits(retries=0, idle=2)) as made:
        yield made


def test_a_download_tells_what_it_wrote(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    got = client.download(f"{portal.url}/file", tmp_path / "x", len(BODY))
    assert (tmp_path / "x").read_bytes() == BODY
    assert (got.sha256, got.byte_size) == (hashlib.sha256(BODY).hexdigest(), len(BODY))
    assert (got.media_type, got.filename, got.etag) == ("text/csv", "cities 2026.csv", '"v1"')
    assert (got.last_modified, got.not_modified) == ("Mon, 02 Nov 2026 06:00:00 GMT", False)


def test_bytes_are_asked_for_as_they_are(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    client.download(f"{portal.url}/file", tmp_path / "x", len(BODY))
    assert portal.requests[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("known", [{"etag": '"v1"'}, {"last_modified": "Mon, 02 Nov 2026 06:00:00 GMT"}])
def test_a_file_that_did_not_change_is_not_written_again(
    portal: Loopback, client: HttpClient, tmp_path: Path, known: dict[str, str]
) -> None:
    got = client.download(f"{portal.url}/file", tmp_path / "x", len(BODY), **known)
    assert (got.not_modified, got.etag) == (True, '"v1"')
    assert not (tmp_path / "x").exists()


def test_a_file_that_changed_is_fetched(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    got = client.download(f"{portal.url}/file", tmp_path / "x", len(BODY), etag='"v0"')
    assert (got.not_modified, got.byte_size) == (False, len(BODY))


def test_304_that_nobody_asked_for_is_a_failure(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    portal.routes["/file"] = lambda _: Answer(status=304, length=0)
    with pytest.raises(FetchError, match="answered 304"):
        client.download(f"{portal.url}/file", tmp_path / "x", len(BODY))


def test_one_byte_too_many_is_too_many(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as raised:
        client.download(f"{portal.url}/file", tmp_path / "x", len(BODY) - 1)
    assert raised.value.code == "too-large"


def test_conditions_follow_a_redirect(portal: Loopback, client: HttpClient, tmp_path: Path) -> None:
    portal.routes["/moved"] = lambda _: Answer(status=302, headers=(("Location", "/file"),))
    assert client.download(f"{portal.url}/moved", tmp_path / "x", len(BODY), etag='"v1"').not_modified


@pytest.mark.parametrize(("disposition", "url", "name"), [
    ("", "http://a.test/data/cities.csv?x=1", "cities.csv"), ("", "http://a.test/", "file"), ("", "http://a.test", "file"),
    ("", "http://a.test/%EB%8D%B0%EC%9D%B4%ED%84%B0.csv", "데이터.csv"), ("", "http://a.test/..%2F..%2Fetc%2Fpasswd", "passwd"),
    ('attachment; filename="../../etc/passwd"', "http://a.test/x", "passwd"),
    ('attachment; filename="C:\\\\a\\\\b.csv"', "", "b.csv"),
    ("attachment; filename*=UTF-8''%D2%9B%D0%B0%D0%BB%D0%B0.csv", "http://a.test/x", "қала.csv"),
    ("attachment; filename=plain.csv", "http://a.test/x", "plain.csv"),
    ('attachment; filename="..."', "http://a.test/y.csv", "y.csv"),
    ('attachment; filename="қала.csv"'.encode().decode("latin-1"), "http://a.test/x", "қала.csv"),
    ("attachment; filename==?UTF-8?B?0pvQsNC70LAuY3N2?=", "http://a.test/x", "қала.csv"),
    ("nonsense;;;=", "http://a.test/x.csv", "x.csv"),
    ('attachment; filename="a\r\nSet-Cookie: x.csv"', "", "a Set-Cookie_ x.csv"),
])  # fmt: skip
def test_file_names_are_readable_and_harmless(disposition: str, url: str, name: str) -> None:
    assert filename(disposition, url) == name


def test_direction_marks_cannot_disguise_an_extension() -> None:
    assert clean("report\u202evsc.exe") == "report_vsc.exe"


@pytest.mark.parametrize("name", ["a" * 500 + ".csv", "д" * 500 + ".geojson", "a" * 500, "a." + "b" * 500])
def test_long_names_are_cut_and_keep_their_extension(name: str) -> None:
    short = clean(name)
    assert len(short) <= MAX_NAME
    assert not name.endswith((".csv", ".geojson")) or short.endswith((".csv", ".geojson"))
