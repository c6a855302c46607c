"""A Croissant document is tried out in the sandbox for every version, and offered only when everything loaded."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog.access import SYSTEM, VISITOR, harvester
from catalog.bootstrap import Catalog
from catalog.errors import NotFound
from catalog.publishing import Origin
from catalog.records import PARQUET
from catalog.tables.croissant import trying
from catalog.tables.sandbox import Sandbox
from schemas.access import AccessLevel, AccessRule
from schemas.ml import MLProfile, SplitRecipe
from schemas.profiles.standards.croissant import PROFILE
from tests.builders import SITE, a_dataset, a_distribution
from tests.catalog.library import NAME, SOURCE, Library

ROWS = "id;Аты;күні;бар\n1;Шу;2024-02-01;true\n2;Іле;2024-03-01;\n".encode("cp1251", "replace")


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


def describe(library: Library, *ids: str, **changes: Any) -> None:
    """Publish the dataset as its agency describes it, with a licence and a publisher."""
    library.publish(*ids)
    files = tuple(a_distribution(id=i, download_url=f"https://example.org/{i}") for i in ids)
    origin = Origin(source=SOURCE, kind="ckan", files="copy")
    dataset = a_dataset(**{"name": NAME, "distribution": files} | changes)
    library.catalog.publishing.publish(harvester(SOURCE), dataset, "harvested", origin)


def result(library: Library) -> dict[str, Any]:
    return dict(library.versions()[0].croissant or {})


def test_a_version_is_tried_out_once_and_then_offered(library: Library) -> None:
    describe(library, "a", "b")
    library.release(a=ROWS, b=b"x,y\n1,2\n")
    croissants = library.catalog.croissants
    with pytest.raises(NotFound, match="not tried out yet"):
        croissants.document(VISITOR, NAME)
    assert (croissants.check_waiting(), croissants.check_waiting()) == (1, 0)
    assert (result(library)["valid"], result(library)["loaded"]) == (True, {"a": 1, "b": 1})
    assert result(library)["tables"] == {"a": "a", "b": "b"}
    assert croissants.offered(VISITOR, library.catalog.reading.entry(VISITOR, NAME))
    document = croissants.document(VISITOR, NAME)
    assert document["version"] == "1.0.0"
    assert document["distribution"][0]["contentUrl"].endswith(f"/dataset/{NAME}/versions/1/files/a/a.csv")
    assert document["distribution"][1]["contentUrl"].endswith(f"/dataset/{NAME}/versions/1/made/a/{PARQUET}")
    assert croissants.document(VISITOR, NAME, 1) == document


def test_statistics_come_from_the_profile_of_the_table(library: Library) -> None:
    describe(library, "a")
    library.release(a=b"depth\n1\n3\n")
    library.catalog.croissants.check_waiting()
    (field,) = library.catalog.croissants.document(VISITOR, NAME)["recordSet"][0]["field"]
    said = {one["name"]: one["value"] for one in field["annotation"]}
    assert (said["count"], said["min"], said["max"], said["mean"]) == (2, 1, 3, 2)


def test_splits_of_a_recipe_load(library: Library) -> None:
    recipe = SplitRecipe(key=("id",), salt="s", ratios={"train": 0.5, "test": 0.5})
    describe(library, "a", ml=MLProfile(splits=recipe))
    library.release(a=b"id\n" + b"".join(b"%d\n" % number for number in range(40)))
    library.catalog.croissants.check_waiting()
    assert result(library)["loaded"] == {"splits": 1, "a": 1, "a.train": 1, "a.test": 1}


def test_what_is_missing_is_said_and_tried_again_once_it_is_described(library: Library) -> None:
    library.release(a=b"x\n1\n")
    croissants = library.catalog.croissants
    assert (croissants.check_waiting(), croissants.check_waiting()) == (1, 0)
    with pytest.raises(NotFound, match=r"licence is missing.*creator or publisher"):
        croissants.document(VISITOR, NAME)
    assert not croissants.offered(VISITOR, library.catalog.reading.entry(VISITOR, NAME))
    describe(library, "a")
    assert croissants.check_waiting() == 1
    assert croissants.document(VISITOR, NAME)["recordSet"][0]["@id"] == "a"


def test_a_licence_that_is_taken_back_takes_the_document_with_it(library: Library) -> None:
    describe(library, "a")
    library.release(a=b"x\n1\n")
    library.catalog.croissants.check_waiting()
    describe(library, "a", distribution=(a_distribution(id="a", download_url="https://example.org/a", license=""),))
    with pytest.raises(NotFound, match="licence is missing"):
        library.catalog.croissants.document(VISITOR, NAME)


def test_who_may_not_have_the_bytes_learns_nothing_of_them(library: Library) -> None:
    describe(library, "a", access=AccessRule(level=AccessLevel.CLOSED))
    library.release(a=ROWS)
    library.catalog.croissants.check_waiting()
    told, whole = library.catalog.croissants.document(VISITOR, NAME), library.catalog.croissants.document(SYSTEM, NAME)
    assert "recordSet" in whole
    assert not {"recordSet", "version"} & set(told)
    for secret in (library.versions()[0].files[0].sha256, "Аты", "versions/1", PARQUET):
        assert secret not in json.dumps(told, ensure_ascii=False)
    with pytest.raises(NotFound):
        library.catalog.croissants.document(VISITOR, NAME, 1)


def test_there_is_nothing_to_describe_before_a_version(library: Library) -> None:
    describe(library, "a")
    with pytest.raises(NotFound, match="nothing that Croissant could load"):
        library.catalog.croissants.document(VISITOR, NAME)


def test_a_table_that_does_not_load_is_said(library: Library, tmp_path: Path) -> None:
    describe(library, "a")
    library.release(a=b"x\n1\n")
    version = library.versions()[0]
    (file,) = version.files
    made = next(made for made in file.derived if made.name == PARQUET)
    with library.catalog.files_store.local(made.sha256) as path:
        path.chmod(0o644)
        path.write_bytes(b"damaged")
    library.catalog.croissants.check_waiting()
    assert not result(library)["valid"]
    assert "Hash of downloaded file" in result(library)["problems"][0]


def try_out(tmp_path: Path, document: dict[str, Any], files: dict[str, Path]) -> Any:
    path = tmp_path / "croissant.json"
    path.write_text(json.dumps(document), "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    paths = [str(one) for one in files.values()]
    job = {"job": "croissant", "mapping": {place: str(one) for place, one in files.items()}, "reads": paths}
    with Sandbox() as sandbox:
        return sandbox.run(path, job, folder)


@pytest.fixture
def whole(library: Library, tmp_path: Path) -> tuple[dict[str, Any], Path]:
    """Return a document with one table, and the Parquet of it outside the store."""
    describe(library, "a")
    library.release(a=b"x\n1\n2\n")
    document = library.catalog.croissants.draft(NAME)
    path = tmp_path / PARQUET
    path.write_bytes(b"".join(library.catalog.files_store.stream(document["distribution"][1]["sha256"])))
    return document, path


def test_a_file_that_is_not_given_is_not_fetched(whole: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    document, _ = whole
    answer = try_out(tmp_path, document, {})
    assert answer["loaded"] == {}
    assert answer["problems"]


def test_only_the_given_files_are_read(whole: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    document, path = whole
    job = {"job": "croissant", "mapping": {"a.parquet": str(path)}, "reads": []}
    (tmp_path / "croissant.json").write_text(json.dumps(document), "utf-8")
    (tmp_path / "folder").mkdir()
    with Sandbox() as sandbox:
        answer: Any = sandbox.run(tmp_path / "croissant.json", job, tmp_path / "folder")
    assert answer["problems"]
    assert answer["loaded"] == {}


def test_of_a_big_table_the_first_rows_are_loaded(
    whole: tuple[dict[str, Any], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, path = whole
    monkeypatch.setattr(trying, "BIG", 10)
    monkeypatch.setattr(trying, "HEAD", 1)
    (tmp_path / "croissant.json").write_text(json.dumps(document), "utf-8")
    job = {"path": str(tmp_path / "croissant.json"), "mapping": {"a.parquet": str(path)}, "folder": str(tmp_path)}
    assert trying.try_out(job) == {"loaded": {"a": 1}, "problems": [], "shortened": ["a.parquet"]}


def test_the_profile_writes_what_is_offered(library: Library) -> None:
    describe(library, "a")
    library.release(a=b"x\n1\n")
    library.catalog.croissants.check_waiting()
    entry = library.catalog.reading.entry(VISITOR, NAME)
    url = library.catalog.settings.public_url
    held = library.catalog.versions.held(VISITOR, entry, url, statistics=True)
    context = replace(SITE, base_url=url, site_title=library.catalog.settings.site_title, published=held)
    exported = library.catalog.reading.exported(entry, VISITOR, url)
    assert json.loads(PROFILE.write(exported, context)) == library.catalog.croissants.document(VISITOR, NAME)
