"""Every dataset of the demo has a report, and each deliberate fault of its portals is found by the right rule."""

from dataclasses import replace

import pytest

from catalog.access import SYSTEM
from catalog.quality.base import Status
from catalog.quality.messages import message
from catalog.quality.scoring import score
from tests.demo.conftest import Demo

FAULTS = [
    ("household-recycling", "data.validity.tables", "5 errors, mostly type-error."),
    ("household-recycling", "data.readiness.duplicates", "1 of 64 rows repeat."),
    ("council-spending-over-500", "data.validity.encoding", "The encoding is cp1252."),
    ("twin-city-districts", "data.validity.encoding", "The encoding is cp1251."),
    ("planning-applications", "data.links.files", "answered a web page instead of the CSV file"),
    ("river-levels", "data.links.files", "404"),
    ("public-toilets", "mqa.reusability.license", "It is not stated."),
    ("public-toilets", "data.readiness.croissant", "The licence is missing"),
    ("energy-use-of-buildings", "data.links.files", "an address inside a private network"),
    ("weekly-dengue-cases-by-planning-area", "data.validity.tables", "3 errors, mostly type-error."),
    ("weekly-dengue-cases-by-planning-area", "data.readiness.duplicates", "1 of 156 rows repeat."),
    ("aurukhanalar_tosek", "data.validity.tables", "3 errors, mostly type-error."),
    ("qaldyq_turleri_7", "data.validity.tables", "24 errors, mostly primary-key."),
    ("baspana_oryndary", "data.validity.readable", "This document holds no list of records"),
]


def failures(demo: Demo, name: str) -> list[tuple[str, str]]:
    found = demo.catalog.audits.report(SYSTEM, name).findings
    return [(one.check, message(one, "en")) for one in found if one.status is Status.FAIL]


def test_every_dataset_has_a_report_that_can_be_replayed(demo: Demo) -> None:
    names = [entry.dataset.name for entry in demo.catalog.reading.page(SYSTEM, limit=1000)]
    assert len(names) == demo.published
    assert all(demo.catalog.audits.report(SYSTEM, name).mqa.points > 0 for name in names)
    assert all(same for _, same in demo.catalog.audits.replay())


@pytest.mark.parametrize(("name", "check", "words"), FAULTS)
def test_a_fault_is_found_by_its_rule(demo: Demo, name: str, check: str, words: str) -> None:
    assert [told for rule, told in failures(demo, name) if rule == check and words in told]


def test_a_licence_brings_the_points_that_were_promised(demo: Demo) -> None:
    audits, publishing = demo.catalog.audits, demo.catalog.publishing
    before = audits.report(SYSTEM, "public-toilets")
    licence = [one for one in before.findings if one.check.startswith("mqa.reusability.license") and one.status is Status.FAIL]
    dataset = demo.catalog.reading.entry(SYSTEM, "public-toilets").dataset
    files = tuple(replace(one, license="http://creativecommons.org/licenses/by/4.0/") for one in dataset.distribution)
    publishing.publish(SYSTEM, replace(dataset, distribution=files), "licensed")
    audits.run(["public-toilets"])
    after = audits.report(SYSTEM, "public-toilets")
    publishing.publish(SYSTEM, dataset, "as it was")
    assert after.mqa.points - before.mqa.points == sum(one.points for one in licence) > 0
    assert score("mqa", after.findings).points == after.mqa.points
