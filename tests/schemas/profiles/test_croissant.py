"""Croissant: what is written satisfies the specification and mlcroissant, and every RecordSet loads with its types."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from schemas.access import AccessLevel, AccessRule, Duty
from schemas.dataset import Dataset
from schemas.ml import MLProfile
from schemas.profiles.base import ReadContext
from schemas.profiles.croissant.checking import problems
from schemas.profiles.croissant.statistics import MAX_COLUMNS
from schemas.profiles.published import Published, PublishedTable
from schemas.profiles.standards.croissant import PROFILE
from schemas.table import Category, Field
from tests.builders import SITE, a_dataset, a_distribution
from tests.schemas.profiles.made_tables import a_file, a_table, local_files
from tests.schemas.profiles.rich import rich_dataset

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning"),
]
"""Of rdflib and pandas, as mlcroissant uses them."""


def written(dataset: Dataset, published: Published | None = None, language: str = "en") -> dict[str, Any]:
    context = replace(SITE, published=published or Published(), language=language)
    made: dict[str, Any] = json.loads(PROFILE.write(dataset, context))
    assert problems(made) == []
    return made


def loaded(folder: Path, document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return all records of every RecordSet, as mlcroissant reads them without any network."""
    given = json.loads(json.dumps(document))
    dataset = mlcroissant.Dataset(jsonld=given, mapping=local_files(folder, document))
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    return {one.uuid: list(dataset.records(one.uuid)) for one in dataset.metadata.record_sets}


def one_table(folder: Path, columns: dict[str, Any], fields: list[Field], **changes: Any) -> dict[str, Any]:
    """Return the document of a dataset with one table, `wells`."""
    table = a_table(folder, "wells", columns, fields, **changes)
    return written(a_dataset(distribution=(a_distribution(id="wells"),)), held(folder, table))


def held(folder: Path, *tables: PublishedTable) -> Published:
    originals = {}
    for table in tables:
        path = folder / f"{table.distribution}.csv"
        path.write_bytes("№;Аты\n".encode("cp1251"))
        originals[table.distribution] = a_file(path, media_type="text/csv")
    return Published(
        version="1.2.0", at="2025-07-01T00:00:00Z", files=originals, tables={one.distribution: one for one in tables}
    )


def fields_of(document: dict[str, Any], record_set: str = "wells") -> dict[str, dict[str, Any]]:
    found = next(one for one in document["recordSet"] if one["@id"] == record_set)
    return {field["source"]["extract"]["column"]: field for field in found["field"] if "source" in field}


def test_a_table_is_read_from_its_parquet_whatever_the_original_is(tmp_path):
    document = one_table(
        tmp_path, {"水": [1], "Аты": ["Шу"]}, [Field(name="水", type="integer"), Field(name="Аты", type="string")]
    )
    original, made = document["distribution"]
    assert (original["encodingFormat"], made["encodingFormat"]) == ("text/csv", "application/x-parquet")
    assert {field["source"]["fileObject"]["@id"] for field in fields_of(document).values()} == {made["@id"]}
    assert loaded(tmp_path, document) == {"wells": [{"wells/column": 1, "wells/aty": "Шу".encode()}]}


def test_headers_that_give_one_slug_stay_apart(tmp_path):
    names = ["Depth (m)", "depth m", "DEPTH-M", "水位", "水温"]
    document = one_table(tmp_path, {n: [i] for i, n in enumerate(names)}, [Field(name=n, type="integer") for n in names])
    ((record,),) = loaded(tmp_path, document).values()
    assert list(record.values()) == [0, 1, 2, 3, 4]
    assert all(key.isascii() for key in record)


def test_types_come_back_as_they_were(tmp_path):
    day = datetime.date(2025, 2, 1)
    columns = {"a": ["нет", ""], "b": [False, None], "c": [day, None], "d": [1.5, None], "e": [None, 7],
               "f": [datetime.datetime(2025, 2, 1, 12), None], "g": ["10:00:00", None]}  # fmt: skip
    kinds = ["string", "boolean", "date", "number", "integer", "datetime", "time"]
    document = one_table(tmp_path, columns, [Field(name=n, type=k) for n, k in zip(columns, kinds, strict=True)])
    first, second = loaded(tmp_path, document)["wells"]
    assert (first["wells/a"], first["wells/b"], first["wells/d"], first["wells/e"]) == ("нет".encode(), False, 1.5, None)
    assert (first["wells/c"].date(), first["wells/f"].hour, first["wells/g"]) == (day, 12, b"10:00:00")
    assert (second["wells/a"], second["wells/b"], second["wells/e"]) == (b"", None, 7)


def test_every_type_of_table_schema_has_a_type_that_loads(tmp_path):
    kinds = ["any", "array", "list", "object", "geojson", "geopoint", "duration", "time", "yearmonth", "no-such-type"]
    document = one_table(tmp_path, {kind: ["x"] for kind in kinds}, [Field(name=kind, type=kind) for kind in kinds])
    assert set(loaded(tmp_path, document)["wells"][0].values()) == {b"x"}


def test_splits_are_listed_and_each_is_read_from_its_own_file(tmp_path):
    splits = {"train": {"id": [1, 2]}, "test": {"id": [3]}, "әзірлеу": {"id": [4]}}
    document = one_table(tmp_path, {"id": [1, 2, 3, 4]}, [Field(name="id", type="integer")], splits=splits)
    found = loaded(tmp_path, document)
    assert [row["splits/url"] for row in found["splits"]] == ["cr:TrainingSplit", "cr:TestSplit", "cr:Split"]
    assert [(row["wells.train/id"], row["wells.train/split"]) for row in found["wells.train"]] == [(1, b"train"), (2, b"train")]
    assert [row["wells.test/id"] for row in found["wells.test"]] == [3]
    assert len(found["wells"]) == 4


def test_a_split_may_have_any_name_and_a_table_a_column_named_split(tmp_path):
    splits = {"parquet": {"split": ["x"]}, "original": {"split": ["y"]}}
    document = one_table(tmp_path, {"split": ["x", "y"]}, [Field(name="split", type="string")], splits=splits)
    assert [len(records) for records in loaded(tmp_path, document).values()] == [2, 2, 1, 1]


def test_code_lists_are_enumerations_that_columns_refer_to(tmp_path):
    codes = (Category(value="A", label={"kk": "Алматы", "en": "Almaty"}), Category(value="B"))
    fields = [Field(name="code", type="string", categories=codes), Field(name="kind", constraints={"enum": ["x", "y"]})]
    document = one_table(tmp_path, {"code": ["B", None, "A"], "kind": ["x", "y", "x"]}, fields)
    found = loaded(tmp_path, document)
    assert found["wells.code"][0] == {"wells.code/value": "A", "wells.code/name": "Almaty"}
    assert [row["wells/code"] for row in found["wells"]] == [b"B", None, b"A"]
    assert fields_of(document)["kind"]["references"] == {"field": {"@id": "wells.kind/value"}}


def test_a_foreign_key_is_a_reference_where_it_can_be_followed(tmp_path):
    towns = a_table(
        tmp_path, "towns", {"code": ["a", "b"], "well": [1, 2]}, [Field(name="code"), Field(name="well", type="integer")],
        keys={"primary_key": ("code",), "foreign_keys": (refers("well", "wells", "id"),)},
    )  # fmt: skip
    wells = a_table(
        tmp_path, "wells", {"id": [1, 2], "town": ["b", "b"]}, [Field(name="id", type="integer"), Field(name="town")],
        keys={"primary_key": ("id",), "foreign_keys": (
            refers("town", "towns", "code"), refers("id", "nowhere", "x"), refers("id", "towns", "code"), {"fields": "id"},
        )},
    )  # fmt: skip
    files = (a_distribution(id="wells"), a_distribution(id="towns"))
    document = written(a_dataset(distribution=files), held(tmp_path, wells, towns))
    assert fields_of(document)["town"]["references"] == {"field": {"@id": "towns/code"}}
    assert "references" not in fields_of(document)["id"]
    assert "references" not in fields_of(document, "towns")["well"]  # a circle cannot be read
    assert [row["wells/id"] for row in loaded(tmp_path, document)["wells"]] == [1, 2]


def refers(column: str, resource: str, target: str) -> dict[str, Any]:
    return {"fields": [column], "reference": {"resource": resource, "fields": [target]}}


def test_statistics_are_annotations_with_their_terms(tmp_path):
    profile = {"columns": [{
        "name": "depth", "count": 2, "missing": 1, "invalid": 1, "min": 1.5, "max": 3, "mean": 2.25, "std": float("nan"),
        "quantiles": {"0.5": 2.0},
    }]}  # fmt: skip
    document = one_table(tmp_path, {"depth": [1.5, 3.0]}, [Field(name="depth", type="number")], statistics=profile)
    said = {one["name"]: (one["value"], one["dataType"][1]) for one in fields_of(document)["depth"]["annotation"]}
    assert said == {
        "count": (2, "ddi-stats:c646dd8"), "missing": (2, "ddi-stats:6459c62"), "min": (1.5, "ddi-stats:a1d0ec6"),
        "max": (3, "ddi-stats:8321e79"), "mean": (2.25, "ddi-stats:7975ed0"), "median": (2.0, "ddi-stats:66851a3"),
    }  # fmt: skip
    (rows,) = document["recordSet"][0]["annotation"]
    assert (rows["value"], rows["dataType"]) == (2, ["sc:Integer", "wd:Q4049983"])
    assert len(loaded(tmp_path, document)["wells"]) == 2


def test_a_very_wide_table_is_told_without_the_statistics_of_each_column(tmp_path):
    names = [f"c{number}" for number in range(MAX_COLUMNS + 1)]
    profile = {"columns": [{"name": name, "count": 1} for name in names]}
    document = one_table(tmp_path, {n: [1] for n in names}, [Field(name=n, type="integer") for n in names], statistics=profile)
    assert "annotation" not in fields_of(document)["c0"]


def test_a_table_without_rows_is_only_a_file(tmp_path):
    document = one_table(tmp_path, {"id": []}, [Field(name="id", type="integer")])
    assert ([one["@id"] for one in document["distribution"]], "recordSet" in document) == (["wells.original"], False)


def test_names_and_descriptions_are_in_every_language_and_all_else_in_one(tmp_path):
    text = {"en": "Depth", "kk": "Тереңдігі", "und": "T"}
    table = a_table(tmp_path, "wells", {"d": [1]}, [Field(name="d", type="integer", title=text, description=text, unit="m")])
    dataset = a_dataset(
        title=text, keyword={"en": ("water",), "kk": ("су", "water")}, distribution=(a_distribution(id="wells", title=text),),
        ml=MLProfile(responsible_ai={"dataBiases": {"en": "Rich towns\nare measured more", "kk": "Ығысу"}}),
    )  # fmt: skip
    document = written(dataset, held(tmp_path, table), language="kk")
    assert (document["name"], document["recordSet"][0]["name"], document["@context"]["@language"]) == (text, text, "kk")
    assert fields_of(document)["d"]["description"]["kk"] == "Тереңдігі (m)"
    assert (document["keywords"], document["rai:dataBiases"]) == (["water", "су"], ["Ығысу"])
    assert written(dataset)["rai:dataBiases"] == ["Rich towns", "are measured more"]
    assert len(loaded(tmp_path, document)) == 1


def test_responsible_ai_has_the_names_of_the_specification():
    said = {
        "dataCollectionTimeFrame": "2024-01-01 – 2024-12-31", "dataDataManipulationProtocol": "none", "dataCollection": "by hand",
        "dataReleaseMaintenancePlan": "a\nb", "myOwn": "x",
    }  # fmt: skip
    document = written(a_dataset(ml=MLProfile(responsible_ai={key: {"en": words} for key, words in said.items()})))
    assert {key: value for key, value in document.items() if key.startswith("rai:")} == {
        "rai:dataCollectionTimeframe": ["2024-01-01", "2024-12-31"], "rai:dataManipulationProtocol": "none",
        "rai:dataCollection": "by hand", "rai:dataReleaseMaintenancePlan": "a\nb",
    }  # fmt: skip


def test_terms_of_use_are_the_policy_that_dcat_carries():
    rule = AccessRule(
        level=AccessLevel.RESIDENTS, purposes=("https://a.example/research",), audience=("a b",), count=3, embargo="2026-01-01",
        duties=(Duty(action="attribute"), Duty(action="no-redistribution"), Duty(action="delete after", value="P1Y")),
    )  # fmt: skip
    permission = written(a_dataset(access=rule))["usageInfo"]["odrl:permission"]
    assert permission["odrl:action"] == [{"@id": "odrl:use"}, {"@id": "qoima:train"}]
    assert [(one["odrl:leftOperand"]["@id"], one["odrl:rightOperand"]) for one in permission["odrl:constraint"]] == [
        ("odrl:recipient", {"@id": "qoima:level-residents"}), ("odrl:spatial", {"@id": "qoima:residency"}),
        ("odrl:recipient", ["a b"]), ("odrl:purpose", [{"@id": "https://a.example/research"}]), ("odrl:dateTime", "2026-01-01"),
        ("odrl:count", 3),
    ]  # fmt: skip
    assert permission["odrl:duty"][2]["odrl:action"] == {"@id": "qoima:delete%20after"}
    assert "odrl:permission" not in written(a_dataset(access=AccessRule(level=AccessLevel.CLOSED)))["usageInfo"]


@pytest.mark.parametrize("dataset", [rich_dataset(), a_dataset()], ids=["restricted", "open"])
def test_nothing_about_bytes_is_told_to_those_who_may_not_have_them(tmp_path, dataset):
    document = written(dataset)
    assert "recordSet" not in document
    assert "version" not in document
    assert all("sha256" not in one and "contentSize" not in one for one in document["distribution"])
    assert not mlcroissant.Dataset(jsonld=json.loads(json.dumps(document))).metadata.ctx.issues.errors


def test_terms_of_others_close_the_bytes_of_what_is_read():
    record = {"@type": "sc:Dataset", "name": {"en": "Air", "kk": "Ауа"}, "usageInfo": {"@type": "odrl:Offer"}}
    reading = PROFILE.read(record, ReadContext(language="en"))
    assert (reading.document["title"], reading.document["access"]) == ({"en": "Air", "kk": "Ауа"}, {"level": "closed"})
