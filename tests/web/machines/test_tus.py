"""Uploads that lose their connection go on where they stopped, in the words of tus 1.0.0, with a client that is not ours."""

import base64
import hashlib
import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from tusclient import client as tus
from tusclient.exceptions import TusCommunicationError
from werkzeug.serving import make_server

from catalog.bootstrap import Catalog
from catalog.resuming import OPEN, Resuming
from tests.cast import COLLEAGUE, EDITOR, READER
from tests.leaks.crawler import act_as
from web import create_app

BODY = b"level\n" + b"12.5\n" * 100_000
HEADERS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def client(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    made = create_app(catalog=catalog).test_client()
    act_as(monkeypatch, EDITOR)
    return made


@pytest.fixture
def address(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(catalog=catalog), threaded=True)
    act_as(monkeypatch, EDITOR)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/uploads/"
    server.shutdown()
    thread.join()


def begin(client: FlaskClient, length: int = len(BODY), name: str = "деңгей.csv") -> str:
    metadata = f"filename {base64.b64encode(name.encode()).decode()}"
    made = client.post("/uploads/", headers={**HEADERS, "Upload-Length": str(length), "Upload-Metadata": metadata})
    assert made.status_code == 201, made.text
    return made.headers["Location"]


def send(client: FlaskClient, at: str, offset: int, body: bytes, **headers: str) -> int:
    told = {**HEADERS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream", **headers}
    return client.patch(at, data=body, headers=told).status_code


def test_a_client_that_is_stopped_twice_goes_on_and_every_byte_is_there(address: str, tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "деңгей.csv"
    path.write_bytes(BODY)
    first = tus.TusClient(address).uploader(str(path), chunk_size=100_000, metadata={"filename": path.name})
    first.upload(stop_at=200_000)
    second = tus.TusClient(address).uploader(str(path), url=first.url, chunk_size=70_000)
    assert second.get_offset() == first.offset >= 200_000
    second.upload(stop_at=400_000)
    third = tus.TusClient(address).uploader(str(path), url=first.url, chunk_size=1_000_000)
    third.upload()
    upload = catalog.resuming.take(EDITOR, str(first.url).rpartition("/")[2])
    assert (upload.sha256, upload.filename) == (hashlib.sha256(BODY).hexdigest(), "деңгей.csv")


def test_what_arrived_before_the_connection_was_cut_is_kept(address: str, client: FlaskClient, catalog: Catalog) -> None:
    at, port = begin(client), int(address.rpartition(":")[2].partition("/")[0])
    request = (
        f"PATCH {at} HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(request.encode() + BODY[:300_000])
        wire.shutdown(socket.SHUT_WR)
        wire.recv(1000)
    known = client.head(at, headers=HEADERS)
    assert (known.headers["Upload-Offset"], known.headers["Upload-Length"]) == ("300000", str(len(BODY)))
    assert send(client, at, 300_000, BODY[300_000:]) == 204
    assert catalog.resuming.take(EDITOR, at.rpartition("/")[2]).sha256 == hashlib.sha256(BODY).hexdigest()


def test_gaps_overlaps_and_too_many_bytes_change_nothing(client: FlaskClient) -> None:
    at = begin(client, 10)
    assert send(client, at, 0, b"12345") == 204
    assert (send(client, at, 6, b"x"), send(client, at, 0, b"x"), send(client, at, 5, b"123456789")) == (409, 409, 413)
    assert client.head(at, headers=HEADERS).headers["Upload-Offset"] == "5"


def test_bytes_that_do_not_match_their_checksum_are_dropped(client: FlaskClient) -> None:
    at, right = begin(client, 10), base64.b64encode(hashlib.sha256(b"12345").digest()).decode()
    assert send(client, at, 0, b"1234x", **{"Upload-Checksum": f"sha256 {right}"}) == 460
    assert send(client, at, 0, b"12345", **{"Upload-Checksum": f"sha256 {right}"}) == 204


def test_only_who_began_an_upload_goes_on_with_it(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    at = begin(client)
    act_as(monkeypatch, COLLEAGUE)
    assert (client.head(at, headers=HEADERS).status_code, send(client, at, 0, b"x")) == (404, 404)
    act_as(monkeypatch, READER)
    assert client.post("/uploads/", headers={**HEADERS, "Upload-Length": "1"}).status_code == 403


def test_uploads_are_bounded_in_number_and_size_and_go_after_a_day(client: FlaskClient, catalog: Catalog) -> None:
    made = [begin(client) for _ in range(OPEN)]
    told = {**HEADERS, "Upload-Length": "5", "Upload-Metadata": "filename YS5jc3Y="}
    assert client.post("/uploads/", headers=told).status_code == 503
    assert client.delete(made[0], headers=HEADERS).status_code == 204
    assert client.post("/uploads/", headers=told).status_code == 201
    assert client.post("/uploads/", headers={**told, "Upload-Length": str(2**40)}).status_code == 413
    later = Resuming(catalog.uploads, catalog.settings.home / "uploads", lambda: catalog.clock().replace(year=2100))
    later.sweep()
    assert client.head(made[1], headers=HEADERS).status_code == 404


def test_a_client_learns_what_the_server_can_do(client: FlaskClient) -> None:
    told = client.options("/uploads/").headers
    assert "creation" in told["Tus-Extension"] and told["Tus-Max-Size"] == str(2 * 2**30)
    assert client.post("/uploads/", headers={"Tus-Resumable": "0.2.2"}).status_code == 412


def test_a_server_that_is_no_tus_server_is_told_apart(address: str) -> None:
    with pytest.raises(TusCommunicationError):
        tus.TusClient(address + "none/").uploader(file_stream=io.BytesIO(b"x"), chunk_size=1).upload()
