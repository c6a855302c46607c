"""Files made to harm end in a Problem that says so, within limits; the next file is read as if nothing had been."""

import gzip
import io
import json
import os
import socket
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.tables.limits import LIMITS
from catalog.tables.sandbox import Sandbox
from schemas.problems import Problem
from tests.catalog.tables.bombs import BOMBS, Bomb, explode, outcome
from tests.catalog.tables.tables import QUICK, cells, problem, schema, validate, workbook


@pytest.fixture(autouse=True)
def _the_next_file_is_read(sandbox: Sandbox, tmp_path: Path):  # type: ignore[no-untyped-def]
    yield
    good = tmp_path / "good.csv"
    good.write_text("a,b\n1,2\n")
    assert validate(good, sandbox).valid is True


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("bomb", [bomb for bomb in BOMBS if not bomb.slow], ids=lambda bomb: bomb.name)
def test_each_bomb_comes_to_its_end_and_leaves_nothing(bomb: Bomb, sandbox: Sandbox, tmp_path: Path) -> None:
    result = explode(bomb, sandbox, tmp_path)
    assert outcome(result) == bomb.expected
    assert all(problem.message.endswith(".") for problem in result.problems)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_line_of_many_megabytes_in_gzip(sandbox: Sandbox, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(80):
            file.write(b"a" * 2**20)
    result = validate(_written(tmp_path / "bomb.csv.gz", packed.getvalue()), sandbox)
    assert problem(result) == "bomb"
    assert "unpacks to far more" in result.problems[0].message


def test_a_line_longer_than_a_record_may_be(sandbox: Sandbox, tmp_path: Path) -> None:
    path = _written(tmp_path / "line.csv", b"a,b\n1," + b"x" * (LIMITS.record + 2**20) + b"\n")
    assert "longer than 16 MB" in validate(path, sandbox).problems[0].message


def test_a_quote_that_swallows_megabytes(sandbox: Sandbox, tmp_path: Path) -> None:
    path = _written(tmp_path / "quote.csv", b'a,b\n1,"' + b"x,y\n" * 5_000_000)
    assert "A quote opened in line 2 takes in more than 16 MB" in validate(path, sandbox).problems[0].message


def test_a_zip_that_unpacks_without_end(sandbox: Sandbox, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("t.csv", "w") as member:
        for _ in range(80):
            member.write(b"a,b\n" * 2**18)
    assert "unpacks to far more" in validate(tmp_path / "bomb.zip", sandbox).problems[0].message


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576"])
def test_a_workbook_with_a_stray_cell_far_away(place: str, sandbox: Sandbox, tmp_path: Path) -> None:
    sheet = cells(("A1", 1), ("XFD2", 1), (place, 1))
    result = validate(_written(tmp_path / "far.xlsx", workbook(sheet)), sandbox)
    assert problem(result) == "not-a-table"
    assert "stray cells" in result.problems[0].message


@pytest.mark.parametrize("claim", ["A1:XFD1048576", "A1:A1"])
def test_a_workbook_that_lies_about_its_extent_is_read_by_its_cells(claim: str, sandbox: Sandbox, tmp_path: Path) -> None:
    sheet = f'<dimension ref="{claim}"/>' + cells(*((f"A{row}", row) for row in range(1, 51)))
    result = validate(_written(tmp_path / "lie.xlsx", workbook(sheet)), sandbox)
    assert result.table is not None
    assert result.table["rows"] == 49


def test_a_workbook_that_declares_entities(sandbox: Sandbox, tmp_path: Path) -> None:
    head = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    result = validate(_written(tmp_path / "entities.xlsx", workbook(cells(("A1", 1)), head)), sandbox)
    assert "entities" in result.problems[0].message


@pytest.mark.parametrize("document", ["[" * 200_000, "[" * 200_000 + "]" * 200_000, '{"a":' * 200_000 + "1" + "}" * 200_000])
def test_json_nested_without_end(document: str, sandbox: Sandbox, tmp_path: Path) -> None:
    result = validate(_written(tmp_path / "deep.json", document.encode()), sandbox)
    assert "nested more than" in result.problems[0].message


def test_brackets_within_texts_are_no_depth(sandbox: Sandbox, tmp_path: Path) -> None:
    records = [{"a": "[" * 500 + '\\"' + "{" * 500, "b": "\\"}, {"a": "x", "b": '"'}]
    assert validate(_written(tmp_path / "flat.json", json.dumps(records).encode()), sandbox).valid is True


@pytest.mark.parametrize("declared", [None, schema(a="integer")])
def test_too_many_columns(declared: object, sandbox: Sandbox, tmp_path: Path) -> None:
    line = ",".join(f"c{n}" for n in range(20_000)).encode()
    result = validate(_written(tmp_path / "wide.csv", line + b"\n" + line + b"\n"), sandbox, schema=declared)
    assert problem(result) == "not-a-table"
    assert "20,000 columns" in result.problems[0].message


def test_a_pattern_that_never_ends_is_stopped(sandbox: Sandbox, tmp_path: Path) -> None:
    declared = schema(a={"type": "string", "constraints": {"pattern": "(a+)+$"}})
    path = _written(tmp_path / "pattern.csv", b"a\n" + b"a" * 60 + b"!\n")
    assert problem(validate(path, sandbox, schema=declared)) == "too-slow"


def test_nothing_is_fetched_for_a_schema(sandbox: Sandbox, tmp_path: Path) -> None:
    path = _written(tmp_path / "t.csv", b"a\n1\n")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.json"
        for declared in (
            {"$schema": address, "fields": [{"name": "a", "type": "integer"}]},
            {"fields": [{"$ref": address}]},
            {"fields": address},
            {"$ref": address, "fields": [{"name": "a"}], "profile": address},
            {"fields": [{"name": "a"}], "foreignKeys": [
                {"fields": ["a"], "reference": {"resource": "sqlite:////etc/x.db", "fields": ["a"]}}]},
        ):  # fmt: skip
            result = validate(path, sandbox, schema=declared)
            assert result.valid is not None or problem(result) in {"schema-error", "unreadable"}
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_zip_holding_a_link_out_is_only_text(sandbox: Sandbox, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("t.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    result = validate(tmp_path / "link.zip", sandbox)
    assert "root" not in str(result.table)


@pytest.mark.parametrize("size", [0, 1, 7, 100])
def test_torn_files(size: int, sandbox: Sandbox, tmp_path: Path) -> None:
    whole = {"t.csv.gz": gzip.compress(b"a,b\n1,2\n" * 99), "t.xlsx": workbook(cells(("A1", 1))), "t.parquet": b"PAR1" * 9}
    for name, content in whole.items():
        result = validate(_written(tmp_path / name, content[:size]), sandbox)
        assert result.problems or result.valid is not None


def test_a_child_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    path = _written(tmp_path / "fat.json", b"[" + b"{}," * 8_000_000 + b"{}]")
    with Sandbox(replace(QUICK, memory=300 * 2**20)) as small:
        answer = small.run(path, {"filename": "fat.json"}, tmp_path)
    assert isinstance(answer, Problem)
    assert answer.code == "too-much-memory"


def test_a_zygote_that_dies_is_started_again(tmp_path: Path) -> None:
    path = _written(tmp_path / "t.csv", b"a\n1\n")
    with Sandbox(QUICK) as sandbox:
        assert validate(path, sandbox).valid is True
        assert sandbox._zygote is not None
        os.kill(sandbox._zygote.pid, 9)
        sandbox._zygote.wait()
        assert validate(path, sandbox).valid is True
