"""Code that fetches a file: shown letter by letter as it is, told of delimiter and encoding, with the permanent address."""

import ast
import html
import re

from catalog.records import FileRecord, FileState
from web.pages.snippets import Addresses, as_published, snippets

URL = 'https://data.example.kz/f/a&b"<x>.csv'.replace('"<x>', "%22x")
TO = Addresses(URL, f"{URL}/table.parquet", f"{URL}/rows.json?length=10&a=1", f"{URL}/rows.csv", f"{URL}/croissant.jsonld", "a")


def file(**table: object) -> FileRecord:
    return FileRecord(dataset="a", distribution="b", state=FileState.STORED, table=table)


def test_what_is_shown_is_the_code_itself() -> None:
    for one in (*as_published(TO, file(encoding="utf-8"), "CSV"), *snippets(TO)):
        assert html.unescape(re.sub(r"<[^>]+>", "", str(one.html))) == one.code
        assert URL in one.code


def test_python_snippets_can_be_parsed() -> None:
    for form in ("CSV", "TSV", "PARQUET", "XLSX", "GEOJSON"):
        for one in as_published(TO, file(encoding="cp1251", dialect={"csv": {"delimiter": ";"}}), form):
            if one.title not in ("curl", "DuckDB", "R"):
                ast.parse(one.code)


def test_libraries_are_told_of_delimiter_and_encoding() -> None:
    published = as_published(TO, file(encoding="cp1251", dialect={"csv": {"delimiter": ";"}}), "CSV")
    code = {one.title: one.code for one in published}
    assert 'sep=";", encoding="cp1251"' in code["pandas"]
    assert 'separator=";", encoding="cp1251"' in code["polars"]
    assert 'sep = ";", fileEncoding = "cp1251"' in code["R"]
    assert "DuckDB" not in code


def test_a_format_without_libraries_still_has_curl() -> None:
    assert [one.title for one in as_published(TO, None, "ZIP")] == ["curl"]


def test_a_table_is_read_from_parquet_whatever_the_file_was() -> None:
    code = {one.title: one.code for one in snippets(TO)}
    assert list(code) == ["curl", "pandas", "polars", "DuckDB", "datasets", "mlcroissant", "R", "Rows API"]
    assert [title for title in code if TO.parquet in code[title]] == ["curl", "pandas", "polars", "DuckDB", "datasets"]


def test_croissant_is_not_shown_before_it_was_tried_out() -> None:
    assert "mlcroissant" not in [one.title for one in snippets(Addresses(URL, f"{URL}/table.parquet"))]
