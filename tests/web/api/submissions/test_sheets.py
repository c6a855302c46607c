"""A spreadsheet of metadata becomes datasets, all of them or none, and what is wrong is told by row and column."""

import io
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.errors import NotFound
from tests.cast import OTHER_AGENCY
from tests.web.api.submissions.test_datasets import HOME, wells, with_table
from web.cli import main

HEADER = "name;title;title:ru;agency;url;format;licence;frequency;keyword;owner;steward;quality_officer;legal_basis"


def sheet(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def row(name: str, **changes: str) -> str:
    values = dict(zip(HEADER.split(";"), f"{name};T;Т;water-agency;;;;;;O;S;Q;Act".split(";"), strict=True))
    return ";".join((values | changes).values())


def send(client: FlaskClient, content: bytes, query: str = "") -> Any:
    return client.post(f"{HOME}/import{query}", data={"file": (io.BytesIO(content), "list.csv")})


def test_rows_become_datasets_and_the_same_again_changes_nothing(client: FlaskClient, catalog: Catalog) -> None:
    content = sheet(row("wells", url="https://water.example/w.csv", format="CSV", licence="CC-BY-4.0"), row("rivers"))
    assert send(client, content, "?dry_run=true").json == {"rows": 2, "datasets": [], "problems": []}
    done = send(client, content)
    assert [(one["row"], one["change"]) for one in done.json["datasets"]] == [(2, "added"), (3, "added")], done.text
    dataset = catalog.reading.entry(SYSTEM, "wells").dataset
    assert (dict(dataset.title), dataset.distribution[0].download_url) == (
        {"en": "T", "ru": "Т"}, "https://water.example/w.csv",
    )  # fmt: skip
    assert [one["change"] for one in send(client, content).json["datasets"]] == ["unchanged", "unchanged"]


def test_one_wrong_row_and_nothing_is_changed(client: FlaskClient, catalog: Catalog) -> None:
    content = sheet(
        row("wells"), row("Rivers!"), row("lakes", licence="free for all"), row("wells"), row("ponds", agency="road-agency"),
        row("bogs", owner="", url="nowhere"),
    )  # fmt: skip
    refused = send(client, content)
    assert refused.status_code == 400
    assert {one["path"] for one in refused.json["problems"]} == {"/rows/4/licence", "/rows/5/name"}
    refused = send(client, sheet(row("wells"), row("Rivers!"), row("ponds", agency="road-agency"), row("bogs", url="nowhere")))
    assert {one["path"] for one in refused.json["problems"]} == {"/rows/3/name", "/rows/4/name", "/rows/5/url"}, refused.text
    with pytest.raises(NotFound):
        catalog.reading.entry(SYSTEM, "wells")


def test_a_row_changes_only_what_it_says(client: FlaskClient, catalog: Catalog) -> None:
    client.post(HOME, data=with_table(wells(distribution=[{"id": "levels"}], version="7")))
    done = send(client, b"name,title:ru\nwells,\xd0\x92\xd0\xbe\xd0\xb4\xd0\xb0\n")
    assert done.status_code == 200, done.text
    entry = catalog.reading.entry(SYSTEM, "wells")
    assert (dict(entry.dataset.title), entry.dataset.version) == ({"en": "Wells", "ru": "Вода"}, "7")
    assert entry.files[0].valid and entry.files[0].sha256


def test_workbooks_and_what_is_none(client: FlaskClient, catalog: Catalog) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in (HEADER, row("wells")):
        book.worksheets[0].append(line.split(";"))
    book.save(packed := io.BytesIO())
    assert send(client, packed.getvalue()).json["rows"] == 1
    for bad in (b"PK\x03\x04 nothing", b"\xff\xfe\x00", b"name\n", b"", b'name,title\n"wells', b"colour\nred\n"):
        assert send(client, bad).status_code == 400, bad


def test_others_import_nothing(acting: Any, catalog: Catalog) -> None:
    assert send(acting(OTHER_AGENCY), sheet(row("wells"))).status_code == 400
    assert send(acting(None), sheet(row("wells"))).status_code == 401
    with catalog.store.read() as work:
        assert not work.datasets.taken(["wells"])


def test_the_command_tells_rows_and_columns(client: FlaskClient, catalog: Catalog, tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("QOIMA_HOME", str(catalog.settings.home))
    path = tmp_path / "list.csv"
    path.write_bytes(sheet(row("wells"), row("lakes", frequency="now and then")))
    refused = CliRunner().invoke(main, ["dataset", "import", str(path)])
    assert refused.exit_code == 1 and "/rows/3/frequency" in refused.stderr
    path.write_bytes(sheet(row("wells")))
    assert "wells added" in CliRunner().invoke(main, ["dataset", "import", str(path)]).stdout
