"""Code that fetches a file: shown letter by letter as it is, told of delimiter and encoding, with the permanent address."""

import ast
import html
import re

from catalog.records import FileRecord, FileState
from web.pages.snippets import snippets

URL = 'https://data.example.kz/f/a&b"<x>.csv'.replace('"<x>', "%22x")


def file(**table: object) -> FileRecord:
    return FileRecord(dataset="a", distribution="b", state=FileState.STORED, table=table)


def test_what_is_shown_is_the_code_itself() -> None:
    for one in snippets(URL, file(encoding="utf-8"), "CSV"):
        assert html.unescape(re.sub(r"<[^>]+>", "", str(one.html))) == one.code
        assert URL in one.code


def test_python_snippets_can_be_parsed() -> None:
    for form in ("CSV", "TSV", "PARQUET", "XLSX", "GEOJSON"):
        for one in snippets(URL, file(encoding="cp1251", dialect={"csv": {"delimiter": ";"}}), form):
            if one.title not in ("curl", "DuckDB"):
                ast.parse(one.code)


def test_libraries_are_told_of_delimiter_and_encoding() -> None:
    code = {one.title: one.code for one in snippets(URL, file(encoding="cp1251", dialect={"csv": {"delimiter": ";"}}), "CSV")}
    assert 'sep=";", encoding="cp1251"' in code["pandas"]
    assert 'separator=";", encoding="cp1251"' in code["polars"]
    assert "DuckDB" not in code


def test_a_format_without_libraries_still_has_curl() -> None:
    assert [one.title for one in snippets(URL, None, "ZIP")] == ["curl"]
