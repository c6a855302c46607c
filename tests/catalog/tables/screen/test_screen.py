"""The screen's report is Frictionless' own: generated tables, recorded ones, and each case that a screen could get wrong."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.tables.copying import Copy, copied
from catalog.tables.screen import Pace, Verdict, validated
from tests.catalog.tables.screen import payloads
from tests.catalog.tables.screen.cells import disputed
from tests.catalog.tables.screen.compare import agreed, compared
from tests.catalog.tables.screen.generate import made
from tests.catalog.tables.tables import schema

FAILED_ONCE = (5_370,)
TODAY = date.today().toordinal() * 1_000
SCREEN = Pace(fewest=0, piece=4_000, cell=0)


def _copy(folder: Path, text: str) -> Copy:
    (folder / "given.csv").write_bytes(text.encode())
    copy = copied(folder / "given.csv", folder, {"filename": "given.csv", "encoding": "utf-8", "delimiter": ","})
    assert isinstance(copy, Copy)
    return copy


def _same(folder: Path, text: str, declared: dict[str, Any], limit: int = 1_000, pace: Pace = SCREEN) -> Verdict:
    """Return the verdict of the screen, which must be that of Frictionless alone."""
    copy = _copy(folder, text)
    assert agreed(copy, declared, limit, pace).difference == ""
    return validated(copy, declared, limit, pace)


def test_generated_tables_get_the_same_report(tmp_path: Path) -> None:
    paths: Counter[str] = Counter()
    for seed in (*FAILED_ONCE, *range(TODAY, TODAY + 150)):
        outcome = compared(made(seed), tmp_path)
        assert outcome.difference == "", seed
        paths[outcome.path] += 1
    assert paths["screen"] > 0.85 * paths.total()


def test_cells_at_the_edge_are_judged_as_by_the_reader() -> None:
    assert [(seed, found[:3]) for seed in range(TODAY, TODAY + 400) if (found := disputed(seed, texts=100))] == []


def test_recorded_tables_get_the_same_report() -> None:
    outcomes = [outcome for _, outcome in payloads.outcomes("i_tabular", largest=150_000)]
    assert {outcome.difference for outcome in outcomes} == {""}
    assert sum(outcome.path == "screen" for outcome in outcomes) > 90


ROWS = "".join(f"{n},{n % 7}\n" for n in range(600))
PAIR = schema(a="integer", b="integer")
UNIQUE = schema(a={"type": "integer", "constraints": {"unique": True}}, b="integer")


def test_rows_are_numbered_from_the_top_of_the_file(tmp_path: Path) -> None:
    verdict = _same(tmp_path, f'A title\n"over\nlines"\na,b\n{ROWS}x,1\n', PAIR)
    assert [error["rowNumber"] for error in verdict.report["tasks"][0]["errors"]] == [604]
    assert verdict.facts["rows_total"] == 601


def test_a_repeat_names_the_row_before_it_in_whatever_block(tmp_path: Path) -> None:
    verdict = _same(tmp_path, f"a,b\n{ROWS}5,1\n{ROWS.replace(',', '9999,')}5,1\n 5,1\n", UNIQUE)
    notes = [error["note"] for error in verdict.report["tasks"][0]["errors"]]
    assert notes == [f"the same as in the row at position {row}" for row in (7, 602, 1203)]


@pytest.mark.parametrize("missing", [["", "0"], [""], ["0"]])
def test_a_missing_number_is_no_repeat(missing: list[str], tmp_path: Path) -> None:
    assert _same(tmp_path, f"a,b\n{ROWS}0,1\n00,2\n,3\n,4\n", UNIQUE | {"missingValues": missing}).facts["path"] == "screen"


def test_totals_go_on_where_the_limit_of_errors_stops_the_report(tmp_path: Path) -> None:
    verdict = _same(tmp_path, f"a,b\n{ROWS}x,1\n,\n\n1\n1,2,3\n" + "y,z\n" * 50 + ROWS, UNIQUE, limit=3)
    assert verdict.facts | {"by": {}} == {
        "path": "screen", "why": "", "rows_total": 1255, "errors_listed": 3, "errors_total": 707, "by": {},
    }  # fmt: skip
    assert verdict.facts["by"] == {
        "": {"blank-row": 2, "extra-cell": 1}, "a": {"type-error": 51, "unique-error": 602},
        "b": {"missing-cell": 1, "type-error": 50},
    }  # fmt: skip


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", '"', '"\n'])
def test_a_limit_reached_in_the_last_row(end: str, tmp_path: Path) -> None:
    assert _same(tmp_path, f"a,b\n{ROWS}1,x{end}", schema(a="integer", b="string"), limit=1).facts["path"] == "screen"
    assert _same(tmp_path, f'a,b\n{ROWS}x,"x{end}', PAIR, limit=1).facts["path"] == "screen"


@pytest.mark.parametrize("label", ["a,a", "a", "a,b,c", ",b", "A,b"])
@pytest.mark.parametrize("limit", [0, 1, 2])
def test_labels_that_are_wrong(label: str, limit: int, tmp_path: Path) -> None:
    _same(tmp_path, f"{label}\n{ROWS}", PAIR, limit)


@pytest.mark.parametrize("cell", [
    "\ufeff7", "a\rb", '"a\nb"', '"a\n\nb"', "\0", "x\u2028y", 'a"b', '"a"b', '""', '"', "\x85", '"a""b"', '"\r"',
])  # fmt: skip
def test_cells_that_cut_lines_or_records(cell: str, tmp_path: Path) -> None:
    text = "a,b\n" + ROWS.replace("\n55,", f"\n{cell},").replace("\n300,", f"\n\n{cell},") + f"{cell},{cell}\n" + ROWS
    assert _same(tmp_path, text, schema(a="string", b="integer"), 0, Pace(fewest=0, piece=700, cell=0)).facts["path"] == "screen"


def test_a_record_longer_than_many_pieces(tmp_path: Path) -> None:
    long = '"' + "x\n" * 3_000 + '"'
    assert _same(tmp_path, f"a,b\n{ROWS}{long},1\n{ROWS}", schema(a="string", b="integer"), 0).facts["path"] == "screen"


@pytest.mark.parametrize(("declared", "why"), [
    (PAIR | {"primaryKey": ["a"]}, "primary key"),
    (PAIR | {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}]}, "foreign keys"),
    (schema(a={"type": "string", "constraints": {"unique": True}}, b="integer"), "holds no integers"),
])  # fmt: skip
def test_what_frictionless_reads_whole(declared: dict[str, Any], why: str, tmp_path: Path) -> None:
    verdict = _same(tmp_path, f"a,b\n{ROWS}", declared)
    assert verdict.facts["path"] == "frictionless"
    assert why in verdict.facts["why"]


def test_integers_beyond_64_bits_hand_over_only_a_unique_column(tmp_path: Path) -> None:
    text = f"a,b\n{ROWS}{2**63},1\n{2**63},2\n"
    assert _same(tmp_path, text, PAIR).facts["path"] == "screen"
    assert "64 bits" in _same(tmp_path, text, UNIQUE).facts["why"]


def test_small_tables_go_to_frictionless_alone(tmp_path: Path) -> None:
    assert validated(_copy(tmp_path, f"a,b\n{ROWS}"), PAIR).facts["why"] == "The table is small."
    assert validated(_copy(tmp_path, f"a,b\n{ROWS}{ROWS}"), PAIR).facts["path"] == "screen"


def test_a_value_that_breaks_the_reader_breaks_out_the_same(tmp_path: Path) -> None:
    declared = schema(a={"type": "number", "constraints": {"minimum": 1}}, b="integer")
    copy = _copy(tmp_path, f"a,b\n{ROWS}sNaN,1\n")
    assert agreed(copy, declared, 0, SCREEN).path == "raises"
    assert agreed(copy, declared, 0, SCREEN).difference == ""
