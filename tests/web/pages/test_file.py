"""The file page: facts, first rows, columns, and a validation report that says what to do."""

import re
from dataclasses import replace
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from tests.web.pages.test_dataset import page, words
from web.pages import facts
from web.security import policy_with_images


def test_a_valid_table_shows_rows_columns_and_hash(client: FlaskClient) -> None:
    text = words(page(client, "/dataset/population-by-region/resource/csv"))
    assert "Халық саны 2026.csv" in text
    assert "Абай облысы" in text
    assert "Frictionless found no errors." in text
    assert "thousand km²" in text


def test_errors_are_named_with_row_column_value_and_advice(client: FlaskClient) -> None:
    text = words(page(client, "/ru/dataset/air-temperature/resource/readings"))
    assert "Frictionless нашёл 15 ошибок." in text
    assert "3 temperature cold" in text
    assert "Что делать" in text
    assert "Замените значение" in text
    assert "Первые 10 из 15." in text


def test_rows_stand_in_a_named_region_that_takes_focus(client: FlaskClient) -> None:
    assert '<div class="scroll preview" tabindex="0" role="region" aria-label="Rows of' in page(
        client, "/dataset/population-by-region/resource/csv"
    )


def test_a_file_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/dataset/population-by-region/resource/none").status_code == 404


def test_shapes_are_drawn_with_words_for_those_who_do_not_see_them(client: FlaskClient) -> None:
    text = page(client, "/dataset/measurements/resource/map")
    assert 'role="img" aria-label="Drawing (points: 2, areas: 1): longitude 70° to 76.89°' in text
    assert re.search(r'class="drawing-lines" d="M[^"]+z"', text)
    assert 'data-map="/dataset/measurements/versions/1/made/map/contents.json"' in text


def test_what_the_map_reads_is_served_to_everybody_who_may_have_the_file(client: FlaskClient) -> None:
    shapes = client.get("/dataset/measurements/versions/1/made/map/contents.json").get_json()["shapes"]
    assert [number for _, _, number in shapes["points"]] == [0, 1]


def test_tiles_of_another_host_are_allowed_only_where_a_map_is_and_they_are_set(client: FlaskClient, app: Flask) -> None:
    settings = app.extensions["qoima-catalog"].settings
    assert settings.tiles_url == ""
    policy = client.get("/dataset/measurements/resource/map").headers["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy
    assert "img-src 'self' https://tiles.example.kz data:;" in policy_with_images("https://tiles.example.kz/{z}/{x}/{y}.png")


def test_the_table_is_offered_as_parquet_and_by_rows(client: FlaskClient) -> None:
    text = page(client, "/dataset/air-temperature/resource/readings")
    assert "15 invalid cells are empty in it" in words(text)
    for href in ("/dataset/air-temperature/resource/readings/table.parquet", "/api/viewer/rows?dataset=air-temperature"):
        assert f'href="{href}' in text
        (address,) = [one for one in re.findall(r'href="([^"]*)"', text) if one.startswith(href)]
        assert client.get(unescape(address), follow_redirects=True).status_code == 200


def test_pages_stay_within_their_budget_of_bytes(client: FlaskClient) -> None:
    for name in ("long?page=1", "wide", "wide?page=1", "map"):
        answer = client.get(f"/dataset/measurements/resource/{name}", headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert len(answer.data) <= 25_000, (name, len(answer.data))


def test_where_croissant_does_not_load_the_page_says_what_is_missing(filled: Catalog, app: Flask) -> None:
    with app.test_request_context("/"):
        (file,) = facts.files(filled.reading.entry(VISITOR, "air-temperature"), allowed=True)
        assert file.version
        tried = {"valid": False, "problems": ["The licence is missing."], "tables": {"readings": "readings"}}
        refused = replace(file, version=replace(file.version, croissant=tried))
    assert (refused.croissant, refused.croissant_lacks) == ("", ("The licence is missing.",))


def test_pictures_of_an_archive_are_shown_with_their_labels_and_served_as_pictures(client: FlaskClient) -> None:
    text = page(client, "/dataset/measurements/resource/pictures")
    assert re.findall(r'alt="([^"]*)" loading="lazy"><span>([^<]*)</span>', text) == [("cat/1.png", "cat"), ("dog/1.png", "dog")]
    assert "3 files in the archive" in words(text)
    answer = client.get(re.findall(r'<img src="([^"]*)"', text)[0])
    assert (answer.status_code, answer.mimetype, answer.headers["X-Content-Type-Options"]) == (200, "image/png", "nosniff")
