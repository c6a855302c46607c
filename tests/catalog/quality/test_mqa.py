"""The metadata score is that of data.europa.eu: 405 points, and what is not known is no fault."""

import hashlib
import json
from dataclasses import replace

import pytest

from catalog.quality.base import DIMENSIONS, MQA, RULES, Check, Status, checks
from catalog.quality.evidence import Evidence, LinkFacts, ShapeFacts, packed, unpacked
from catalog.quality.judging import judge
from catalog.quality.messages import MESSAGES, fix, message
from catalog.quality.records import to_json
from catalog.quality.scoring import band, score
from schemas.access import AccessLevel, AccessRule
from schemas.agents import ContactPoint
from schemas.coverage import Period, Place
from tests.builders import a_dataset, a_distribution

KEPT = ShapeFacts(conforms=True, shapes="test", key="k")
OK, BROKEN = LinkFacts(verdict="ok", status=200, checks=1), LinkFacts(verdict="broken", status=404, checks=2)


def evidence(**changes):
    facts = {"dataset": a_dataset(), "as_of": "2026-11-23T12:00:00Z", "shapes": KEPT}
    return Evidence(**(facts | changes))


def whole():
    url = "https://water.example/wells"
    dataset = a_dataset(
        theme=("http://publications.europa.eu/resource/authority/data-theme/ENVI",), spatial=(Place(uri="https://kz.example"),),
        temporal=(Period(start="2024-01-01"),), issued="2024-01-01", contact_point=(ContactPoint(email="desk@water.example"),),
        distribution=(a_distribution(access_url=url, download_url=f"{url}.csv", rights={"en": "Free to use"}, byte_size=10),),
    )  # fmt: skip
    return evidence(dataset=dataset, links={url: OK, f"{url}.csv": OK})


def failed(found):
    return [(one.check, one.path, one.points) for one in found if one.status is Status.FAIL]


def test_the_points_are_those_of_the_method():
    maximum = {name: sum(c.points for c in checks().values() if c.dimension == name) for name in DIMENSIONS[MQA]}
    assert maximum == {
        "findability": 100, "accessibility": 100, "interoperability": 110, "reusability": 75, "contextuality": 20,
    }  # fmt: skip
    assert [band(points) for points in (405, 351, 350, 221, 220, 121, 120, 0)] == [
        "excellent", "excellent", "good", "good", "sufficient", "sufficient", "bad", "bad",
    ]  # fmt: skip


def test_a_rule_cannot_change_without_a_new_version_of_the_rules():
    told = [(c.name, c.score, c.dimension, c.points, c.best, c.of_bytes) for c in sorted(checks().values(), key=lambda c: c.name)]
    assert (RULES, hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]) == PINNED


PINNED = ("2026.1", "ff69b2d2dc8f58d8")


def test_every_check_speaks_three_languages():
    texts = [text for c in checks().values() for text in (c.title, c.fix, *c.says.values())] + list(MESSAGES.values())
    assert [text for text in texts if set(text) != {"kk", "ru", "en"} or not all(text.values())] == []


def test_what_has_everything_earns_all_405_points():
    found = score(MQA, judge(whole()))
    assert (found.points, found.maximum, found.band, found.certain) == (405, 405, "excellent", True)


def test_points_are_lost_where_something_is_missing():
    found = judge(evidence(links={"https://water.example/wells.csv": OK}))
    lost = {check: points for check, _, points in failed(found) if check.startswith("mqa.")}
    assert lost == {
        "mqa.findability.theme": 30, "mqa.findability.spatial": 20, "mqa.findability.temporal": 20,
        "mqa.accessibility.access_url_status": 50, "mqa.reusability.contact_point": 20, "mqa.contextuality.rights": 5,
        "mqa.contextuality.byte_size": 5, "mqa.contextuality.issued": 5,
    }  # fmt: skip
    assert score(MQA, found).points == 405 - sum(lost.values()) == 250


def test_a_link_that_nobody_checked_is_unknown_and_leaves_the_band_open():
    unknown = replace(whole(), links={})
    found = score(MQA, judge(unknown))
    assert (found.points, found.possible, found.band, found.certain) == (325, 405, "good", False)
    assert [one.status for one in judge(unknown) if one.check == "mqa.accessibility.access_url_status"] == [Status.UNKNOWN]


def test_accessibility_is_the_share_of_files_and_interoperability_that_of_the_best_file():
    good = a_distribution(id="a", access_url="https://a.example", download_url="https://a.example/a.csv")
    bad = a_distribution(id="b", access_url="https://b.example", download_url="", format="PDF", media_type="application/pdf")
    links = {"https://a.example": OK, "https://a.example/a.csv": OK, "https://b.example": BROKEN}
    parts = score(MQA, judge(evidence(dataset=a_dataset(distribution=(bad, good)), links=links))).dimensions
    assert parts["accessibility"].points == 25 + 10 + 15
    assert parts["interoperability"].points == 110


def test_placeholders_say_nothing():
    dataset = a_dataset(keyword={"ru": ("нет",), "kk": ("жоқ",)}, contact_point=(ContactPoint(name={"en": "nan"}),))
    found = {one.check: one for one in judge(evidence(dataset=dataset))}
    assert message(found["mqa.findability.keyword"], "en") == "Only a placeholder is stated: “нет”."
    assert found["mqa.reusability.contact_point"].status is Status.FAIL


def test_files_that_are_not_for_everybody_need_no_download_address():
    dataset = a_dataset(access=AccessRule(level=AccessLevel.CLOSED))
    found = score(MQA, judge(evidence(dataset=dataset, open=False)))
    assert found.maximum == 405 - 50


def test_a_dataset_without_files_gets_no_points_for_files():
    parts = score(MQA, judge(evidence(dataset=a_dataset(distribution=())))).dimensions
    assert (parts["accessibility"].points, parts["interoperability"].points, parts["contextuality"].points) == (0, 30, 5)


@pytest.mark.parametrize("words", ["Comma separated values (csv) and so on", "csvx", "S", "text/plain; CSV"])
def test_formats_match_exactly_and_never_by_a_part_of_the_word(words):
    dataset = a_dataset(distribution=(a_distribution(format=words),))
    assert "mqa.interoperability.format_vocabulary" in [check for check, _, _ in failed(judge(evidence(dataset=dataset)))]


def test_a_check_that_raises_says_that_it_could_not_check_and_the_others_go_on():
    def broken(given):
        raise ZeroDivisionError

    rules = [*checks().values()]
    rules[0] = Check(**{**{f: getattr(rules[0], f) for f in Check.__slots__}, "run": broken})
    found = judge(whole(), rules)
    assert (found[0].status, message(found[0], "en")) == (Status.UNKNOWN, "Could not check (ZeroDivisionError).")
    assert len(found) == len(judge(whole())) and found[1:] == judge(whole())[1:]


def test_equal_evidence_gives_equal_findings_byte_for_byte():
    given = whole()
    assert unpacked(packed(given)) == given
    assert to_json(judge(unpacked(packed(given)))) == to_json(judge(given))


def test_every_failure_says_what_to_do():
    found = judge(evidence(dataset=a_dataset(distribution=(), keyword={}, publisher=None)))
    assert [one.check for one in found if one.status is Status.FAIL and not fix(one, "kk")] == []
