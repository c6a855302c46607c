"""A source that an agency keeps itself publishes in the name of that agency only, whatever its records say."""

import json
from dataclasses import replace

from catalog.harvests.records import HarvestSource
from schemas.dataset import Dataset
from schemas.forms import load_agency

OWN = "own-agency"
"""The option of a source whose records are all published by its agency, whatever they say; holds the agency's document."""


def in_own_name(dataset: Dataset, source: HarvestSource) -> Dataset:
    """Return a harvested dataset under the agency that keeps the source, where it may publish in no other name."""
    kept = load_agency(json.loads(source.options[OWN]))[0] if OWN in source.options else None
    return replace(dataset, publisher=kept) if kept else dataset
