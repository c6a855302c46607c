"""What Frictionless accepts but misleads readers is told beside its report, each with what to do."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.tables import codes, problem, schema, types, validate
from tests.payloads import payload

TOWNS = "".join(f"town {n},{n}00,{n}\n" for n in range(1, 40))


def written(path: Path, content: str | bytes, name: str = "t.csv") -> Path:
    (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path / name


def notes(path: Path, sandbox: Sandbox, **options: Any) -> str:
    result = validate(path, sandbox, **options)
    assert result.table is not None, result.problems
    return " ".join(result.table["notes"])


def test_footnotes_are_named_as_such(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, "town,people,area\n" + TOWNS + "Source: census\n* estimated\n")
    assert "last 2 rows look like footnotes, beginning with 'Source: census'" in notes(path, sandbox)
    assert {code for code, _ in codes(validate(path, sandbox))} == {"missing-cell"}


@pytest.mark.parametrize("word", ["Total", "Итого", "Барлығы", "합계", "I alt"])
def test_a_row_of_totals_is_told(word: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert f"looks like a total ('{word}')" in notes(written(tmp_path, f"town,people,area\n{TOWNS}{word},78000,780\n"), sandbox)


@pytest.mark.parametrize("last", ["5,,\n", "town 40,,4\n", "A,,\nB,,\nC,,\n" * 10])
def test_rows_with_gaps_are_no_footnotes(last: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert "footnote" not in notes(written(tmp_path, "town,people,area\n" + TOWNS + last), sandbox)


def test_a_plain_table_has_nothing_to_tell(sandbox: Sandbox, tmp_path: Path) -> None:
    assert notes(written(tmp_path, "town,people,area\n" + TOWNS), sandbox) == ""


def test_title_lines_padded_to_full_width_are_no_header(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, "Towns of the region,,\n,,\ntown,people,area\n" + TOWNS)
    assert list(types(validate(path, sandbox))) == ["town", "people", "area"]
    assert "2 rows stand above the header" in notes(path, sandbox)


def test_group_signs_in_odd_places_are_told(sandbox: Sandbox, tmp_path: Path) -> None:
    declared = schema(price={"type": "number", "groupChar": ".", "decimalChar": ","})
    path = written(tmp_path, 'price\n"1,234.50"\n"1.234,50"\n12.34\n"7,5"\n')
    told = notes(path, sandbox, schema=declared)
    assert "'price': in 2 values '.' does not part thousands, such as '1,234.50'" in told


def test_mixed_conventions_are_told(sandbox: Sandbox, tmp_path: Path) -> None:
    told = notes(written(tmp_path, "id;price\n1;1.50\n2;2,75\n3;1.234,00\n"), sandbox)
    assert "'price' mixes decimal point and comma ('1.50', '2,75')" in told


def test_a_group_sign_of_an_integer_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    declared = schema(n={"type": "integer", "groupChar": ","}, m="integer")
    assert "declare it as number" in notes(written(tmp_path, 'n,m\n"1,000",1\n'), sandbox, schema=declared)


@pytest.mark.parametrize(("pattern", "loose"), [("A|B", True), ("(A|B)", False), ("[A|B]", False), (r"A\|B", False)])
def test_alternatives_of_a_pattern_want_brackets(pattern: str, loose: bool, sandbox: Sandbox, tmp_path: Path) -> None:
    declared = schema(a={"type": "string", "constraints": {"pattern": pattern}})
    told = notes(written(tmp_path, "a\nA\n"), sandbox, schema=declared)
    assert ("write (A|B)" in told) is loose


@pytest.mark.parametrize(("text", "told"), [
    ('id,link\n1,"=HYPERLINK(""http://x"")"\n2,x\n', "formulas for a spreadsheet program, such as '=HYPERLINK('"),
    ("id,n\n1,@SUM(A1)\n2,x\n", "formulas"),
    ("id,n\n1,a\0b\n2,x\n", "1 NUL characters"),
    ("id,n\r1,2\r3,4\r", "lone carriage returns"),
    ("id,n\n1," + "x" * 5_000_000 + "\n2,3\n", "row 2 holds 5.0 million characters"),
    ("id,,n\n1,2,3\n4,5,6\n", "Some columns have no name"),
])  # fmt: skip
def test_odd_cells_are_told(text: str, told: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert told in notes(written(tmp_path, text), sandbox)


@pytest.mark.parametrize("text", ["id,n\n1,-5\n2,-x\n", "id,n\n1,+7 701 000\n2,@home\n", "id,n\n1,a=b\n2,=\n"])
def test_signs_before_texts_are_no_formulas(text: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert "formulas" not in notes(written(tmp_path, text), sandbox)


def test_a_byte_order_mark_is_no_part_of_the_first_label(sandbox: Sandbox, tmp_path: Path) -> None:
    assert list(types(validate(written(tmp_path, "\ufeffid,n\n1,2\n"), sandbox))) == ["id", "n"]


@pytest.mark.parametrize(("name", "pack"), [
    ("t.csv.gz", gzip.compress), ("t.csv.bz2", bz2.compress), ("t.csv.xz", lzma.compress),
])  # fmt: skip
def test_packed_tables(name: str, pack: Any, sandbox: Sandbox, tmp_path: Path) -> None:
    whole = pack(("town,people,area\n" + TOWNS).encode())
    assert validate(written(tmp_path, whole, name), sandbox).valid is True
    torn = validate(written(tmp_path, whole[: len(whole) * 2 // 3], name), sandbox)
    assert (problem(torn), "cut short" in torn.problems[0].message) == ("broken-file", True)


def test_an_archive_in_an_archive_is_not_opened(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(gzip.compress(b"a,b\n1,2\n")), "t.csv.gz")
    assert "holds another archive" in validate(path, sandbox).problems[0].message


def test_an_archive_of_many_tables_names_them(sandbox: Sandbox, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
        archive.writestr("b.csv", "c,d\n1,2\n")
    result = validate(tmp_path / "t.zip", sandbox)
    assert (problem(result), "(a.csv, b.csv)" in result.problems[0].message) == ("several-tables", True)
    assert list(types(validate(tmp_path / "t.zip", sandbox, member="b.csv"))) == ["c", "d"]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_json_of_older_encodings(name: str, encoding: str, sandbox: Sandbox, tmp_path: Path) -> None:
    rows = [{"город": town, "людей": 1000} for town in ("Алматы", "Шымкент", "Павлодар", "Костанай", "Туркестан")]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    text = json.dumps(rows, ensure_ascii=False) if name == "t.json" else lines
    result = validate(written(tmp_path, text.encode(encoding), name), sandbox)
    assert result.table is not None, result.problems
    assert (result.table["sample"][0], result.table["encoding"]) == (["Алматы", "1000"], encoding)


def test_one_sheet_of_many_is_named_and_can_be_chosen(sandbox: Sandbox, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("Readme", "Data"):
        sheet = book.create_sheet(title)
        sheet.append([f"{title} a", "b"])
        sheet.append([1, 2])
    book.save(tmp_path / "t.xlsx")
    assert "The table is the sheet 'Readme'; there are also Data" in notes(tmp_path / "t.xlsx", sandbox)
    assert list(types(validate(tmp_path / "t.xlsx", sandbox, sheet="Data"))) == ["Data a", "b"]
    assert "has no sheet 'X'" in validate(tmp_path / "t.xlsx", sandbox, sheet="X").problems[0].message


def test_merged_headers_of_a_workbook(sandbox: Sandbox, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Region", "2024", None, "2025", None], [None, "births", "deaths", "births", "deaths"], ["A", 1, 2, 3, 4]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    book.save(tmp_path / "t.xlsx")
    assert "Some columns have no name in the header" in notes(tmp_path / "t.xlsx", sandbox)


def test_damaged_utf8_is_said_with_its_place(sandbox: Sandbox, tmp_path: Path) -> None:
    text = bytearray("town,n\nАлматы,1\nШымкент,2\nПавлодар,3\n".encode())
    text[text.index(b"\n", 25) - 3] = 0xFF
    result = validate(written(tmp_path, bytes(text)), sandbox)
    assert problem(result) == "encoding-error"
    assert "in line 3" in result.problems[0].message


def test_a_stated_encoding_that_does_not_hold_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    rows = "".join(f"Алматы Шымкент Павлодар Костанай;{n}\n" for n in range(9))
    path = written(tmp_path, ("город;людей\n" + rows).encode("cp1251"))
    assert "source states the encoding utf-8, but the text is cp1251" in notes(path, sandbox, stated={"encoding": "utf-8"})


def test_letters_too_few_to_tell_are_said(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, "navn;km\nØ;1\nÅ;2\n".encode("cp1252"))
    told = notes(path, sandbox)
    assert "encoding is uncertain; cp1252 was taken" in told


def test_an_unread_format_keeps_its_name(sandbox: Sandbox, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("read me.txt", "")
        archive.writestr("map.shp", "x")
    result = validate(written(tmp_path, made.getvalue(), "t.zip"), sandbox)
    assert result.problems[0].message.startswith(("This file is empty", "This archive holds no table"))


def test_an_open_document_with_an_empty_part_is_read(sandbox: Sandbox) -> None:
    result = validate(payload("i_tabular") / "horror" / "simple.ods", sandbox)
    assert result.table is not None, result.problems
    assert result.table["type"] == "ods"
