"""The rows on the page of a file: first twenty, then by the hundred, sorted, searched and filtered by links, without scripts."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.pages.test_dataset import page, words

FILE = "/dataset/population-by-region/resource/csv"
MANY = '"population" > 1200000'
LONG = "/dataset/measurements/resource/long"


def rows(client: FlaskClient, address: str) -> list[str]:
    """Return the texts of the rows shown."""
    return [words(row) for row in re.findall(r'<tr id="row-\d+">(.*?)</tr>', page(client, address), re.S)]


def links(client: FlaskClient, address: str, pattern: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', page(client, address)) if re.search(pattern, unescape(href))]


def test_a_long_table_shows_twenty_rows_first_and_a_hundred_on_every_page(client: FlaskClient) -> None:
    assert len(rows(client, LONG)) == 20
    assert len(rows(client, f"{LONG}?page=1")) == 100
    assert rows(client, f"{LONG}?page=3")[0].split() == ["201", "200", "C"]
    assert len(rows(client, f"{LONG}?page=3")) == 50


def test_a_page_behind_the_last_is_not_found_and_leads_to_the_last(client: FlaskClient) -> None:
    answer = client.get(f"{LONG}?page=9")
    assert answer.status_code == 404
    assert "There are only 3 pages of rows." in words(answer.text)
    assert "page=3#preview" in answer.text


def test_every_row_has_an_address_of_its_own_in_the_whole_table(client: FlaskClient) -> None:
    where = quote('"number" = 142')
    assert links(client, f"{LONG}?where={where}", r"#row-143$") == [f"{LONG}?page=2#row-143"]
    assert '<tr id="row-143">' in page(client, f"{LONG}?page=2")


def test_heads_sort_and_sort_the_other_way_the_second_time(client: FlaskClient) -> None:
    first, *_ = links(client, FILE, r"sort=.*#preview$")
    assert parse_qs(urlsplit(first).query) == {"sort": ['"region"']}
    assert '<th scope="col" aria-sort="ascending">' in page(client, first)
    again, *_ = links(client, first, r"sort=.*#preview$")
    assert parse_qs(urlsplit(again).query)["sort"] == ['"region" DESC']
    assert "KZ-47" in rows(client, again)[0]


def test_a_filter_narrows_the_rows_and_a_link_removes_it(client: FlaskClient) -> None:
    address = f"{FILE}?where={quote(MANY)}"
    assert len(rows(client, address)) == 2
    text = page(client, address)
    assert "Rows 1–2 of 2 that fit" in words(text)
    assert 'value="&#34;population&#34; &gt; 1200000"' in text
    assert "Remove Filter" in words(text)
    assert f"{FILE}#preview" in links(client, address, "#preview$")


def test_words_are_searched_in_the_rows(client: FlaskClient) -> None:
    assert [row.split()[1] for row in rows(client, f"{FILE}?query={quote('қостанай')}")] == ["KZ-39"]


def test_the_rows_that_fit_are_downloaded_as_they_are_shown(client: FlaskClient) -> None:
    given = {"where": MANY, "sort": '"region" DESC', "query": "облысы"}
    address = f"{FILE}?" + "&".join(f"{key}={quote(value)}" for key, value in given.items())
    for form in ("csv", "json", "parquet"):
        (href,) = links(client, address, rf"/rows\.{form}\?w")
        asked = {key: values[0] for key, values in parse_qs(urlsplit(href).query).items()}
        assert asked == {"where": given["where"], "query": given["query"], "orderby": given["sort"]}
        assert client.get(href).status_code == 200


@pytest.mark.parametrize("where", ['"nothing" = 1', '"population" >', "population > 5", "'", '"population" = 1; DROP TABLE x'])
def test_a_bad_filter_is_told_with_the_form_as_it_was(client: FlaskClient, where: str) -> None:
    answer = client.get(f"{FILE}?where={quote(where)}&query=a")
    assert answer.status_code == 400
    assert "This filter cannot be used." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert where in unescape(answer.text)
    assert 'value="a"' in answer.text
    assert "Columns" in answer.text


def test_no_row_that_fits_says_so(client: FlaskClient) -> None:
    assert "No row fits." in words(page(client, f"{FILE}?query=zzz"))


def test_bars_and_frequent_values_lead_to_their_rows(client: FlaskClient) -> None:
    found = links(client, LONG, r"where=.*#preview$")
    assert found
    for href in found:
        shown = words(page(client, href))
        assert re.search(r"Rows 1–\d+ of \d+ that fit|No row fits", shown), href


def test_a_bar_counts_what_its_rows_are(client: FlaskClient) -> None:
    href, count = re.findall(r'<a href="([^"]*where[^"]*)">[^<]*</a></th><td class="right">(\d+)</td>', page(client, LONG))[0]
    assert f"of {count} that fit" in words(page(client, unescape(href)))


def test_wide_tables_have_a_choice_of_columns_that_every_link_keeps(client: FlaskClient) -> None:
    wide = "/dataset/measurements/resource/wide"
    text = page(client, wide)
    assert "Columns 1–24 of 300" in words(text)
    assert len(re.findall(r'<th scope="col"', text)) < 27 + 2 * 24
    address = f"{wide}?columns=c29"
    assert "Columns 1–11 of 11" in words(page(client, address))
    assert all("columns=c29" in href for href in links(client, address, r"sort=.*#preview$"))
    assert "Columns 251–274 of 300" in words(page(client, f"{wide}?from=251"))
    assert "No column has such a name." in words(page(client, f"{wide}?columns=zzz"))


def test_what_stands_in_cells_is_text_never_markup(client: FlaskClient) -> None:
    text = page(client, "/dataset/measurements/resource/odd")
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_a_file_that_waits_says_so_and_lets_the_reader_look_again(client: FlaskClient) -> None:
    text = page(client, "/dataset/late-measurements/resource/waits")
    assert "<progress" in text
    assert "The file waits to be read. Look again" in words(text)
    assert "http-equiv" not in text  # WCAG 2.2.1: no page moves under its reader


def test_a_file_that_holds_no_table_says_why(client: FlaskClient) -> None:
    text = words(page(client, "/dataset/measurements/resource/page"))
    assert "Behind the address there is a web page instead of a table." in text
