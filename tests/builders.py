"""Datasets for tests, whole but for what a test says about them, and the way there and back through a profile."""

from typing import Any

from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import load_dataset
from schemas.problems import Problem
from schemas.profiles.base import Profile, ReadContext, WriteContext

SITE = WriteContext(base_url="https://data.example")
ENGLISH = ReadContext(language="en")


def a_distribution(**changes: Any) -> Distribution:
    """Return a CSV file."""
    facts: dict[str, Any] = {
        "id": "wells-csv", "title": {"en": "Wells as CSV"}, "download_url": "https://water.example/wells.csv",
        "format": "CSV", "media_type": "text/csv", "license": "http://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    return Distribution(**(facts | changes))


def a_dataset(**changes: Any) -> Dataset:
    """Return a dataset about wells with one file."""
    facts: dict[str, Any] = {
        "name": "wells", "identifier": "water/wells", "title": {"en": "Wells", "ru": "Колодцы"},
        "description": {"en": "Depth and water level of public wells."}, "keyword": {"en": ("water", "wells")},
        "publisher": Agency(name="water-agency", title={"en": "Water Agency"}), "modified": "2025-06-30",
        "distribution": (a_distribution(),),
    }  # fmt: skip
    return Dataset(**(facts | changes))


def read_all(profile: Profile, body: bytes, context: ReadContext = ENGLISH) -> list[tuple[Dataset | None, list[Problem]]]:
    """Return each record of a body as a dataset, or as None, with every Problem of its reading and loading."""
    found = []
    for record in profile.split(body):
        reading = profile.read(record, context)
        dataset, problems = load_dataset(reading.document)
        found.append((dataset, [*reading.problems, *problems]))
    return found


def there_and_back(profile: Profile, dataset: Dataset, context: ReadContext = ENGLISH) -> Dataset | None:
    """Return the dataset that comes back when one is written and read."""
    ((back, _),) = read_all(profile, profile.write(dataset, SITE), context)
    return back
