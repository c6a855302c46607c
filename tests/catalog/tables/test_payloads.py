"""Real tables of real portals: each ends in a report or in a clear Problem, and detection is right where the truth is known."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.tables.dialect import detect_dialect
from catalog.tables.encoding import detect_encoding
from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.tables import validate
from tests.payloads import payload

TRUE_NAMES = {"windows-1251-russian": "cp1251", "EUC-KR": "cp949", "iso-8859-1": "cp1252"}
CLEAR = {"not-a-table", "no-table", "web-page", "unreadable", "empty-file", "broken-file", "password", "schema-error",
         "several-tables", "encoding-error"}


def _all(folder: Path) -> list[Path]:
    left_out = {"parameters", "clean"}  # answers to a survey, and its files once more
    return sorted(f for f in folder.rglob("*") if f.is_file() and not left_out & set(f.relative_to(folder).parts))


def _fates(files: list[Path]) -> dict[Path, str]:
    def fates(share: list[Path]) -> dict[Path, str]:
        with Sandbox() as sandbox:
            results = {path: validate(path, sandbox) for path in share}
        return {path: r.problems[0].code if r.valid is None else "report" for path, r in results.items()}

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(fates, (files[::2], files[1::2]))
    return first | second


@pytest.mark.parametrize(("folder", "step", "reports"), [
    ("i_tabular", 1, 120), ("h_frictionless", 1, 20), ("j_conformance/frictionless-py", 4, 35), ("j_conformance/csvlint", 1, 14),
])  # fmt: skip
def test_every_file_ends_in_a_report_or_a_clear_problem(folder: str, step: int, reports: int) -> None:
    """Of one folder every fourth file is tried here, and all by `python -m tests.catalog.tables.sweep`."""
    fates = _fates(_all(payload(folder))[::step])
    assert {path.name: fate for path, fate in fates.items() if fate != "report" and fate not in CLEAR} == {}
    assert list(fates.values()).count("report") >= reports


def test_encodings_are_told_by_their_bytes() -> None:
    wrong = []
    for path in _all(payload("j_conformance/encodings")):
        content = path.read_bytes()
        true = TRUE_NAMES.get(path.parent.name, path.parent.name)
        if content.decode(detect_encoding(path).name).lstrip("\ufeff") != content.decode(true).lstrip("\ufeff"):
            wrong.append(path.name)
    assert wrong == []


def test_delimiters_agree_with_the_survey() -> None:
    survey = payload("i_tabular/pollock_survey_sample")
    wrong = []
    for path in sorted((survey / "csv").iterdir()):
        true = json.loads((survey / "parameters" / f"{path.name}_parameters.json").read_text("utf-8"))
        head = path.read_text(detect_encoding(path).name)[:200_000]
        if detect_dialect(head[: head.rfind("\n") + 1] or head).delimiter != true["delimiter"]:
            wrong.append(path.name)
    assert wrong in ([], ["vissim_data_conf2473_i7_v1987.csv"])  # it holds semicolons; the survey says comma
