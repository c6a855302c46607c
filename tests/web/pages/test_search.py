"""Search: words, facets, order, pages; every state answers, wrong parameters keep the form."""

import re

from flask.testing import FlaskClient

from tests.web.pages.test_dataset import page, words


def test_without_words_everything_is_listed(client: FlaskClient) -> None:
    assert "6 datasets" in words(page(client, "/dataset/"))


def test_what_matched_is_marked(client: FlaskClient) -> None:
    assert "<mark>Population</mark>" in page(client, "/dataset/?q=population")


def test_a_filter_narrows_and_can_be_removed(client: FlaskClient) -> None:
    text = page(client, "/dataset/?access=residents&sort=title")
    assert "1 dataset" in words(text)
    assert re.search(r'href="/dataset/\?sort=title"[^>]*><span[^>]*>Remove the filter', text)
    assert re.search(r'name="access" value="residents" checked', text)


def test_nothing_found_offers_to_drop_a_filter_with_the_count_it_gives(client: FlaskClient) -> None:
    text = words(page(client, "/dataset/?q=population&access=residents"))
    assert "Nothing was found" in text
    assert "without “Residents only” – 1 dataset" in text


def test_a_wrong_parameter_is_named_and_the_words_stay(client: FlaskClient) -> None:
    answer = client.get("/ru/dataset/?q=вода&sort=best")
    assert answer.status_code == 400
    assert 'value="вода"' in answer.text
    assert "Такой порядок неизвестен" in answer.text
    assert "<title>Ошибка: " in answer.text


def test_a_page_past_the_end_leads_to_the_last(client: FlaskClient) -> None:
    answer = client.get("/dataset/?page=99")
    assert answer.status_code == 404
    assert "Go to the last page" in answer.text


def test_words_of_a_reader_are_escaped(client: FlaskClient) -> None:
    assert "<script>x" not in client.get('/dataset/?q="><script>x').text


def test_a_misspelt_word_is_offered_right_and_never_replaced(client: FlaskClient) -> None:
    text = page(client, "/dataset/?q=populaton")
    assert "Nothing was found" in text
    assert re.search(r'Did you mean: <a href="/dataset/\?q=population">population</a> – \d dataset', text)
    assert 'value="populaton"' in text
    assert "Did you mean" not in page(client, "/dataset/?q=population")


def test_a_term_to_drop_is_offered_with_the_count_it_gives(client: FlaskClient) -> None:
    text = words(page(client, "/dataset/?q=population zzzzzz"))
    assert re.search(r"without “zzzzzz” – \d dataset", text)
    assert "without “population”" not in text
    nearest = text.partition("The nearest, without “zzzzzz”")[2]
    assert "Population" in nearest
    assert "The nearest" not in words(page(client, "/dataset/?q=zzzzzz"))


def test_a_word_finds_what_says_the_same_in_other_languages_and_says_so(client: FlaskClient) -> None:
    text = page(client, "/dataset/?q=ауаның")
    assert "Also searched for:" in text and '<span lang="ru">воздух</span>' in text
    assert "found by the same term in another language" in text
    assert "<mark>воздуха</mark>" in text
    assert "Nothing was found" in page(client, "/dataset/?q=%22ауаның%22")
    assert "Қосымша ізделді:" in page(client, "/kk/dataset/?q=халықтың")


def test_what_was_typed_is_completed_by_words_of_titles(client: FlaskClient) -> None:
    assert "population" in client.get("/api/v1/suggestions?q=pop").get_json()["suggestions"]
    assert client.get("/api/v1/suggestions?q=p").get_json() == {"suggestions": []}
    assert client.get("/api/v1/suggestions?q=" + "p" * 300).status_code in (400, 422)
    assert 'data-suggest="/api/v1/suggestions?lang=en"' in page(client, "/dataset/")


def test_limits_narrow_exactly_and_can_be_removed_one_by_one(client: FlaskClient) -> None:
    text = page(client, "/dataset/?files_from=1&modified_from=1990&sort=title")
    assert "from 1990" in words(text) and 'name="modified_from" value="1990"' in text
    assert 'href="/dataset/?files_from=1&amp;sort=title"' in text
    assert "0 datasets" in words(page(client, "/dataset/?files_from=1000"))
    assert "without “from 1000”" in words(page(client, "/dataset/?files_from=1000&q=population"))


def test_a_limit_that_cannot_be_read_is_named_beside_its_field(client: FlaskClient) -> None:
    answer = client.get("/ru/dataset/?rows_from=много&q=вода")
    assert answer.status_code == 400
    assert 'href="#rows_from">Укажите целое число' in answer.text
    assert 'value="много" maxlength="20" autocomplete="off" inputmode="numeric" aria-invalid="true"' in answer.text
    assert client.get("/api/v1/datasets?rows_from=много").status_code in (400, 422)
    totals = [client.get(f"/api/v1/datasets?{query}").get_json()["total"] for query in ("files_from=1&limit=0", "limit=0")]
    assert totals == [5, 6]
