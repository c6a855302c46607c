"""The frame of every page: languages, headers, the switch for weak sight, errors, no inline code."""

import re

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from web import create_app

PAGES = (
    "/", "/dataset/", "/dataset/population-by-region", "/dataset/health-checkups", "/dataset/air-temperature/resource/readings",
    "/dataset/population-by-region/versions", "/organization/", "/organization/bureau", "/harvest/",
    "/harvest/source/egov-sample",
    "/harvest/run/2", "/api/docs", "/about", "/dataset/old-register", "/dataset/none", "/nothing",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["", "/kk", "/ru"])
def test_pages_hold_no_inline_style_or_code_and_one_heading(client: FlaskClient, address: str, prefix: str) -> None:
    text = client.get(prefix + address).text
    assert not re.search(r"<[^>]*\s(style|on\w+)=", text)
    assert not re.search(r"<style|<script(?! src=| type=\"application/ld\+json\")", text)
    assert text.count("<h1") == 1
    assert f'<html lang="{prefix[1:] or "en"}"' in text


@pytest.mark.parametrize("address", [*PAGES, "/static/qoima.css", "/api/v1/datasets", "/dataset/population-by-region.ttl"])
def test_every_answer_is_protected(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_default_language_has_no_prefix(client: FlaskClient) -> None:
    answer = client.get("/en/dataset/?q=a%26b")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/dataset/?q=a%26b")


@pytest.mark.parametrize("address", ["/en//evil.example/", "/en/\\evil.example", "/en/%5Cevil.example", "/en/%09/evil.example"])
def test_the_redirect_never_leaves_the_site(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert re.match(r"/[^/\\\t]", answer.headers.get("Location", "/-"))


def test_what_is_for_programs_has_no_language(client: FlaskClient) -> None:
    assert client.get("/kk/api/v1/datasets").status_code == 404
    assert client.get("/ru/dataset/population-by-region.ttl").status_code == 404


def test_the_language_switch_keeps_page_and_query(client: FlaskClient) -> None:
    assert 'href="/kk/dataset/?q=a&amp;format=CSV"' in client.get("/ru/dataset/?q=a&format=CSV").text


def test_the_switch_for_weak_sight_is_kept_and_returns_to_the_page(client: FlaskClient) -> None:
    answer = client.post("/ru/appearance", data={"view": "on", "next": "/ru/dataset/?q=a"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ru/dataset/?q=a")
    client.post("/appearance", data={"view": "dark", "next": "/"})
    assert 'class="view view-2 view-dark"' in client.get("/").text
    client.post("/appearance", data={"view": "off", "next": "/"})
    assert 'class=""' in client.get("/").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"])
def test_the_switch_sends_nobody_elsewhere(client: FlaskClient, back: str) -> None:
    assert client.post("/appearance", data={"view": "on", "next": back}).headers["Location"] == "/"


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/about").headers["ETag"]
    assert client.get("/about", headers={"If-None-Match": etag}).status_code == 304


def test_programs_get_problem_documents(client: FlaskClient) -> None:
    answer = client.get("/api/v1/datasets?limit=many")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [problem["path"] for problem in answer.json["problems"]] == ["/limit"]


@pytest.fixture
def broken(filled: Catalog) -> Flask:
    app = create_app(catalog=filled)
    app.add_url_rule("/error/<int:status>", "error", lambda status: abort(status))
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    app.extensions["qoima-catalog"] = None  # the database is away
    return app


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/kk", "kk"), ("/ru", "ru")])
def test_error_pages_stand_without_the_database(broken: Flask, status: int, prefix: str, language: str) -> None:
    answer = broken.test_client().get(f"{prefix}/error/{status}")
    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_crash_tells_nothing_of_its_inside(broken: Flask) -> None:
    answer = broken.test_client().get("/crash")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
