"""The dataset page: facts first, sixteen sections in their order, and nothing of what is not open."""

import html
import json
import re

from flask.testing import FlaskClient

SECTIONS = [
    "introduction", "metadata", "statistics", "structure", "sample", "splits", "model", "responsible", "files", "coverage",
    "versions", "history", "contact", "access", "citation", "ask",
]  # fmt: skip


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())


def test_all_sections_stand_in_their_order_even_when_nothing_is_known(client: FlaskClient) -> None:
    for name in ("population-by-region", "photos", "health-checkups"):
        assert re.findall(r'<section aria-labelledby="(\w+)">', page(client, f"/dataset/{name}")) == SECTIONS


def test_facts_stand_before_the_sections(client: FlaskClient) -> None:
    head = words(page(client, "/dataset/population-by-region").partition('class="body-columns"')[0])
    for fact in (
        "Bureau of National Statistics",
        "Open",
        "20 November 2026",
        "12 rows × 4 columns",
        "610 bytes",
        "Public information of Kazakhstan",
    ):
        assert fact in head


def test_empty_sections_say_so(client: FlaskClient) -> None:
    text = words(page(client, "/dataset/photos"))
    for sentence in ("The agency has not described the purpose.", "No sample published.", "No annotation.",
                     "No model published for this dataset.", "Only the description is published."):  # fmt: skip
        assert sentence in text


def test_what_is_not_open_shows_no_columns_rows_addresses_or_hashes(client: FlaskClient) -> None:
    for address in ("/dataset/health-checkups", "/dataset/health-checkups/resource/zip"):
        text = page(client, address)
        assert "secret_column" not in text
        assert "aihub.example" not in text
        assert "Who may have the data" in text
    assert "Residents of Korea may ask." in page(client, "/dataset/health-checkups")


def test_a_text_in_another_language_carries_it_and_says_so(client: FlaskClient) -> None:
    text = page(client, "/kk/dataset/air-temperature")
    assert '<span lang="ru">Температура воздуха по станциям</span>' in text
    assert "тек орыс тілінде" in text


def test_descriptions_cannot_bring_scripts(client: FlaskClient) -> None:
    text = page(client, "/ru/dataset/air-temperature")
    assert "<script>alert" not in text
    assert "Измерения станций." in text


def test_the_page_names_its_other_forms_and_languages(client: FlaskClient) -> None:
    text = page(client, "/ru/dataset/population-by-region")
    assert '<link rel="canonical" href="https://data.example.kz/ru/dataset/population-by-region">' in text
    assert '<link rel="alternate" hreflang="kk" href="https://data.example.kz/kk/dataset/population-by-region">' in text
    assert '<link rel="alternate" hreflang="x-default" href="https://data.example.kz/dataset/population-by-region">' in text
    assert '<link rel="alternate" type="text/turtle" href="https://data.example.kz/dataset/population-by-region.ttl"' in text


def test_search_engines_find_a_dataset_in_the_page(client: FlaskClient) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client, "/dataset/population-by-region"), re.S)
    assert found
    assert json.loads(found[1])["@type"] == "Dataset"


def test_programs_that_ask_for_turtle_get_it(client: FlaskClient) -> None:
    answer = client.get("/dataset/population-by-region", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle"


def test_a_withdrawn_dataset_leaves_a_tombstone(client: FlaskClient) -> None:
    answer = client.get("/dataset/old-register")
    assert answer.status_code == 410
    assert "Old register" in answer.text
    assert "replaced by population-by-region" in answer.text


def test_history_lists_every_revision(client: FlaskClient) -> None:
    assert "harvested from Sample portal" in page(client, "/dataset/population-by-region/versions")


def test_a_late_dataset_says_by_how_many_days(client: FlaskClient) -> None:
    assert re.search(r"late by \d+ days", words(page(client, "/dataset/air-temperature")))
