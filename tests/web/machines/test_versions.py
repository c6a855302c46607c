"""Versions over HTTP: bytes that never change, manifest, bundle, and nothing of what is not open."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from frictionless import Package, system

from catalog.bootstrap import Catalog
from catalog.versions.bundle import Member, zipped
from schemas.access import AccessLevel, AccessRule
from tests.catalog.library import Library
from web import create_app

OLD, NEW = b"station,level\nAqtau,3\nAral,4\n", b"station,level\nAqtau,3\nAral,5\n"


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


@pytest.fixture
def client(library: Library) -> FlaskClient:
    """Two versions of `levels`; `picture` is no table."""
    library.release(levels=OLD, picture=b"\x89PNG\r\n\x1a\n binary")
    library.release(levels=NEW)
    return create_app(catalog=library.catalog).test_client()


def test_every_version_gives_the_bytes_that_it_was_made_of_for_ever(client: FlaskClient) -> None:
    for number, content in ((1, OLD), (2, NEW)):
        answer = client.get(f"/dataset/rivers/versions/{number}/files/levels/levels.csv")
        assert (answer.status_code, answer.data) == (200, content)
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.get_etag() == (hashlib.sha256(content).hexdigest(), False)


def test_a_part_of_a_file_and_a_file_that_is_known_are_answered_shortly(client: FlaskClient) -> None:
    address = "/dataset/rivers/versions/1/files/levels/levels.csv"
    part = client.get(address, headers={"Range": "bytes=8-12"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"level", f"bytes 8-12/{len(OLD)}")
    known = client.get(address, headers={"If-None-Match": client.head(address).headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    assert client.get(address, headers={"Range": "bytes=900-"}).status_code == 416


def test_what_was_made_of_a_file_is_there_by_version_and_newest(client: FlaskClient, library: Library) -> None:
    newest = client.get("/dataset/rivers/resource/levels/table.parquet")
    assert (newest.status_code, newest.headers["Location"]) == (302, "/dataset/rivers/versions/2/made/levels/table.parquet")
    assert newest.headers["Cache-Control"] == "no-cache"
    answer = client.get(newest.headers["Location"])
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    assert "attachment" in answer.headers["Content-Disposition"] and answer.data.startswith(b"PAR1")
    assert client.get("/dataset/rivers/resource/picture/table.parquet").status_code == 404


def test_the_newest_table_stays_when_the_bytes_of_today_are_none(client: FlaskClient, library: Library) -> None:
    library.release(levels=b"<html><body>Sign in</body></html>")
    newest = client.get("/dataset/rivers/resource/levels/table.parquet")
    assert newest.headers["Location"] == "/dataset/rivers/versions/2/made/levels/table.parquet"


@pytest.mark.parametrize(
    "path", ["versions/3/manifest.json", "versions/1/files/none/x.csv", "versions/1/made/levels/none.parquet",
             "versions/99999999999999999999/manifest.json", "versions/3/bundle.zip"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/dataset/rivers/{path}").status_code == 404


def test_the_manifest_lists_every_file_with_size_hash_type_and_rows(client: FlaskClient) -> None:
    answer = client.get("/dataset/rivers/versions/1/manifest.json")
    listed = {file["distribution"]: file for file in answer.get_json()["files"]}
    assert list(listed) == ["levels", "picture"]
    levels = listed["levels"]
    assert (levels["path"], levels["bytes"], levels["sha256"], levels["mediaType"], levels["rows"]) == (
        "data/levels.csv", len(OLD), hashlib.sha256(OLD).hexdigest(), "text/csv", 2,
    )  # fmt: skip
    for entry in (levels, *levels["made"]):
        got = client.get(entry["url"].removeprefix("http://127.0.0.1:8000"))
        assert (len(got.data), hashlib.sha256(got.data).hexdigest()) == (entry["bytes"], entry["sha256"])


def test_the_bundle_is_a_data_package_that_frictionless_finds_valid(client: FlaskClient, tmp_path: Path) -> None:
    lead = client.get("/dataset/rivers/bundle.zip")
    assert lead.headers["Location"] == "/dataset/rivers/versions/2/bundle.zip"
    for number, content in ((1, OLD), (2, NEW)):
        answer = client.get(f"/dataset/rivers/versions/{number}/bundle.zip")
        folder = tmp_path / f"unpacked-{number}"
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            assert archive.testzip() is None
            archive.extractall(folder)
        assert (folder / "data/levels.csv").read_bytes() == content
        with system.use_context(trusted=True):
            assert Package(str(folder / "datapackage.json")).validate().valid
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert [resource["path"] for resource in described["resources"]] == ["data/levels.csv", "data/picture.png"]
        assert described["resources"][0]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_bundle_is_the_same_each_time_and_is_not_sent_to_who_has_it(client: FlaskClient) -> None:
    once, again = (client.get("/dataset/rivers/versions/1/bundle.zip") for _ in range(2))
    assert once.data == again.data
    assert client.get("/dataset/rivers/versions/1/bundle.zip", headers={"If-None-Match": once.headers["ETag"]}).status_code == 304


def test_a_bundle_with_a_file_that_is_lost_is_refused_before_it_begins(client: FlaskClient, library: Library) -> None:
    digest = hashlib.sha256(OLD).hexdigest()
    next(library.catalog.settings.home.rglob(digest)).unlink()
    assert client.get("/dataset/rivers/versions/1/bundle.zip").status_code == 404


def test_nothing_of_a_version_leaves_when_the_dataset_is_not_open_now(client: FlaskClient, library: Library) -> None:
    library.publish("levels", "picture", access=AccessRule(level=AccessLevel.ON_REQUEST))
    for path in ("versions/1/files/levels/levels.csv", "versions/1/made/levels/table.parquet", "versions/1/manifest.json",
                 "versions/1/bundle.zip", "bundle.zip", "resource/levels/table.parquet"):  # fmt: skip
        answer = client.get(f"/dataset/rivers/{path}")
        assert answer.status_code == 403, path
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_zip_is_written_in_pieces_as_the_bytes_come(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def pieces() -> object:
        for number in range(64):
            taken.append(number)
            yield bytes([number]) * 65536

    stream = zipped([Member(path="data/scan.png", byte_size=64 * 65536, pieces=pieces())], "2026-11-23T12:00:00Z")  # type: ignore[arg-type]
    got = [next(stream), next(stream)]
    assert len(taken) <= 2
    got += stream
    assert max(map(len, got)) < 2 * 65536
    with zipfile.ZipFile(io.BytesIO(b"".join(got))) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.read("data/scan.png")[-1] == 63


def test_a_zip_that_nobody_wants_any_more_is_closed_quietly() -> None:
    stream = zipped([Member(path="a.csv", byte_size=10**6, pieces=(b"x" * 100_000 for _ in range(10)))], "2026-11-23T12:00:00Z")
    next(stream)
    stream.close()


def test_large_files_can_be_in_a_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    found = b"".join(zipped([Member(path="a.png", byte_size=2000, pieces=[bytes(2000)])], "2026-11-23T12:00:00Z"))
    assert b"PK\x06\x06" in found
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        assert archive.read("a.png") == bytes(2000)
