"""Parquet holds what Frictionless' cell readers read, cell for cell, however quickly it was made."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from catalog.records import PARQUET
from catalog.tables import cells
from catalog.tables.convert import Converted, Making, Misfit, make_parquet
from catalog.tables.copying import Copy, copied
from catalog.tables.guards import NotATable
from catalog.tables.infer import infer_schema
from catalog.tables.job import run_job
from catalog.tables.limits import LIMITS
from catalog.tables.personal import scanning
from catalog.tables.screen import Pace, validated
from catalog.tables.validate import descriptor
from schemas.table import Field, TableSchema
from tests.catalog.tables import slow
from tests.catalog.tables.screen.generate import Made, made
from tests.catalog.tables.tables import schema

Table = tuple[Converted, pyarrow.Table]


def copy_of(folder: Path, text: str, delimiter: str = ",") -> Copy:
    """Return a copy as the job makes it of a CSV file with this text."""
    (folder / "copy.csv").write_bytes(text.encode())
    labels = next(csv.reader(text.splitlines(), delimiter=delimiter))
    return Copy(path=folder / "copy.csv", kind="csv", encoding="utf-8", delimiter=delimiter, header=0, labels=tuple(labels))


def convert(folder: Path, text: str, declared: dict[str, Any]) -> Table:
    found = make_parquet(copy_of(folder, text), declared, folder)
    return found, parquet.read_table(folder / PARQUET)


def column(folder: Path, texts: Sequence[str], **field: Any) -> pyarrow.ChunkedArray:
    """Return a column `a` of quoted texts, beside a column that keeps rows from being blank."""
    quoted = (text.replace('"', '""') for text in texts)
    declared = schema(a=field, b="string")
    return convert(folder, "a,b\n" + "".join(f'"{text}",x\n' for text in quoted), declared)[1]["a"]


def same(found: Any, expected: Any) -> bool:
    return found == expected or (found != found and expected != expected)


def differences(copy: Copy, declared: dict[str, Any], folder: Path) -> list[Any]:
    """Return where the Parquet and the slow conversion are not the same."""
    found = make_parquet(copy, declared, folder)
    table = parquet.read_table(folder / PARQUET)
    expected = slow.converted(copy, declared)
    wrong: list[Any] = []
    if found.invalid != tuple(one.invalid for one in expected):
        wrong.append((found.invalid, [one.invalid for one in expected]))
    for index, one in enumerate(expected):
        values = table.column(index).to_pylist()
        if len(values) != len(one.values):
            wrong.append((index, len(values), len(one.values)))
        wrong += [(index, *pair) for pair in zip(values, one.values, strict=False) if not same(*pair)]
    return wrong


@pytest.fixture(autouse=True)
def _limit_of_fields() -> None:
    csv.field_size_limit(LIMITS.record)


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, 100, 50)], ids=str)
def test_generated_tables_are_read_alike(seeds: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in seeds:
        given = made(seed)
        monkeypatch.setattr(cells, "BLOCK", given.piece)
        monkeypatch.setattr(cells, "_CELL", 0)
        (tmp_path / "given.csv").write_bytes(given.content)
        options = {"encoding": given.encoding, "delimiter": given.delimiter, "filename": "given.csv"}
        try:
            copy = copied(tmp_path / "given.csv", tmp_path, options)
        except (NotATable, UnicodeDecodeError):
            continue
        if not isinstance(copy, Copy):
            continue
        declared = given.schema or infer_schema(copy.labels, cells.blocks(copy, len(copy.labels)))
        try:
            assert (seed, differences(copy, declared, tmp_path)) == (seed, [])
        except Misfit:
            continue
        if seed % 3:
            continue
        assert (seed, watched(copy, declared, tmp_path, given)) == (seed, (make_parquet(copy, declared, tmp_path), True))


def watched(copy: Copy, declared: dict[str, Any], folder: Path, given: Made) -> tuple[Converted, bool]:
    """Make the Parquet from what the screen reads; tells also whether it is the same as when the table is read for it alone."""
    make_parquet(copy, declared, folder)
    alone = parquet.read_table(folder / PARQUET)
    looked: list[int] = []
    making = Making(copy, declared, folder, lambda frame: looked.append(frame.height))
    try:
        seen = validated(copy, declared, given.limit, Pace(fewest=0, piece=given.piece, cell=0), making.watch).watched
    except (ArithmeticError, TypeError):
        seen = False
    if not seen:
        looked.clear()
        making.read(lambda frame: looked.append(frame.height))
    found = making.made()
    table = parquet.read_table(folder / PARQUET)
    return found, sum(looked) == found.rows and table.schema == alone.schema and str(table.to_pylist()) == str(alone.to_pylist())


def test_a_table_is_read_once_for_its_report_and_its_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a,b\n" + "".join(f"{number},x\n" for number in range(2_000))
    (tmp_path / "given.csv").write_text(text)
    monkeypatch.setattr(cells, "Tokens", lambda *options: pytest.fail("The table is read again."))
    monkeypatch.setattr(scanning, "search_file", lambda *options, **more: pytest.fail("The table is looked through again."))
    declared = schema(a="integer", b="string")
    answer = run_job({"path": str(tmp_path / "given.csv"), "folder": str(tmp_path), "filename": "given.csv", "schema": declared})
    assert (answer["valid"], answer["table"]["rows"], answer["made"][0]["rows"]) == (True, 2_000, 2_000)
    assert parquet.read_table(tmp_path / PARQUET)["a"].to_pylist() == list(range(2_000))


NASTY = (
    "", "NA", "-", "0", "1", "-1", "007", "+5", "-0", " 7", "7\n", "\xa05", "1_000", "١٢", "99999999999999999999",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9" * 38, "9" * 39, "12.0",
    "1e3", "0x10", "1,000", "²", "NaN", "sNaN", "Infinity", "-inf", "  ", ".5", "5.", "+.5", "1e5", "1.0e400", "1e-400",
    "1_0.5", "١.٥", " 1.5 ", "1,5", "1 000", "$5", "5%", "1.234,50", "12.34", "1.1", "0.1234567890123456", "123456789012345678",
    "0.30000000000000004", "43.238949000000001", "0.1000000000000000055511151231257827", "12345678901234567890.123456789",
    "2024-01-05", "2024-1-5", " 2024-01-05", "2024/01/05", "0000-01-01", "10000-01-01", "9999-12-31", "2023-02-29",
    "2024-02-29", "2024-01-05T10:11:12", "2024-01-05T10:11:12Z", "2024-01-05T10:11:12+0500", "2024-01-05 10:11:12",
    "2024-01-05T10:11:12.123Z", "2024-01-05T10:11:12,5", "2024-01-05T24:00:00", "2024-01-05T10:11:60", "2024-01-05T10:11Z",
    "0001-01-01T00:00:00+0500", "9999-12-31T23:59:59-05:00", "2024-02-29T00:00:00", "2023-02-29T00:00:00",
    "10:11:12", "10:11:12Z", "10:11:12.5", "24:00:00", "10:11", "true", "True", "TRUE", "tRue", "false", "yes", "t", "2024",
    " 202", "+202", "2_24", "٢٠٢٤", "24", "-001", "[1,2]", "{}", '{"a":1}', "null", "P1D", "2024-01", "1,2", "a@b.kz",
    "\ufeff", "\x00", "e\u0301", "😀", "a\nb", "a\r\nb", 'say "no"', "ABC-1234\n", "ABC-1234", "\u2028", ";", ",",
)  # fmt: skip
FIELDS = (
    {"type": "integer"}, {"type": "integer", "bareNumber": False}, {"type": "integer", "constraints": {"minimum": 0}},
    {"type": "integer", "missingValues": ["", "0"]}, {"type": "integer", "constraints": {"required": True}},
    {"type": "number"}, {"type": "number", "decimalChar": ","}, {"type": "number", "decimalChar": ",", "groupChar": "."},
    {"type": "number", "groupChar": " "}, {"type": "number", "bareNumber": False}, {"type": "number", "floatNumber": True},
    {"type": "number", "constraints": {"minimum": 1, "maximum": 100}}, {"type": "boolean"}, {"type": "date"},
    {"type": "boolean", "trueValues": ["yes", "1"], "falseValues": ["-"]}, {"type": "date", "format": "%Y/%m/%d"},
    {"type": "date", "constraints": {"minimum": "2024-01-01"}}, {"type": "datetime"}, {"type": "time"}, {"type": "year"},
    {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"}, {"type": "string"}, {"type": "string", "constraints": {"maxLength": 3}},
    {"type": "string", "constraints": {"pattern": r"[A-Z]{3}-\d{4}"}}, {"type": "string", "format": "email"}, {"type": "any"},
    {"type": "string", "constraints": {"enum": ["NA", "a@b.kz"]}}, {"type": "string", "missingValues": []}, {"type": "array"},
    {"type": "object"}, {"type": "geopoint"}, {"type": "duration"}, {"type": "yearmonth"}, {"type": "geojson"},
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nasty_texts_are_read_alike(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("t")
    fields = data.draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4))
    rows = data.draw(st.lists(st.lists(st.sampled_from(NASTY), max_size=len(fields) + 1), max_size=12))
    declared = schema(**{f"f{index}": field for index, field in enumerate(fields)})
    with (folder / "copy.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[field["name"] for field in declared["fields"]], *rows])
    labels = tuple(field["name"] for field in declared["fields"])
    copy = Copy(path=folder / "copy.csv", kind="csv", encoding="utf-8", delimiter=",", header=0, labels=labels)
    assert differences(copy, declared, folder) == []


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_nasty_text_alone_is_read_alike(field: dict[str, Any], tmp_path: Path) -> None:
    for text in NASTY:
        with (tmp_path / "copy.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["a", "b"], [text, "x"], [text, "x"]])
        copy = Copy(path=tmp_path / "copy.csv", kind="csv", encoding="utf-8", delimiter=",", header=0, labels=("a", "b"))
        assert (text, differences(copy, schema(a=field, b="string"), tmp_path)) == (text, [])


def test_types_are_those_of_the_schema(tmp_path: Path) -> None:
    kinds = {"integer": "1", "number": "1.5", "boolean": "true", "date": "2024-01-05", "datetime": "2024-01-05T10:11:12",
             "time": "10:11:12", "year": "2024", "string": "1"}  # fmt: skip
    _, table = convert(tmp_path, f"{','.join(kinds)}\n{','.join(kinds.values())}\n", schema(**{kind: kind for kind in kinds}))
    assert [str(kind) for kind in table.schema.types] == [
        "int64", "double", "bool", "date32[day]", "timestamp[us]", "time64[us]", "int64", "string",
    ]  # fmt: skip
    assert table.to_pylist() == [{
        "integer": 1, "number": 1.5, "boolean": True, "date": date(2024, 1, 5), "datetime": datetime(2024, 1, 5, 10, 11, 12),
        "time": time(10, 11, 12), "year": 2024, "string": "1",
    }]  # fmt: skip


def test_times_with_a_zone_become_utc(tmp_path: Path) -> None:
    found = column(tmp_path, ["2024-01-05T10:11:12Z", "2024-01-05T10:11:12+05:00"], type="datetime")
    assert found.type == pyarrow.timestamp("us", "UTC")
    assert found.to_pylist()[1] == datetime(2024, 1, 5, 5, 11, 12, tzinfo=UTC)


def test_times_with_and_without_a_zone_stay_texts(tmp_path: Path) -> None:
    texts = ["2024-01-05T10:11:12Z", "2024-01-05T10:11:12"]
    assert column(tmp_path, texts, type="datetime").to_pylist() == texts


def test_numbers_that_floats_would_round_become_decimals(tmp_path: Path) -> None:
    found = column(tmp_path, ["0.1", "12345678901234567.89"], type="number")
    assert found.to_pylist() == [Decimal("0.10"), Decimal("12345678901234567.89")]


def test_numbers_written_from_floats_stay_floats(tmp_path: Path) -> None:
    assert column(tmp_path, ["0.30000000000000004", f"{1 / 3:.17g}"], type="number").type == pyarrow.float64()


def test_numbers_past_every_decimal_are_rounded_and_said(tmp_path: Path) -> None:
    found, table = convert(tmp_path, f"a\n{'1' * 30}.{'1' * 30}\n0.5\n", schema(a="number"))
    assert table["a"].to_pylist()[1] == 0.5
    assert any("rounded, in column 'a'" in note for note in found.notes)


def test_a_value_that_comes_late_changes_the_whole_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "BLOCK", 256)
    texts = [str(number) for number in range(2000)] + [str(10**20)]
    found, table = convert(tmp_path, "a\n" + "".join(f"{text}\n" for text in texts), schema(a="integer"))
    assert (found.rows, table["a"].to_pylist()) == (2001, [Decimal(text) for text in texts])


def test_wrong_cells_become_null_and_are_counted_and_said(tmp_path: Path) -> None:
    found, table = convert(tmp_path, "a,b\n1,x\ntwo,y\n,z\n4\n5,z,7\n", schema(a="integer", b="string"))
    assert (found.invalid, found.made) == ((1, 0), {"name": PARQUET, "rows": 5, "nulled": 1})
    assert table.to_pydict() == {"a": [1, None, None, 4, 5], "b": ["x", "y", "z", None, "z"]}
    assert found.notes == ("1 invalid cells are null in Parquet, in column 'a'.",)


def test_rows_without_any_text_are_left_out(tmp_path: Path) -> None:
    _, table = convert(tmp_path, 'a,b\n\n1,2\n,\n"",""\n3,4\n\n', schema(a="integer", b="integer"))
    assert table["a"].to_pylist() == [1, 3]


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    found, table = convert(tmp_path, "a,b\n", schema(a="datetime", b="string"))
    assert (found.rows, table.column_names) == (0, ["a", "b"])


@pytest.mark.parametrize(("text", "words"), [("a\n1\n", "1 columns and its schema 2 fields"), ("b,a\n1,2\n", "stands elsewhere")])
def test_columns_that_are_not_those_of_the_schema_are_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Misfit, match=words):
        convert(tmp_path, text, schema(a="string", b="string"))


def test_what_is_known_of_the_columns_stands_in_the_file(tmp_path: Path) -> None:
    declared = schema(a={"type": "number", "title": "Масса", "description": "Of the catch", "unit": "kg"})
    _, table = convert(tmp_path, "a\n1\n", declared)
    about = table.schema.field("a").metadata
    assert (about[b"title"].decode(), about[b"description"], about[b"unit"]) == ("Масса", b"Of the catch", b"kg")
    assert json.loads(table.schema.metadata[b"tableSchema"]) == declared


def test_a_declared_schema_keeps_what_is_known_of_its_fields(tmp_path: Path) -> None:
    mass = Field(name="a", type="number", title={"ru": "Масса"}, unit="kg", missing_values=("-",), constraints={"minimum": 0})
    found, table = convert(tmp_path, "a\n-\n-1\n2\n", descriptor(TableSchema(fields=(mass,))))
    about = table.schema.field("a").metadata
    assert (about[b"title"].decode(), about[b"unit"]) == ("Масса", b"kg")
    assert (table["a"].to_pylist(), found.invalid) == ([None, None, 2.0], (1,))


def test_groups_are_small_and_indexed(tmp_path: Path) -> None:
    convert(tmp_path, "a\n" + "".join(f"{number}\n" for number in range(25_000)), schema(a="integer"))
    facts = parquet.ParquetFile(tmp_path / PARQUET).metadata
    group = [facts.row_group(index) for index in range(facts.num_row_groups)]
    assert [one.num_rows for one in group] == [10_000, 10_000, 5_000]
    assert group[1].column(0).statistics.min == 10_000
    assert (group[0].column(0).compression, group[0].column(0).has_offset_index) == ("ZSTD", True)


def test_long_texts_make_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.tables.writer._GROUP_BYTES", 2**20)
    monkeypatch.setattr(cells, "BLOCK", 2**18)
    found, table = convert(tmp_path, "a\n" + f"{'x' * 10_000}\n" * 400, schema(a="string"))
    assert (found.rows, parquet.ParquetFile(tmp_path / PARQUET).metadata.num_row_groups > 2) == (400, True)
    assert table["a"].to_pylist() == ["x" * 10_000] * 400
