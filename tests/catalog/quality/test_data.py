"""The data score: what is told of files, freshness, links, fixity, personal data and readiness for machine learning."""

from dataclasses import replace

import polars
import pytest

from catalog.quality.base import DATA, Status, checks
from catalog.quality.drifting import distance
from catalog.quality.evidence import FileFacts, LinkFacts
from catalog.quality.freshness import changes_at
from catalog.quality.judging import judge
from catalog.quality.leaking import giveaways
from catalog.quality.messages import message
from catalog.quality.scoring import score
from schemas.ml import MLProfile
from schemas.table import Category, Field, TableSchema
from tests.builders import a_dataset, a_distribution
from tests.catalog.quality.test_mqa import evidence

DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
IRREGULAR = "http://publications.europa.eu/resource/authority/frequency/IRREG"
LEVEL = {"name": "level", "type": "number", "count": 40, "missing": 0, "distinct": 30, "top": [], "mean": 3.0, "std": 1.0}
KIND = {"name": "kind", "type": "string", "count": 40, "missing": 0, "distinct": 2, "top": [{"value": "a", "count": 39}]}
GOOD = FileFacts(
    state="stored", sha256="0" * 64, fetched="2026-11-01T00:00:00Z", checked="2026-11-01T00:00:00Z", valid=True, encoding="utf-8",
    rows=40, scanned=True, profile={"rows": 40, "duplicates": 0, "columns": [LEVEL, KIND]},
)  # fmt: skip


def told(
    check, *, file=GOOD, as_of="2026-11-23T12:00:00Z", data_date="2026-11-20", drift=None, croissant=None, open=True, **about
):
    given = evidence(
        dataset=a_dataset(**about), files={"wells-csv": file}, as_of=as_of, data_date=data_date, drift=drift, croissant=croissant,
        open=open,
    )  # fmt: skip
    return [(one.status.value, message(one, "en")) for one in judge(given) if one.check == f"data.{check}"]


def with_column(**changes):
    return replace(GOOD, profile={"rows": 40, "duplicates": 0, "columns": [LEVEL | changes]})


def test_the_score_has_a_hundred_points():
    assert sum(one.points for one in checks().values() if one.score == DATA) == 100


@pytest.mark.parametrize(
    ("check", "file", "status", "words"),
    [
        ("validity.tables", GOOD, "pass", "No errors in 40 rows."),
        (
            "validity.tables",
            replace(GOOD, valid=False, errors={"type-error": 2, "blank-row": 1}),
            "fail",
            "3 errors, mostly type-error.",
        ),
        (
            "validity.tables",
            replace(GOOD, valid=False, errors={"type-error": 9}, cut=True),
            "fail",
            "9+ errors, mostly type-error.",
        ),
        ("validity.encoding", replace(GOOD, encoding="cp1251"), "fail", "The encoding is cp1251."),
        (
            "fixity.stored",
            replace(GOOD, fixity="changed", fixed="2026-11-20T00:00:00Z"),
            "fail",
            "The SHA-256 did not match on 2026-11-20.",
        ),
        ("privacy.personal", GOOD, "pass", "None was found in 40 rows."),
        ("privacy.personal", replace(GOOD, scanned=False), "unknown", "It was not scanned in full."),
        (
            "privacy.personal",
            replace(GOOD, personal=({"column": "iin", "kind": "kz-iin", "level": "certain"},)),
            "fail",
            "Personal data were found: iin (kz-iin).",
        ),
        (
            "privacy.personal",
            replace(GOOD, personal=({"column": "n", "kind": "kz-iin", "level": "review"},)),
            "unknown",
            "Somebody should look at n (kz-iin).",
        ),
        (
            "readiness.duplicates",
            replace(GOOD, profile={"rows": 40, "duplicates": 3, "columns": []}),
            "fail",
            "3 of 40 rows repeat.",
        ),
        ("readiness.constant", with_column(distinct=1), "fail", "One value only: level."),
        (
            "readiness.missing",
            with_column(top=[{"value": "-999", "count": 5}]),
            "fail",
            "Codes that look like missing values stand in level.",
        ),
        (
            "readiness.missing",
            with_column(top=[{"value": "99", "count": 5}], mean=98.0, std=4.0),
            "pass",
            "Most are missing in “level”: 0.",
        ),
        (
            "links.files",
            FileFacts(state="failed", problem="status", message="It answered 404."),
            "fail",
            "The file could not be fetched. It answered 404.",
        ),
    ],
)
def test_a_file_is_judged(check, file, status, words):
    assert told(check, file=file) == [(status, words)]


def test_a_promise_is_kept_or_broken_and_no_promise_is_no_pass():
    assert told("freshness.on_time", accrual_periodicity=DAILY, data_date="2026-11-22") == [
        ("pass", "The next update is due by 2026-11-24.")
    ]
    assert told("freshness.on_time", accrual_periodicity=DAILY, data_date="2026-11-01") == [
        ("fail", "It is late since 2026-11-03.")
    ]
    assert told("freshness.on_time", accrual_periodicity=IRREGULAR) == [("not-applicable", "No date is promised.")]
    assert told("freshness.frequency") == [("fail", "It is not stated.")]
    assert told("freshness.on_time") == [("unknown", "The frequency is not known.")]


def test_data_from_after_the_clock_cannot_be_checked():
    assert told("freshness.on_time", accrual_periodicity=DAILY, data_date="2031-01-01") == [
        ("unknown", "The data are dated 2031-01-01, after the clock: could not check.")
    ]


def test_time_alone_changes_a_result_when_the_promise_runs_out():
    given = evidence(dataset=a_dataset(accrual_periodicity=DAILY), data_date="2026-11-23T06:00:00Z")
    assert changes_at(given) == "2026-11-25T06:00:00Z"
    assert changes_at(replace(given, as_of="2026-12-24T00:00:00Z")) == ""


def test_units_and_code_lists_are_asked_for():
    assert [one[0] for one in (*told("readiness.units"), *told("readiness.code_lists"))] == ["fail", "fail"]
    schema = TableSchema(fields=(
        Field(name="level", type="number", unit="m"),
        Field(name="kind", type="string", categories=(Category(value="a"), Category(value="b"))),
    ))  # fmt: skip
    described = {"distribution": (a_distribution(table_schema=schema),)}
    assert [one[0] for one in (*told("readiness.units", **described), *told("readiness.code_lists", **described))] == [
        "pass",
        "pass",
    ]


def test_what_is_to_be_learned_is_looked_at_only_where_it_is_named():
    assert told("readiness.target") == [("unknown", "It is not stated.")]
    assert told("readiness.balance") == told("readiness.labels") == [("not-applicable", "This does not apply.")]
    named = {"ml": MLProfile(target="kind", tasks=("classification",))}
    assert told("readiness.target", **named) == [("pass", "The target is kind.")]
    assert told("readiness.balance", **named) == [("fail", "The largest class is 98% of 2 classes.")]
    assert told("readiness.target", ml=MLProfile(target="colour")) == [("fail", "No file has a column “colour”.")]
    assert told("readiness.labels", **named)[0][0] == "fail"


def test_a_column_that_determines_the_target_is_found(tmp_path):
    rows = 60
    frame = polars.DataFrame({
        "id": list(range(rows)), "price": [n % 3 * 10 for n in range(rows)], "area": [n % 7 for n in range(rows)],
        "band": ["abc"[n % 3] for n in range(rows)],
    })  # fmt: skip
    frame.write_parquet(tmp_path / "t.parquet")
    assert giveaways(tmp_path / "t.parquet", "band") == ["price"]


def test_distributions_that_moved_lie_apart():
    old = {"type": "number", "count": 100, "histogram": {"edges": [0, 5, 10], "counts": [50, 50]}}
    assert distance(old, old) == 0
    assert distance(old, {**old, "histogram": {"edges": [5, 10, 15], "counts": [50, 50]}}) == pytest.approx(0.5)
    words = {"type": "string", "count": 100, "top": [{"value": "a", "count": 60}, {"value": "b", "count": 40}]}
    assert distance(words, {**words, "top": [{"value": "a", "count": 100}]}) == pytest.approx(0.4)


def test_drift_must_be_explained():
    moved = {"before": "1.0.0", "after": "2.0.0", "lost": ["kind"], "retyped": [], "moved": []}
    assert told("readiness.drift", drift=moved) == [("fail", "Since version 1.0.0 these changed: kind.")]
    assert told("readiness.drift", drift=moved, version_notes={"en": "No kinds any more."})[0][0] == "pass"
    assert told("readiness.drift", drift=moved | {"lost": []})[0][0] == "pass"


def test_a_croissant_document_loads_or_not():
    assert told("readiness.croissant", croissant={"valid": True, "loaded": {"a": 1}})[0] == ("pass", "All 1 RecordSets load.")
    assert told("readiness.croissant", croissant={"valid": False, "problems": ["No licence."]})[0][0] == "fail"
    assert told("readiness.croissant")[0][0] == "unknown"


def test_personal_data_in_files_that_are_not_for_everybody_are_no_fault():
    hit = replace(GOOD, personal=({"column": "iin", "kind": "kz-iin", "level": "certain"},))
    assert told("privacy.personal", file=hit, open=False)[0][0] == "not-applicable"


def test_a_link_that_broke_counts_in_both_scores_and_is_told_by_its_own_rule():
    links = {
        "https://water.example/wells.csv": LinkFacts(verdict="broken", kind="broken", status=404, since="2026-11-01T00:00:00Z")
    }
    found = [one for one in judge(evidence(links=links)) if one.status is Status.FAIL and "links" in one.check]
    assert [message(one, "en") for one in found] == ["It does not answer (404), since 2026-11-01."]
    assert score(DATA, found).maximum == 10
