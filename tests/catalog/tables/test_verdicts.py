"""Where Frictionless alone would be misled, our copy, dialect and schema keep its verdict right."""

from pathlib import Path

import pytest

from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.tables import codes, problem, schema, types, validate


def _file(path: Path, text: str, encoding: str = "utf-8", name: str = "t.csv") -> Path:
    (path / name).write_bytes(text.encode(encoding))
    return path / name


def test_a_decimal_comma_is_a_number(sandbox: Sandbox, tmp_path: Path) -> None:
    result = validate(_file(tmp_path, "id;price\n" + "".join(f"{n};{n},50\n" for n in range(60))), sandbox)
    assert result.valid is True
    assert types(result) == {"id": "integer", "price": "number"}


def test_leading_zeros_stay_text(sandbox: Sandbox, tmp_path: Path) -> None:
    assert types(validate(_file(tmp_path, "code,n\n007,1\n012,2\n"), sandbox)) == {"code": "string", "n": "integer"}


def test_rows_count_from_the_top_of_the_file(sandbox: Sandbox, tmp_path: Path) -> None:
    rows = "".join(f"{n},{n}\n" for n in range(60))
    result = validate(_file(tmp_path, f"A title\n\nregion,people\n{rows}7,many\n"), sandbox)
    assert codes(result) == [("type-error", 64)]


def test_the_schema_declared_decides(sandbox: Sandbox, tmp_path: Path) -> None:
    path = _file(tmp_path, "id,name\n1,a\nx,b\n")
    assert codes(validate(path, sandbox, schema=schema(id="integer", name="string"))) == [("type-error", 3)]


def test_labels_that_differ_in_capitals_are_wrong_and_said(sandbox: Sandbox, tmp_path: Path) -> None:
    result = validate(_file(tmp_path, "Id,name\n1,a\n"), sandbox, schema=schema(id="integer", name="string"))
    assert codes(result) == [("incorrect-label", None)]
    assert result.table is not None
    assert any("capital letters" in note for note in result.table["notes"])


def test_dates_that_would_be_guessed_are_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    declared = schema(day={"type": "date", "format": "any"})
    assert problem(validate(_file(tmp_path, "day\n2024\n"), sandbox, schema=declared)) == "schema-error"


@pytest.mark.parametrize(("cell", "field"), [
    ("sNaN", {"type": "number", "constraints": {"minimum": 1}}),
    ("2024-01-05T10:00:00", {"type": "datetime", "constraints": {"minimum": "2020-01-01T00:00:00Z"}}),
])  # fmt: skip
def test_a_value_that_breaks_the_reader_ends_in_a_problem_at_its_cell(
    cell: str, field: dict[str, object], sandbox: Sandbox, tmp_path: Path
) -> None:
    result = validate(_file(tmp_path, f"b,a\nx,\ny,{cell}\n"), sandbox, schema=schema(b="string", a=field))
    assert problem(result) == "value-error"
    assert f"Row 3, column 'a': '{cell}' cannot be compared" in result.problems[0].message


def test_an_unclosed_quote_is_said_with_its_line(sandbox: Sandbox, tmp_path: Path) -> None:
    result = validate(_file(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n7,8\n'), sandbox)
    assert result.table is not None
    assert any("line 3 is never closed" in note for note in result.table["notes"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_cyrillic_in_its_encodings(encoding: str, sandbox: Sandbox, tmp_path: Path) -> None:
    towns = ("Алматы", "Караганда", "Шымкент", "Павлодар", "Костанай", "Туркестан", "Петропавловск", "Уральск")
    text = "Город;Население\n" + "".join(f"{town};{n}000\n" for n, town in enumerate(towns * 4, 1))
    result = validate(_file(tmp_path, text, encoding), sandbox)
    assert result.valid is True
    assert result.table is not None
    assert result.table["sample"][0] == ["Алматы", "1000"]


def test_a_late_letter_decides_over_the_whole_file(sandbox: Sandbox, tmp_path: Path) -> None:
    text = "name,n\n" + "plain,1\n" * 20_000 + "Köln,2\n"
    result = validate(_file(tmp_path, text, "cp1252"), sandbox)
    assert result.valid is True
    assert result.table is not None
    assert (result.table["encoding"], result.table["rows"]) == ("cp1252", 20_001)


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.json"])
def test_a_web_page_is_said_to_be_one(name: str, sandbox: Sandbox, tmp_path: Path) -> None:
    path = _file(tmp_path, "<!DOCTYPE html><html><body>Sign in</body></html>", name=name)
    assert problem(validate(path, sandbox, format="CSV")) == "web-page"


@pytest.mark.parametrize(("name", "text"), [
    ("t.json", '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]'),
    ("t.json", '{"total": 2, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}'),
    ("t.json", '[["a", "b"], [1, "x"], [2, "y"]]'),
    ("t.ndjson", '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'),
    ("t.json", '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'),
    ("t.geojson", '{"type": "FeatureCollection", "features": [{"properties": {"a": 1, "b": "x"}, "geometry": null},'
                  ' {"properties": {"a": 2, "b": "y"}, "geometry": null}]}'),
    ("t.tsv", "a\tb\n1\tx\n2\ty\n"),
    ("t.csv", "a|b\r\n1|x\r\n2|y\r\n"),
])  # fmt: skip
def test_tables_in_their_forms(name: str, text: str, sandbox: Sandbox, tmp_path: Path) -> None:
    result = validate(_file(tmp_path, text, name=name), sandbox)
    assert result.valid is True
    assert types(result) == {"a": "integer", "b": "string"}
    assert result.table is not None
    assert result.table["sample"] == [["1", "x"], ["2", "y"]]


def test_an_archive_names_the_table_it_holds(sandbox: Sandbox, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("readme.txt", "Please read this first.")
        archive.writestr("data/table.csv", "a,b\n1,2\n")
        archive.writestr("datapackage.json", "{}")
    result = validate(tmp_path / "t.zip", sandbox)
    assert result.valid is True
    assert result.table is not None
    assert result.table["notes"] == ["The table is data/table.csv in the archive."]
