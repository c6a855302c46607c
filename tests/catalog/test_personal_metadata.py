"""Numbers of people in descriptions keep a dataset from being public, by every way that it comes; the value is never told."""

import random

from catalog.drafting.ready import whole
from catalog.harvests.records import HarvestSource
from catalog.personal.metadata import personal_texts
from harvesters.apply import read_record
from harvesters.base import HarvestRecord
from schemas.agents import Agency, ContactPoint
from schemas.dataset import Dataset
from schemas.forms import dump_dataset
from tests.catalog.tables.personal_values import Inventor

NUMBER = Inventor(random.Random(2)).iin()
WORDS = f"Contact A. Person (ИИН {NUMBER}) about it."


def test_a_number_of_a_person_in_a_description_is_told_by_place_and_count() -> None:
    found = personal_texts(Dataset(name="a-b", title={"en": "A"}, description={"ru": WORDS}))
    assert [(one.code, one.path) for one in found] == [("personal-data", "/description/ru")]
    assert NUMBER not in str(found)


def test_contact_points_dates_and_laws_are_no_personal_data() -> None:
    desk = ContactPoint(name={"en": "Desk"}, email="a.person@gmail.com", telephone="+7 701 123 45 67")
    words = {"en": "Order 202401051230 of 2024-01-05, see https://example.kz/20240105123000 and info@example.kz."}
    assert personal_texts(Dataset(name="a-b", title={"en": "A"}, description=words, contact_point=(desk,))) == []


def test_drafts_and_harvests_are_stopped_alike() -> None:
    document = dump_dataset(Dataset(name="a-b", title={"en": "A"}, description={"ru": WORDS}))
    problems = whole(document, Agency(name="water", title={"en": "Water"}))[1]
    assert "personal-data" in [problem.code for problem in problems]
    source = HarvestSource(name="portal", kind="ckan", url="https://example.kz", agency="water", language="ru")
    body = {"id": "1", "name": "a-b", "title": "A", "notes": WORDS, "resources": []}
    dataset, found = read_record(HarvestRecord(identifier="1", body=body, profile="ckan"), source)
    assert (dataset, "personal-data" in [problem.code for problem in found]) == (None, True)
