"""data.gov.sg is harvested whole, files included, and no presigned link stays. Documented shape, not a recorded answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestRun, HarvestSource, RunState
from catalog.records import FileState
from catalog.settings import Settings
from harvesters.base import Checkpoint, Fetching, HarvestRecord
from harvesters.datagovsg.answers import MAX_FAILURES
from harvesters.http import FetchError, HttpClient, Limits
from harvesters.runner import run_harvest
from harvesters.sources.datagovsg import WAITS, DataGovSg
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Severity
from tests.loopback import Answer, Loopback, Request, json_answer, loopback

LICENCE = "https://data.gov.sg/open-data-licence"
CSV = b"month,town,price\n2026-01,BEDOK,450000\n2026-02,BISHAN,na\n"
QUICK = Limits(retries=0, backoff=0.01, backoff_max=0.01)


@dataclass
class Portal:
    """A portal of `count` datasets in pages of two; `refused` ones answer an error, `busy` is how often a poll has no link."""

    count: int = 5
    refused: frozenset[int] = frozenset()
    busy: int = 0
    declared: int | None = None
    key: str = ""
    server: Loopback = field(default_factory=lambda: Loopback({}))

    def routes(self) -> dict[str, Any]:
        return {
            "/v2/public/api/datasets": self.datasets, "/v2/public/api/datasets/d_": self.metadata,
            "/v2/public/api/collections": self.collections, "/v1/public/api/datasets/d_": self.download, "/presigned/": self.file,
        }  # fmt: skip

    def datasets(self, request: Request) -> Any:
        page = int(request.params["page"])
        listed = [{"datasetId": f"d_{n}", "name": f"Prices {n}", "status": "active"} for n in range(self.count)]
        total = self.count if self.declared is None else self.declared
        return envelope({
            "datasets": listed[2 * page - 2 : 2 * page], "pages": (self.count + 1) // 2, "rowCount": 2, "totalRowCount": total,
        })  # fmt: skip

    def collections(self, request: Request) -> Any:
        every = [{
            "collectionId": "471", "name": "Housing", "description": "Flats", "frequency": "ad-hoc", "sources": ["Land Office"],
            "lastUpdatedAt": "2026-01-02T00:00:00+08:00", "managedByAgencyName": "Housing Board", "childDatasets": ["d_0", "d_2"],
        }]  # fmt: skip
        return envelope({"collections": every, "pages": 1})

    def metadata(self, request: Request) -> Any:
        identifier = request.path.split("/")[-2]
        if int(identifier[2:]) in self.refused:
            return {"code": 4, "data": None, "errorMsg": "Dataset is not available."}
        return envelope(metadata(identifier))

    def download(self, request: Request) -> Any:
        self.key = request.headers.get("x-api-key", "")
        if request.path.endswith("/initiate-download"):
            return envelope({"message": "Download initiated."})
        if self.server.count(request.path) <= self.busy:
            return envelope({"status": "PENDING"})
        return envelope({"url": f"{self.server.url}/presigned/prices.csv?X-Amz-Expires=3600&X-Amz-Signature=abc123"})

    def file(self, request: Request) -> Any:
        return Answer(body=CSV, headers=(("Content-Type", "text/csv"), ("ETag", '"1"')))


def envelope(data: Any) -> dict[str, Any]:
    return {"code": 0, "data": data, "errorMsg": ""}


def metadata(identifier: str, **changes: Any) -> dict[str, Any]:
    columns = {
        "order": ["c_b", "c_a", "c_c"], "map": {"c_a": "Town", "c_b": "Month", "c_c": "Price"},
        "metaMapping": {
            "c_a": {"name": "town", "columnTitle": "Town", "index": "2", "isCategorical": True},
            "c_b": {"name": "month", "columnTitle": "Month", "index": "1", "isCategorical": False},
            "c_c": {"name": "price", "columnTitle": "Price", "index": "3", "isCategorical": False, "dataType": "Numeric"},
        },
    }  # fmt: skip
    return {
        "datasetId": identifier, "name": f"Prices {identifier[2:]}", "description": "Flat <b>prices</b>", "format": "CSV",
        "createdAt": "2016-06-21T23:00:26+08:00", "lastUpdatedAt": "2026-01-12T13:51:07+08:00", "collectionIds": [],
        "managedBy": "Housing Board", "coverageStart": "2025-07-01T00:00:00+08:00", "coverageEnd": "2026-01-01T00:00:00+08:00",
        "contactEmails": ["data@housing.example"], "datasetSize": len(CSV), "columnMetadata": columns, **changes,
    }  # fmt: skip


@pytest.fixture
def portal() -> Iterator[Portal]:
    made = Portal()
    with loopback(made.routes()) as server:
        made.server = server
        yield made


@pytest.fixture
def opened(portal: Portal, settings: Settings) -> Iterator[Catalog]:
    allowed = replace(settings, harvest_allow=(portal.server.host,), secrets={"SG": "key-1"})
    catalog = open_catalog(allowed)
    yield catalog
    catalog.close()


def source(portal: Portal, **changes: Any) -> HarvestSource:
    made = HarvestSource(name="sg", kind="datagovsg", url=portal.server.url, title="data.gov.sg", language="en", license=LICENCE)
    return replace(made, **changes)


def fetching(portal: Portal, resume: str = "") -> Fetching:
    http = HttpClient(allow=[portal.server.host], limits=QUICK)
    return Fetching(source=source(portal), http=http, resume=resume)


def harvest(catalog: Catalog, portal: Portal, **changes: Any) -> HarvestRun:
    return run_harvest(catalog, source(portal, **changes))


def told(catalog: Catalog, run: HarvestRun) -> list[tuple[str, str]]:
    return [(problem.identifier, problem.problem.code) for problem in catalog.harvests.problems(run.id)]


def test_every_dataset_is_published_and_its_file_copied(portal: Portal, opened: Catalog) -> None:
    run = harvest(opened, portal)
    assert (run.state, run.counts.added, run.counts.files_stored, run.counts.tables_valid) == (RunState.COMPLETE, 5, 5, 5)
    assert told(opened, run) == []


def test_a_second_harvest_of_the_same_portal_changes_nothing(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    run = harvest(opened, portal)
    assert (run.counts.unchanged, run.counts.changed, run.counts.files_stored) == (5, 0, 0)


def test_the_presigned_link_is_stored_nowhere(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    with opened.store.read() as work:
        files = [file for name in work.datasets.hashes() for file in work.files.of(name)]
        records = str([work.datasets.get_many(list(work.datasets.hashes()))])
    assert {file.state for file in files} == {FileState.STORED}
    assert "X-Amz" not in records + str(files)


def test_a_dataset_says_what_the_portal_says(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    dataset = opened.reading.entry(VISITOR, "prices-0").dataset
    assert dataset.description == {"en": "Flat prices"}
    assert dataset.publisher and (dataset.publisher.name, dataset.publisher.country) == ("housing-board", "SG")
    assert (dataset.issued, dataset.modified) == ("2016-06-21T23:00:26+08:00", "2026-01-12T13:51:07+08:00")
    assert [period.start[:10] for period in dataset.temporal] == ["2025-07-01"]
    assert dataset.accrual_periodicity.endswith("/IRREG")
    assert dataset.spatial[0].uri.endswith("/country/SGP")
    assert [series.title["en"] for series in dataset.in_series] == ["Housing"]
    assert opened.reading.entry(VISITOR, "prices-1").dataset.in_series == ()
    assert dataset.landing_page == f"{portal.server.url}/datasets/d_0/view"
    assert dataset.service[0].endpoint_url == f"{portal.server.url}/api/action/datastore_search?resource_id=d_0"


def test_the_licence_is_marked_as_asserted_by_the_portal(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    dataset = opened.reading.entry(VISITOR, "prices-0").dataset
    assert (dataset.license_asserted, dataset.distribution[0].license) == (True, LICENCE)


def test_a_source_without_licence_asserts_none(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal, license="")
    dataset = opened.reading.entry(VISITOR, "prices-0").dataset
    assert (dataset.license_asserted, dataset.distribution[0].license) == (False, "")


def test_columns_stand_in_the_order_of_the_file(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    table = opened.reading.entry(VISITOR, "prices-0").dataset.distribution[0].table_schema
    assert table and [(f.name, f.type) for f in table.fields] == [("month", "any"), ("town", "any"), ("price", "number")]
    assert [field.title["en"] for field in table.fields] == ["Month", "Town", "Price"]
    assert "na" in table.missing_values


def test_refused_metadata_is_a_problem_of_that_dataset_and_keeps_its_last_version(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    portal.refused = frozenset({1})
    for _ in range(3):
        run = harvest(opened, portal)
        assert (run.state, run.counts.unchanged, run.counts.failed) == (RunState.COMPLETE, 4, 1)
        assert told(opened, run) == [("d_1", "refused")]
    assert opened.reading.entry(VISITOR, "prices-1").dataset.title == {"en": "Prices 1"}


def test_an_error_in_the_envelope_of_a_list_ends_the_run_and_removes_nothing(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal)
    portal.server.routes["/v2/public/api/datasets"] = lambda _: {"code": 17, "data": None, "errorMsg": "Out of order"}
    run = harvest(opened, portal)
    assert run.state is RunState.INCOMPLETE
    assert [p.problem.message for p in opened.harvests.problems(run.id)] == [
        "The portal answered an error: Out of order. The harvest ended there; check the address of the source and try again."
    ]
    assert opened.index.count() == 5


def test_when_no_metadata_can_be_had_the_portal_is_left_alone(portal: Portal) -> None:
    portal.server.routes["/v2/public/api/datasets"] = lambda _: envelope(
        {"datasets": [{"datasetId": f"d_{n}"} for n in range(50)], "pages": 1}
    )
    portal.server.routes["/v2/public/api/datasets/d_"] = lambda _: json_answer({}, 503)
    with pytest.raises(FetchError, match="answered 503"):
        list(DataGovSg().records(fetching(portal)))
    assert portal.server.count("/v2/public/api/datasets/d_") == MAX_FAILURES


def test_a_harvest_goes_on_after_the_page_that_is_done(portal: Portal) -> None:
    found = list(DataGovSg().records(fetching(portal, resume="1")))
    assert [item.identifier for item in found if isinstance(item, HarvestRecord)] == ["d_2", "d_3", "d_4"]
    assert [item for item in found if isinstance(item, Checkpoint)] == [Checkpoint("2", 5), Checkpoint("3", 5)]


def test_datasets_hidden_from_the_list_are_told_but_break_nothing(portal: Portal) -> None:
    portal.declared = 9
    last = list(DataGovSg().records(fetching(portal)))[-1]
    assert not isinstance(last, HarvestRecord | Checkpoint)
    assert (last.code, last.severity) == ("fewer-than-declared", Severity.WARNING)


def test_a_pager_that_repeats_itself_ends(portal: Portal) -> None:
    same = envelope({"datasets": [{"datasetId": "d_0"}], "pages": 4000})
    portal.server.routes["/v2/public/api/datasets"] = lambda _: same
    found = list(DataGovSg().records(fetching(portal)))
    assert sum(isinstance(item, HarvestRecord) for item in found) == 1
    assert getattr(found[-1], "code", "") == "refused"


@pytest.mark.parametrize("identifier", ["../../secret", "", "d 1", None, {"a": 1}])
def test_an_id_that_could_lead_elsewhere_is_left_out_and_told(portal: Portal, identifier: Any) -> None:
    portal.server.routes["/v2/public/api/datasets"] = lambda _: envelope({"datasets": [{"datasetId": identifier}], "pages": 1})
    found = list(DataGovSg().records(fetching(portal)))
    assert [getattr(item, "code", "") for item in found] == ["no-identifier", ""]
    assert portal.server.count("/v2/public/api/datasets/") == 0


def ask(portal: Portal, kind: DataGovSg, form: str = "CSV") -> str:
    distribution = Distribution(id="d_0", format=form)
    return kind.file_url(fetching(portal), Dataset(name="x", title={}, identifier="d_0"), distribution)


def test_a_file_is_asked_for_and_polled_until_its_link_is_there(portal: Portal) -> None:
    portal.busy, slept = 3, list[float]()
    assert ask(portal, DataGovSg(slept.append)).startswith(f"{portal.server.url}/presigned/prices.csv?")
    assert slept == list(WAITS[:3])
    assert portal.server.count("/v1/public/api/datasets/d_0/initiate-download") == 1


def test_a_file_that_is_no_table_is_polled_without_asking(portal: Portal) -> None:
    ask(portal, DataGovSg(lambda _: None), "GEOJSON")
    assert portal.server.count("/v1/public/api/datasets/d_0/initiate-download") == 0


def test_a_file_that_never_becomes_ready_is_given_up(portal: Portal) -> None:
    portal.busy, slept = 1000, list[float]()
    with pytest.raises(FetchError, match="not have the file ready") as error:
        ask(portal, DataGovSg(slept.append))
    assert (error.value.code, slept) == ("not-ready", list(WAITS))


def test_files_come_from_the_download_host_where_it_is_another(portal: Portal) -> None:
    files = Portal()
    with loopback(files.routes()) as files.server:
        http = HttpClient(allow=[files.server.host], limits=QUICK)
        made = Fetching(source=source(portal, options={"downloads": files.server.url}), http=http)
        dataset = Dataset(name="x", title={}, identifier="d_0")
        link = DataGovSg(lambda _: None).file_url(made, dataset, Distribution(id="d_0", format="CSV"))
    assert link.startswith(files.server.url)
    assert portal.server.requests == []


def test_the_key_is_sent_where_one_is_set(portal: Portal, opened: Catalog) -> None:
    harvest(opened, portal, secret_name="SG")
    assert portal.key == "key-1"
