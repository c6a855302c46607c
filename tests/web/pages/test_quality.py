"""Pages and machine forms of quality: what to fix first, how all stand, and nothing of what a reader may not see."""

from dataclasses import replace

import pyoxigraph
import pytest

from catalog.access import SYSTEM
from catalog.quality import audit as audits
from schemas.access import AccessLevel, AccessRule
from tests.builders import a_dataset, a_distribution
from tests.catalog.quality.test_data import GOOD
from web import create_app

PAGE = "https://water.example/wells"


@pytest.fixture
def site(catalog, monkeypatch):
    gather = audits.gather

    def gathered(*given):
        found = gather(*given)
        return replace(found, files={"wells-csv": replace(GOOD, valid=False, errors={"type-error": 3})})

    monkeypatch.setattr(audits, "gather", gathered)
    for dataset in (a_dataset(), a_dataset(name="closed", access=AccessRule(level=AccessLevel.CLOSED))):
        catalog.publishing.publish(SYSTEM, dataset, "first")
    catalog.audits.run()
    catalog.indexing.drain()
    return create_app(catalog=catalog).test_client()


def test_a_report_says_what_to_fix_first_with_the_points(site):
    page = site.get("/dataset/wells/quality").text
    first = page[page.index('id="first"') :]
    assert first.index("Choose one or more themes") < first.index("State the date on which the data were first published")
    assert "+30 points" in first and "3 errors, mostly type-error." in page and "<meter" in page


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "What to fix first"), ("/kk", "Алдымен нені түзету керек"), ("/ru", "Что исправить")]
)
def test_a_report_speaks_the_language_of_the_reader(site, prefix, words):
    assert words in site.get(f"{prefix}/dataset/wells/quality").text


def test_what_was_found_in_files_is_told_to_those_who_may_have_them(site):
    for address in ("/dataset/closed/quality", "/api/v1/datasets/closed/quality", "/dataset/closed/quality.ttl", "/quality.csv"):
        answer = site.get(address)
        assert answer.status_code == 200
        told = [line for line in answer.text.splitlines() if "closed" in line] if address.endswith("csv") else [answer.text]
        assert "type-error" not in "".join(told) and "data.validity.tables" not in "".join(told)
    assert "data.validity.tables" in site.get("/quality.csv").text


def test_a_dataset_that_was_not_audited_yet_says_so(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    client = create_app(catalog=catalog).test_client()
    assert "Not audited yet" in client.get("/dataset/wells/quality").text
    assert client.get("/dataset/wells/quality.ttl").status_code == 404
    assert client.get("/dataset/nothing/quality").status_code == 404
    assert "Nothing was audited yet" in client.get("/quality").text


def test_dashboards_count_bands_and_rules(site):
    page = site.get("/quality").text
    assert "2 of 2 datasets are audited" in page and "The period is stated" in page
    assert "Water Agency" in site.get("/organization/water-agency/quality").text
    rows = site.get("/organization/water-agency/quality.csv").text.splitlines()
    assert [row.split(",")[:3] for row in rows[1:]] == [["closed", "water-agency", "closed"], ["wells", "water-agency", "open"]]


def test_measurements_are_written_in_dqv_and_the_unknown_has_no_value(site):
    text = site.get("/dataset/wells/quality.ttl").data
    triples = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))
    values = {
        one.subject.value.partition("#quality-")[2]: one.object.value for one in triples if one.predicate.value.endswith("#value")
    }
    assert values["mqa.findability.theme"] == "false" and values["mqa.findability.keyword"] == "true"
    assert "data.readiness.target" not in values
    assert b"hasQualityMeasurement" in site.get("/dataset/wells.ttl").data


def test_the_badge_says_the_band_in_words(site):
    answer = site.get("/dataset/wells/quality.svg")
    assert (answer.mimetype == "image/svg+xml" and "Sufficient" in answer.text) or "Good" in answer.text


def test_an_address_that_is_missing_is_no_rotten_link(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(distribution=(a_distribution(download_url="", access_url=PAGE),)), "first")
    catalog.audits.run()
    summary = catalog.quality.of(SYSTEM)
    assert summary.rotten == 0 and "mqa.accessibility.download_url_status" in dict(summary.failing)


def test_a_feed_tells_what_is_to_be_fixed(site):
    answer = site.get("/feeds/quality.atom")
    assert answer.mimetype == "application/atom+xml" and "Choose one or more themes" in answer.text


def test_search_and_dataset_pages_name_the_band(site):
    assert "/dataset/wells/quality" in site.get("/dataset/wells").text
    assert "Quality" in site.get("/dataset/").text


def test_new_rules_are_a_step_of_the_version_and_no_jump_of_quality(site, catalog, clock, monkeypatch):
    clock.advance(days=40)
    monkeypatch.setattr(audits, "RULES", "2027.1")
    catalog.audits.run()
    page = site.get("/quality").text
    assert "new rules: not comparable with the month before" in page and "2027.1" in page
    summary = catalog.quality.of(SYSTEM)
    assert [place.gain for place in summary.places] == [None]
    assert "new rules: not comparable with the line below" in site.get("/dataset/wells/quality").text


def test_an_agency_that_got_better_shows_by_how_much(site, catalog, clock):
    clock.advance(days=40)
    catalog.publishing.publish(SYSTEM, a_dataset(issued="2020-01-01"), "dated")
    catalog.audits.run()
    (place,) = catalog.quality.of(SYSTEM).places
    assert place.gain == 2.5 and "+2.5" in site.get("/quality").text


def test_a_dashboard_counts_again_after_every_change(site, catalog):
    assert "2 of 2 datasets are audited" in site.get("/quality").text
    catalog.publishing.publish(SYSTEM, a_dataset(name="springs"), "first")
    assert "2 of 3 datasets are audited" in site.get("/quality").text
    catalog.audits.run()
    assert "3 of 3 datasets are audited" in site.get("/quality").text
    catalog.publishing.withdraw(SYSTEM, "springs", "a mistake")
    assert "2 of 2 datasets are audited" in site.get("/quality").text


def test_the_errors_of_a_file_can_be_fetched_by_those_who_may_have_it(catalog):
    report = {"tasks": [{"errors": [{"type": "type-error", "rowNumber": 3, "fieldName": "depth", "note": "is no number"}]}]}
    for dataset in (a_dataset(), a_dataset(name="closed", access=AccessRule(level=AccessLevel.CLOSED))):
        catalog.publishing.publish(SYSTEM, dataset, "first")
        with catalog.store.write() as work:
            work.files.put(replace(work.files.get(dataset.name, "wells-csv"), report=report))
    client = create_app(catalog=catalog).test_client()
    rows = client.get("/dataset/wells/quality/wells-csv.csv").text.splitlines()
    assert rows == ["type,row,column,message", "type-error,3,depth,is no number"]
    assert client.get("/dataset/closed/quality/wells-csv.csv").status_code == 404
    assert client.get("/dataset/wells/quality/nothing.csv").status_code == 404
