"""Passports of data.egov.kz become datasets in the languages they are really written in."""

from typing import Any

import pytest

from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext, Reading
from schemas.profiles.portals.egovkz import READER

CONTEXT = ReadContext(base_url="https://portal")


def reading(passport: Any = None, uri: str = "some_set", **more: Any) -> Reading:
    return READER.read({"entry": {"apiUri": uri, "nameRu": "Имя"}, "version": "v2", "passport": passport or {}, **more}, CONTEXT)


def read(passport: Any = None, **more: Any) -> Any:
    dataset, problems = load_dataset(reading(passport, **more).document)
    assert dataset is not None, problems
    return dataset


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("Отходы", "Отходы", "Отходы"), {"ru": "Отходы"}),
        (("Отходы", "Қалдықтар", "Отходы"), {"ru": "Отходы", "kk": "Қалдықтар"}),
        (("Қалдықтар", "Қалдықтар", ""), {"kk": "Қалдықтар"}),
        (("Отходы", "Қалдықтар", "Waste"), {"ru": "Отходы", "kk": "Қалдықтар", "en": "Waste"}),
    ],
)
def test_copies_are_dropped_for_the_language_they_are_in(given: tuple[str, str, str], kept: dict[str, str]) -> None:
    assert read(dict(zip(("nameRu", "nameKk", "nameEn"), given, strict=True))).title == kept


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (1704067200000, "2024-01-01T00:00:00Z"), ("2024-02-03", "2024-02-03"), ("12.02.2024 10:30", "2024-02-12T10:30:00+06:00"),
        ("12.03.2024 10:30", "2024-03-12T10:30:00+05:00"), ("", ""), ("when ready", ""), (None, ""),
    ],
)  # fmt: skip
def test_dates_come_in_three_forms_and_two_zones(given: Any, expected: str) -> None:
    assert read({"modifiedDate": given}).modified == expected


@pytest.mark.parametrize(
    ("word", "code"), [("HALF_YEAR", "ANNUAL_2"), ("YEAR", "ANNUAL"), ("AS_NEEDED", "IRREG"), ("daily", "DAILY")]
)
def test_the_pace_of_updates_is_known(word: str, code: str) -> None:
    assert read({"actualizeType": word}).accrual_periodicity.endswith(f"/{code}")


def test_a_licence_is_never_guessed() -> None:
    dataset = read()
    assert (dataset.distribution[0].license, dataset.license_asserted, "en" in dataset.rights) == ("", False, True)


def test_fields_become_columns_in_the_order_and_spelling_of_the_rows() -> None:
    fields = {"id": {"type": "int", "pk": True, "labelRu": "Код"}, "b": {"type": "Double", "pk": False}, "a": {"type": "String"}}
    facts = {"rows": 2, "columns": {"a": ["string"], "Id": ["integer"], "b": ["integer", "number"], "extra": ["string"]}}
    schema = read({"fields": fields}, data=facts).distribution[0].table_schema
    assert [(field.name, field.type) for field in schema.fields] == [
        ("a", "string"), ("Id", "integer"), ("b", "number"), ("extra", "string")]  # fmt: skip
    assert (schema.primary_key, schema.fields[1].title) == (("Id",), {"ru": "Код"})


def test_a_passport_without_rows_is_published_and_says_so() -> None:
    given = reading({"nameRu": "Имя"}, data={"rows": 0, "columns": {}})
    assert [(problem.code, problem.severity) for problem in given.problems] == [("no-rows", "notice")]


def test_an_external_address_as_apiuri_gets_a_name_of_its_own() -> None:
    first, second = (read(uri=f"https://{host}.example/api/data/waste") for host in ("a", "b"))
    assert first.name.startswith("waste-") and first.name != second.name
    assert first.landing_page == "https://portal/datasets/view?index=https://a.example/api/data/waste"


def test_hosted_rows_come_through_the_proxy() -> None:
    assert read(hosted=True).distribution[0].access_url == "https://portal/proxy/some_set"
    assert read().distribution[0].access_url == "https://portal/api/v4/some_set/v2"


def test_long_agency_names_that_begin_alike_stay_apart() -> None:
    names = [read({"responsible": {"fullnameRu": "Агентство " * 12 + tail}}).publisher.name for tail in ("один", "два")]
    assert len(set(names)) == 2


@pytest.mark.parametrize("body", [None, [], {}, {"entry": None}, {"entry": {"apiUri": 5.5, "nameRu": []}, "failure": "500"}])
def test_junk_becomes_problems(body: Any) -> None:
    given = READER.read(body, CONTEXT)
    assert given.document == {} and given.problems


@pytest.mark.parametrize(
    "junk", [{"fields": 5}, {"fields": {"a": None}}, {"keywords": {"a": 1}, "responsible": [], "categories": [None, 5, {}]}]
)
def test_members_of_wrong_types_are_left_out(junk: Any) -> None:
    assert read(junk).title == {"ru": "Имя"}
