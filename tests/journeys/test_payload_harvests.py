"""Every recorded portal, replayed on loopback, is harvested whole: each dataset is published or listed as a Problem."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestRun, HarvestSource, RunProblem, RunState
from catalog.records import State
from catalog.settings import Settings
from harvesters.http import Limits
from harvesters.runner import run_harvest
from schemas.problems import Severity
from tests.journeys.portal import opened, photograph
from tests.loopback import Route, loopback
from tests.replay import ckan, datagovsg, portals


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What two harvests of the same portal told."""

    run: HarvestRun
    published: set[str]
    failed: set[str]
    source: list[RunProblem]

    def codes(self) -> set[str]:
        """Return the codes of the problems with the source itself."""
        return {item.problem.code for item in self.source}


@dataclass(frozen=True, slots=True)
class Replay:
    """Harvests a replayed portal into a catalogue."""

    settings: Settings

    def harvest(
        self, kind: str, routes: Callable[[list[str]], dict[str, Route]], identifiers: Iterable[str], **options: Any
    ) -> Told:
        """Harvest twice; the second run must write nothing."""
        url = [""]
        with loopback(routes(url)) as server, opened(replace(self.settings, secrets={"KEY": "k-123"}), server.host) as catalog:
            url[0] = server.url
            given = {name: str(value).format(url=server.url) for name, value in options.items()}
            source = HarvestSource(
                name="portal", kind=kind, url=server.url, title="Portal", agency="agency", language="en", files="link",
                secret_name="KEY", options=given,
            )  # fmt: skip
            run = run_harvest(catalog, source)
            told, before = account(catalog, run, list(identifiers)), photograph(catalog)
            again = run_harvest(catalog, source).counts
            assert (again.added, again.changed, again.unchanged, again.failed) == (0, 0, run.counts.added, run.counts.failed)
            assert photograph(catalog) == before
        return told


def account(catalog: Catalog, run: HarvestRun, identifiers: list[str]) -> Told:
    """Tell what became of each identifier; those of the run must be published, or failed with a problem, and not both."""
    problems = catalog.harvests.problems(run.id, limit=100_000)
    assert len(problems) == run.problems
    with catalog.store.read() as work:
        known = work.harvests.known(run.source, identifiers)
        records = work.datasets.get_many([record.dataset for record in known.values()])
        assert work.datasets.count() == len(records) == len(known) == catalog.index.count()
        assert catalog.index.verify(work.datasets.hashes()).good
    assert {record.state for record in records.values()} <= {State.PUBLISHED}
    failed = {item.identifier for item in problems if item.identifier and item.problem.severity is Severity.ERROR}
    assert not known.keys() & failed
    counts = run.counts
    assert (counts.seen, counts.added, counts.failed) == (len(known) + len(failed), len(known), len(failed))
    return Told(run=run, published=set(known), failed=failed, source=[item for item in problems if not item.identifier])


@pytest.fixture
def replay(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Replay:
    monkeypatch.setattr("harvesters.http.opening.Limits", lambda: Limits(retries=1, backoff=0.01, backoff_max=0.01))
    return Replay(settings)


@pytest.mark.parametrize("path", ckan.SEARCHES)
def test_every_package_of_a_recorded_search_is_published_and_the_gap_is_told(replay: Replay, path: str) -> None:
    recorded, declared = ckan.SEARCHES[path]
    identifiers = [item["id"] for item in ckan.read(path)["results"]]
    told = replay.harvest("ckan", lambda url: ckan.search(path), identifiers)
    assert (told.published, told.failed, len(identifiers)) == (set(identifiers), set(), recorded)
    assert told.run.state is RunState.INCOMPLETE and told.codes() == {"incomplete-listing"}
    assert f"declares {declared} " in told.source[0].problem.message


@pytest.mark.parametrize("path", [*ckan.SHOWS, *ckan.REST])
def test_every_recorded_package_is_published(replay: Replay, path: str) -> None:
    results = ckan.shown(path)
    told = replay.harvest("ckan", lambda url: ckan.shows(results), [ckan.package(item)["id"] for item in results.values()])
    assert (len(told.published), told.failed, told.source) == (1, set(), [])
    assert told.run.state is RunState.COMPLETE


@pytest.mark.parametrize("path", ckan.GROUPS)
def test_every_package_inside_a_recorded_group_is_published(replay: Replay, path: str) -> None:
    results = ckan.grouped(path)
    told = replay.harvest("ckan", lambda url: ckan.shows(results), [item["id"] for item in results.values()])
    assert (len(told.published), told.failed, told.source) == (len(results), set(), [])


@pytest.mark.parametrize("path", ckan.NAMES)
def test_every_name_of_a_recorded_organisation_is_published_or_listed(replay: Replay, path: str) -> None:
    listed = sorted(ckan.grouped(path))
    results = {name: item for name, item in ckan.shown(*ckan.SHOWS).items() if name in listed}
    told = replay.harvest("ckan", lambda url: ckan.shows(results, listed), [ckan.package(i)["id"] for i in results.values()])
    assert told.run.state is RunState.INCOMPLETE
    assert {item.problem.path[1:] for item in told.source} == set(listed) - results.keys()
    assert len(told.published) == len(results)


def test_every_name_of_singapore_is_published_or_listed(replay: Replay) -> None:
    identifier = ckan.read("b_datagovsg/ckan_api_2023/package_show.json")["id"]
    told = replay.harvest("ckan", lambda url: datagovsg.portal(), [identifier])
    assert told.published == {identifier}
    assert {item.problem.path[1:] for item in told.source} == set(datagovsg.names()) - {datagovsg.recorded()}
    assert len(told.source) == 1931


FEDERAL = {"cms": 139, "consumerfinance": 11, "fcc": 59, "gsa": 339, "opm": 134}


@pytest.mark.parametrize("name", FEDERAL)
def test_every_dataset_of_a_federal_catalogue_is_published_or_listed(replay: Replay, name: str) -> None:
    answer = portals.read_json(f"g_dcatus/us_federal/{name}.json")
    identifiers = {entry["identifier"] for entry in answer["dataset"]}
    told = replay.harvest("dcat_us", lambda url: {"/data.json": lambda request: answer}, identifiers)
    assert told.published | told.failed == identifiers and len(identifiers) == FEDERAL[name]
    assert told.run.state is RunState.COMPLETE


def test_every_dataset_of_aihub_is_published(replay: Replay) -> None:
    identifiers = {str(entry["id"]) for entry in portals.read_json("d_korea/aihub/aihub_catalog.json")}
    told = replay.harvest(
        "aihub", lambda url: portals.aihub(502), identifiers, site="{url}", catalogue="{url}/catalogue.json", pages="no"
    )  # fmt: skip
    assert (told.published, told.failed, told.source, len(identifiers)) == (identifiers, set(), [], 805)


def test_every_crawled_entry_of_kazakhstan_is_published_or_listed(replay: Replay) -> None:
    entries = portals.crawl_entries()
    identifiers = {entry["apiUri"] for entry in entries}
    told = replay.harvest("egovkz", lambda url: portals.egovkz(entries, {}), identifiers)
    assert told.published == identifiers
    assert len(entries) == len(told.published) + sum(item.problem.code == "repeated-identifier" for item in told.source) == 431


def test_every_passport_of_kazakhstan_is_published_or_listed(replay: Replay) -> None:
    entries, answers = portals.passports()
    told = replay.harvest("egovkz", lambda url: portals.egovkz(entries, answers), list(answers))
    assert (told.published, told.failed) == (set(portals.PASSPORTS), {portals.FAILED_PROXY})


def test_every_collection_of_dmi_is_published(replay: Replay) -> None:
    identifiers = {"metObs/observation", "metObs/station"}
    told = replay.harvest("dmi", portals.dmi, identifiers, services="metObs", forecast="no")
    assert (told.published, told.failed, told.source) == (identifiers, set(), [])
