"""Every dataset of the demo has a report, and each deliberate fault of its portals is found by the right rule."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest

from catalog.access import SYSTEM
from catalog.quality.base import Finding, Status
from catalog.quality.messages import message
from catalog.quality.scoring import score
from catalog.records import FileRecord, FileState
from schemas.dataset import Dataset
from tests.demo.conftest import Demo

Mend = Callable[[bytes, FileRecord], bytes]
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


def without_wrong_rows(body: bytes, file: FileRecord) -> bytes:
    """Return a table in UTF-8 without the rows that its report names, each of the others once."""
    assert file.report and file.table
    wrong = {error["rowNumber"] for task in file.report["tasks"] for error in task["errors"]}
    text = body.decode(str(file.table["encoding"]))
    if text.startswith("["):
        kept = [json.dumps(item) for row, item in enumerate(json.loads(text), 2) if row not in wrong]
        return f"[{','.join(dict.fromkeys(kept))}]".encode()
    return "\n".join(dict.fromkeys(line for row, line in enumerate(text.splitlines(), 1) if row not in wrong)).encode()


def with_keys(body: bytes, file: FileRecord) -> bytes:
    """Return the rows of a JSON document with keys that do not repeat."""
    document = json.loads(body)
    for number, row in enumerate(next(value for value in document.values() if isinstance(value, list))):
        row["Id"] += f" {number}"
    return json.dumps(document).encode()


def with_rows(body: bytes, file: FileRecord) -> bytes:
    return b'[{"id": 1, "places": 20}, {"id": 2, "places": 30}]'


def there(body: bytes, file: FileRecord) -> bytes:
    return b"date,level_m\n2026-07-01,0.81\n2026-07-02,0.80\n"


MENDED = [
    ("household-recycling", 0, without_wrong_rows, {"data.validity.tables", "data.readiness.duplicates"}),
    ("council-spending-over-500", 0, without_wrong_rows, {"data.validity.encoding"}),
    ("twin-city-districts", 0, without_wrong_rows, {"data.validity.encoding"}),
    ("planning-applications", 1, there, {"data.links.files"}),
    ("river-levels", 1, there, {"data.links.files"}),
    ("energy-use-of-buildings", 1, there, {"data.links.files"}),
    ("weekly-dengue-cases-by-planning-area", 0, without_wrong_rows, {"data.validity.tables", "data.readiness.duplicates"}),
    ("aurukhanalar_tosek", 0, without_wrong_rows, {"data.validity.tables", "data.readiness.duplicates"}),
    ("qaldyq_turleri_7", 0, with_keys, {"data.validity.tables"}),
    ("baspana_oryndary", 0, with_rows, {"data.validity.readable"}),
]


@pytest.mark.parametrize(("name", "place", "mend", "rules"), MENDED, ids=[case[0] for case in MENDED])
def test_a_mended_file_brings_the_points_that_were_promised(
    demo: Demo, name: str, place: int, mend: Mend, rules: set[str]
) -> None:
    before = demo.catalog.audits.report(SYSTEM, name).findings
    promised = {one.check: one.points for one in before if one.check in rules and one.status is Status.FAIL}
    with uploaded(demo, name, place, mend):
        after = demo.catalog.audits.report(SYSTEM, name).findings
    assert {rule: earned(after, rule) - earned(before, rule) for rule in rules} == promised and set(promised) == rules


def earned(findings: Iterable[Finding], rule: str) -> float:
    return sum(one.points for one in findings if one.check == rule and one.status is Status.PASS)


@contextmanager
def uploaded(demo: Demo, name: str, place: int, mend: Mend) -> Iterator[None]:
    """Put the mended bytes in the place of a file, have them read and audited; afterwards all is as it was."""
    catalog = demo.catalog
    dataset = catalog.reading.entry(SYSTEM, name).dataset
    with catalog.store.read() as work:
        file = work.files.get(name, dataset.distribution[place].id)
    assert file
    body = catalog.files_store.open(file.sha256).read() if file.sha256 else b""
    upload = catalog.uploads.receive(BytesIO(mend(body, file)), file.filename or "mended.csv")
    mended = FileRecord(
        dataset=name, distribution=file.distribution, state=FileState.STORED, url=file.url, filename=upload.filename,
        media_type=upload.media_type, sha256=upload.sha256, byte_size=upload.byte_size, fetched="2026-11-01T00:00:00Z",
    )  # fmt: skip
    stated = tuple(replace(one, encoding="") for one in dataset.distribution)
    catalog.publishing.publish(SYSTEM, replace(dataset, distribution=stated), "mended")
    try:
        with catalog.store.write() as work:
            work.files.put(mended)
        catalog.validation.check_one(name, file.distribution)
        catalog.audits.run([name])
        yield
    finally:
        catalog.publishing.publish(SYSTEM, dataset, "as it was")
        with catalog.store.write() as work:
            work.files.put(file)
        catalog.audits.run([name])


def test_a_licence_brings_the_points_that_were_promised(demo: Demo) -> None:
    audits = demo.catalog.audits
    before = audits.report(SYSTEM, "public-toilets")
    promised = {one.check: one.points for one in before.findings if one.status is Status.FAIL}
    licence = sum(points for check, points in promised.items() if check.startswith("mqa.reusability.license"))
    dataset = demo.catalog.reading.entry(SYSTEM, "public-toilets").dataset
    files = tuple(replace(one, license="http://creativecommons.org/licenses/by/4.0/") for one in dataset.distribution)
    followed(demo, replace(dataset, distribution=files), "licensed")
    after = audits.report(SYSTEM, "public-toilets")
    followed(demo, dataset, "as it was")
    assert after.mqa.points - before.mqa.points == licence > 0
    assert score("mqa", after.findings).points == after.mqa.points
    croissant = "data.readiness.croissant"
    assert earned(after.findings, croissant) - earned(before.findings, croissant) == promised[croissant] > 0


def followed(demo: Demo, dataset: Dataset, because: str) -> None:
    """Publish a dataset, cut its version, try out its Croissant and audit it."""
    catalog = demo.catalog
    catalog.publishing.publish(SYSTEM, dataset, because)
    catalog.versions.cut(dataset.name)
    catalog.croissants.check_waiting()
    catalog.audits.run([dataset.name])
