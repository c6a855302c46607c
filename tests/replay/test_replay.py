"""Every recorded answer of AI Hub, data.egov.kz and DMI, replayed on loopback, is harvested: nothing is lost silently."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from harvesters.http import HttpClient, Limits
from harvesters.sources.egovkz import SOURCE as EGOVKZ
from schemas.access import AccessLevel
from tests.loopback import Loopback, Route, loopback
from tests.payloads import payload
from tests.replay import portals
from tests.replay.harvest import Harvested, fetching, harvest, source

FAST = Limits(backoff=0.01, backoff_max=0.01, retries=1)


@contextmanager
def served(routes: dict[str, Route]) -> Iterator[tuple[Loopback, HttpClient]]:
    """Serve a portal and give a guarded client that may reach it and nothing else."""
    with loopback(routes) as portal, HttpClient(allow=[portal.host], limits=FAST) as http:
        yield portal, http


def replay(kind: str, routes: dict[str, Route], secrets: Mapping[str, str] | None = None, **options: Any) -> Harvested:
    """Harvest a served portal to its end."""
    with served(routes) as (portal, http):
        given = {name: value.format(url=portal.url) for name, value in options.items()}
        return harvest(fetching(source(kind, portal.url, **given), http, secrets=secrets))


def codes(found: Harvested) -> dict[str, list[str]]:
    return {key: [problem.code for problem in problems] for key, problems in found.failed.items()}


@pytest.fixture(scope="module")
def aihub() -> Harvested:
    payload("d_korea/aihub/aihub_catalog.json")
    return replay("aihub", portals.aihub(list_status=502), site="{url}", catalogue="{url}/catalogue.json", pages="no")


def test_every_aihub_dataset_is_read_although_the_portal_answers_502(aihub: Harvested) -> None:
    assert (len(aihub.datasets), aihub.failed, aihub.problems) == (805, {}, [])


def test_aihub_datasets_without_a_recorded_tree_say_so(aihub: Harvested) -> None:
    assert [key for key, notes in aihub.notes.items() if "not-found" not in [note.code for note in notes]] == ["86"]


def test_aihub_files_carry_size_words_and_split_but_no_link_to_bytes(aihub: Harvested) -> None:
    files = aihub.datasets["86"].distribution
    assert [(file.size_text, file.raw["split"], file.download_url, file.byte_size) for file in files] == [
        ("10 MB", "training", "", None), ("8 MB", "training", "", None),
        ("969 KB", "validation", "", None), ("1 MB", "validation", "", None),
    ]  # fmt: skip


def test_aihub_stays_for_residents(aihub: Harvested) -> None:
    assert {dataset.access.level for dataset in aihub.datasets.values()} == {AccessLevel.RESIDENTS}


def test_aihub_details_reach_the_dataset(aihub: Harvested) -> None:
    details = {str(entry["id"]): entry for entry in portals.read_json("d_korea/aihub/aihub_catalog_detail.json")}
    for key, dataset in aihub.datasets.items():
        entry = details[key]
        told = (dataset.ml.domain, dataset.ml.data_type, dataset.ml.build_year, dataset.modified, len(dataset.theme))
        assert told == (entry["field"], entry["type"], entry["year"], entry["updated"], 1)
        assert (dataset.raw["views"], dataset.raw["downloads"]) == (entry["views"], entry["downloads"])


def test_aihub_keys_without_tree_and_details_become_problems() -> None:
    found = replay("aihub", portals.aihub(), pages="no")
    assert (list(found.datasets), len(found.failed)) == (["86"], 804)
    assert {code for listed in codes(found).values() for code in listed} >= {"not-found"}


def test_every_open_api_of_korea_is_read_without_its_agency_in_the_title() -> None:
    found = replay("datagokr", portals.datagokr())
    assert (len(found.datasets), found.failed, found.problems) == (2996, {}, [])
    for dataset in found.datasets.values():
        assert dataset.publisher and not dataset.title["ko"].startswith(dataset.publisher.title["ko"] + "_")
    assert {len(dataset.theme) for dataset in found.datasets.values()} == {1, 2}
    assert [note.code for notes in found.notes.values() for note in notes] == ["not-an-address"] * 4


def test_every_crawled_entry_of_kazakhstan_is_read_or_reported() -> None:
    entries = portals.crawl_entries()
    found = replay("egovkz", portals.egovkz(entries, {}))
    assert (len(entries), len(found.datasets), found.failed) == (431, 408, {})
    assert found.codes == ["repeated-identifier"] * 23 + ["fewer-than-counted"]
    assert len({dataset.name for dataset in found.datasets.values()}) == 408


def test_crawled_datasets_state_no_licence() -> None:
    found = replay("egovkz", portals.egovkz(portals.crawl_entries()[:20], {}))
    assert {file.license for dataset in found.datasets.values() for file in dataset.distribution} == {""}


@pytest.fixture(scope="module")
def hosted() -> Harvested:
    payload("e_kazakhstan/passport_and_data")
    return replay("egovkz", portals.egovkz(*portals.passports()), secrets={"key": "k-123"})


def test_passports_are_read_and_the_failing_proxy_is_a_problem(hosted: Harvested) -> None:
    assert sorted(hosted.datasets) == sorted(portals.PASSPORTS)
    assert codes(hosted) == {portals.FAILED_PROXY: ["not-fetched", "missing", "missing"]}


def test_columns_follow_the_rows_where_the_passport_spells_or_types_them_otherwise(hosted: Harvested) -> None:
    schema = hosted.datasets["waste_volume_by_type"].distribution[0].table_schema
    assert schema is not None
    assert [(field.name, field.type) for field in schema.fields] == [
        ("Id", "string"), ("volume", "number"), ("waste_ru", "string"), ("waste_kz", "string")]  # fmt: skip
    assert schema.primary_key == ("Id",)
    assert [note.code for note in hosted.notes["waste_volume_by_type"]] == ["renamed-column", "wrong-type"]


def test_kazakh_copies_of_russian_names_are_dropped(hosted: Harvested) -> None:
    assert sorted(hosted.datasets["opendata-api-uri493"].title) == ["en", "ru"]
    assert sorted(hosted.datasets["waste_volume_by_type"].title) == ["en", "kk", "ru"]


def test_the_key_of_kazakhstan_is_sent_and_never_stored() -> None:
    with served(portals.egovkz(*portals.passports())) as (portal, http):
        run = fetching(source("egovkz", portal.url), http, secrets={"key": "k-123"})
        found = harvest(run)
        dataset = found.datasets["waste_volume_by_type"]
        url = EGOVKZ.file_url(run, dataset, dataset.distribution[0])
        assert len(http.get_json(url)["data"]) == 285
    assert url.endswith("/proxy/waste_volume_by_type?apiKey=k-123")
    assert "k-123" not in str(found)


def test_dmi_collections_are_read_and_the_extract_is_the_recorded_table() -> None:
    address = [""]
    with served(portals.dmi(address)) as (portal, http):
        address[0] = portal.url
        run = fetching(source("dmi", portal.url, services="metObs", forecast="no"), http)
        found = harvest(run)
        extract = found.datasets["metObs/observation"].distribution[1]
        features = http.get_json(extract.download_url)["features"]
    assert (sorted(found.datasets), found.failed, found.problems) == (["metObs/observation", "metObs/station"], {}, [])
    assert found.datasets["metObs/observation"].service[0].endpoint_description == f"{portal.url}/v2/metObs/api"
    properties = [*features[0]["properties"], "longitude", "latitude"]
    assert extract.table_schema is not None
    assert (len(features), [field.name for field in extract.table_schema.fields]) == (200, properties)


@pytest.mark.parametrize("kind", ["aihub", "egovkz", "dmi"])
def test_identifiers_and_documents_are_the_same_in_every_run(kind: str) -> None:
    address = [""]
    made: dict[str, Callable[[], dict[str, Route]]] = {
        "aihub": portals.aihub, "egovkz": lambda: portals.egovkz(*portals.passports()), "dmi": lambda: portals.dmi(address),
    }  # fmt: skip
    with served(made[kind]()) as (portal, http):
        address[0] = portal.url
        given = source(kind, portal.url, pages="no", services="metObs", forecast="no")
        first, second = (harvest(fetching(given, http)) for _ in range(2))
    assert (first.datasets, list(first.failed)) == (second.datasets, list(second.failed))
    assert first.datasets
