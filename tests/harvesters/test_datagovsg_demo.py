"""The demo portal that speaks like data.gov.sg is harvested whole: datasets, columns, series and files."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestSource, RunState
from catalog.records import FileState
from catalog.settings import Settings
from harvesters.runner import run_harvest
from web.demo.portals import datagovsg
from web.demo.serve import serve_portals


@pytest.fixture
def source() -> Iterator[HarvestSource]:
    with serve_portals(first_port=0, portals=(datagovsg.PORTAL,)) as addresses:
        yield datagovsg.PORTAL.source(addresses[datagovsg.PORTAL.name])


@pytest.fixture
def opened(source: HarvestSource, settings: Settings) -> Iterator[Catalog]:
    catalog = open_catalog(replace(settings, harvest_allow=(source.url.removeprefix("http://"),)))
    yield catalog
    catalog.close()


def test_everything_is_published_and_stored_and_a_second_harvest_changes_nothing(source: HarvestSource, opened: Catalog) -> None:
    offered = len(datagovsg.load("datagovsg", "datasets"))
    first, second = run_harvest(opened, source), run_harvest(opened, source)
    assert [problem.problem.message for problem in opened.harvests.problems(first.id)] == []
    assert (first.state, first.counts.added, first.counts.files_stored) == (RunState.COMPLETE, offered, offered)
    assert (second.state, second.counts.unchanged, second.counts.files_stored) == (RunState.COMPLETE, offered, 0)
    with opened.store.read() as work:
        files = {name: work.files.of(name) for name in work.datasets.hashes()}
    assert {file.state for found in files.values() for file in found} == {FileState.STORED}
    assert [name for name, found in files.items() if not found[0].valid] == ["weekly-dengue-cases-by-planning-area"]
    assert "X-Amz" not in str(files)


def test_columns_and_series_come_along(source: HarvestSource, opened: Catalog) -> None:
    run_harvest(opened, source)
    dataset = opened.reading.entry(VISITOR, "monthly-rainfall-by-station").dataset
    table = dataset.distribution[0].table_schema
    assert table and [field.name for field in table.fields] == ["month", "station_id", "station", "rainfall_mm", "rain_days"]
    assert [series.title["en"] for series in dataset.in_series] == ["Weather and Water"]
    assert dataset.accrual_periodicity.endswith("/MONTHLY")
    assert dataset.license_asserted
