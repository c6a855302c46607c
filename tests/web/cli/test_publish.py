"""Publishing from the command line: a folder or a table, described beside or by options, and everything that is wrong told."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from catalog.submitting.service import FOLLOW
from web.cli import main

TABLE = b"station,level\nAqtau,3\nAral,4\n"
ANSWERS = ("--owner", "Water office", "--steward", "A. Steward", "--quality-officer", "Q. Officer", "--legal-basis", "Water Act")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QOIMA_HOME", str(tmp_path / "var"))
    made = tmp_path / "package"
    (made / "data").mkdir(parents=True)
    (made / "data" / "levels.csv").write_bytes(TABLE)
    return made


def package(folder: Path, **changes: Any) -> Path:
    """Write a descriptor of one table, with changes to its resource."""
    fields = [{"name": "station", "type": "string"}, {"name": "level", "type": "integer"}]
    resource = {"name": "levels", "path": "data/levels.csv", "schema": {"fields": fields}, **changes}
    descriptor = {
        "name": "levels", "title": "Levels", "contributors": [{"title": "Water Agency", "roles": ["publisher"]}],
        "licenses": [{"name": "CC-BY-4.0"}], "resources": [resource],
    }  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    return folder


def publish(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["dataset", "publish", str(path), *options])


def opened(folder: Path) -> Catalog:
    return open_catalog(Settings(home=folder.parent / "var"))


def test_a_package_is_published_with_its_files_checked_cut_and_found(folder: Path) -> None:
    done = publish(package(folder), *ANSWERS, "--json")
    assert (done.exit_code, json.loads(done.stdout)["change"]) == (0, "added"), done.output
    catalog = opened(folder)
    entry = catalog.reading.entry(VISITOR, "levels")
    (file,) = entry.files
    assert (file.sha256, file.valid, file.filename) == (hashlib.sha256(TABLE).hexdigest(), True, "levels.csv")
    assert file.made("table.parquet") and catalog.versions.newest(VISITOR, "levels")
    assert catalog.downloads.open(VISITOR, "levels", "levels").sha256 == file.sha256
    assert catalog.searching.search(VISITOR, "levels", {}, language="en").page.total == 1
    with catalog.store.read() as work:
        assert work.jobs.get(FOLLOW, "levels") is None


def test_the_same_package_again_is_unchanged(folder: Path) -> None:
    publish(package(folder), *ANSWERS)
    again = json.loads(publish(folder / "datapackage.json", *ANSWERS, "--json").stdout)
    assert (again["change"], again["revision"]) == ("unchanged", 1)
    (folder / "data" / "levels.csv").write_bytes(TABLE + b"Balqash,5\n")
    changed = json.loads(publish(folder, *ANSWERS, "--json").stdout)
    assert (changed["change"], changed["revision"], changed["files"][0]["rows"]) == ("changed", 2, 3)


def test_everything_that_is_missing_is_told_with_its_path_and_exit_code_1(folder: Path) -> None:
    refused = publish(package(folder), "--owner", "Water office", "--json")
    assert refused.exit_code == 1
    assert [problem["path"] for problem in json.loads(refused.stdout)["problems"]] == [
        "/responsibility/steward", "/responsibility/legal_basis", "/responsibility/quality_officer",
    ]  # fmt: skip
    assert not list((folder.parent / "var" / "files").rglob("*")), "nothing is stored for what cannot be published"


@pytest.mark.parametrize(("resource", "code"), [
    ({"path": "../secret.csv"}, "outside"), ({"path": "/etc/passwd"}, "outside"), ({"path": "data/link.csv"}, "outside"),
    ({"path": "data/none.csv"}, "no-file"), ({"path": ["data/levels.csv", "b.csv"]}, "several-parts"),
    ({"path": None, "data": [[1]]}, "no-path"), ({"hash": "sha256:" + "0" * 64}, "other-bytes"),
])  # fmt: skip
def test_a_package_reaches_only_its_own_files(resource: dict[str, Any], code: str, folder: Path) -> None:
    secret = folder.parent / "secret.csv"
    secret.write_text("password\n1\n")
    (folder / "data" / "link.csv").symlink_to(secret)
    refused = publish(package(folder, **resource), *ANSWERS, "--json")
    told = json.loads(refused.stdout)["problems"]
    assert (refused.exit_code, told[0]["code"], told[0]["path"].partition("/")[2][:11]) == (1, code, "resources/0")


def test_a_table_with_metadata_beside_it(folder: Path) -> None:
    document = {
        "title": {"ru": "Уровни"}, "publisher": {"name": "water", "title": {"ru": "Вода"}},
        "responsibility": {"owner": "O", "steward": "S", "quality_officer": "Q", "legal_basis": {"ru": "Закон"}},
        "distribution": [{"id": "table", "path": "levels.csv", "title": {"ru": "Таблица"}}],
    }  # fmt: skip
    (folder / "data" / "levels.metadata.json").write_text(json.dumps(document))
    done = publish(folder / "data" / "levels.csv", "--licence", "CC-BY-4.0")
    assert done.exit_code == 0, done.output
    dataset = opened(folder).reading.entry(VISITOR, "levels").dataset
    assert (dataset.title, dataset.distribution[0].id) == ({"ru": "Уровни"}, "table")
    assert dataset.distribution[0].license.startswith("http")


def test_a_table_by_options_alone_and_a_dry_run_first(folder: Path) -> None:
    publish(package(folder), *ANSWERS)
    table = folder / "wells.csv"
    table.write_bytes("скважина;глубина\nА-1;30\nА-2;x\n".encode("cp1251"))
    options = ("--title", "Скважины", "--language", "ru", "--agency", "water-agency", *ANSWERS)
    looked = publish(table, *options, "--dry-run")
    assert looked.exit_code == 0 and "nothing was changed" in looked.output
    done = publish(table, *options)
    assert done.exit_code == 0 and "wells: added" in done.output, done.output
    entry = opened(folder).reading.entry(VISITOR, "wells")
    assert (entry.files[0].table or {})["encoding"] == "cp1251"


def test_an_agency_that_is_not_known_is_refused(folder: Path) -> None:
    refused = publish(folder / "data" / "levels.csv", "--agency", "nobody", *ANSWERS)
    assert refused.exit_code == 1 and "/publisher/name" in refused.stderr and "nobody" in refused.stderr


def test_what_was_withdrawn_is_not_published_over(folder: Path) -> None:
    publish(package(folder), *ANSWERS)
    catalog = opened(folder)
    catalog.publishing.withdraw(SYSTEM, "levels", "It was wrong")
    refused = publish(folder, *ANSWERS)
    assert refused.exit_code == 1 and "was withdrawn" in refused.stderr

