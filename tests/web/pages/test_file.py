"""The file page: facts, first rows, columns, and a validation report that says what to do."""

from flask.testing import FlaskClient

from tests.web.pages.test_dataset import page, words


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
