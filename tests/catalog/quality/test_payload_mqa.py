"""Real datasets have the points that were worked out by hand from their sources; nobody has checked their links."""

import pytest

from tests.benchmarks.mqa import datasets, scored
from tests.payloads import payload

PUBLIC = 10 + 5
"""Access rights, which our export always states, from the list."""
SHAPES = 30
BY_HAND = {
    # title, dates, publisher, a licence that is not in the EU list, an address; no words, theme, area, period or format
    "f_dcat/de_govdata_paged/catalog-endpoint.rdf b5882a57": (0, 0, SHAPES, PUBLIC + 10 + 20, 5 + 5),
    # words and theme; XLS is listed and machine-readable, but not free; licence by its own address, publisher; size and dates
    "f_dcat/examples_national/dataset_gob_es.ttl estudio": (30 + 30, 0, SHAPES + 20 + 10 + 20, PUBLIC + 10 + 20, 5 + 5 + 5),
    # words and area; JSON is listed, machine-readable and free; publisher; dates
    "f_dcat/fr_udata/bnodes.jsonld dataset-3": (30 + 20, 0, SHAPES + 20 + 10 + 20 + 20, PUBLIC + 10, 5 + 5),
    # words; a format that is not listed; licence, contact and publisher; date of change
    "g_dcatus/ckanext-datajson_samples/arm.data.json ncep": (30, 0, SHAPES + 20, PUBLIC + 20 + 20 + 10, 5),
    # words and area; contact and publisher; `R/P1W` is no date
    "g_dcatus/datagov-harvester_samples/dcatus.json commitment": (30 + 20, 0, SHAPES, PUBLIC + 20 + 10, 0),
}


@pytest.mark.parametrize("place", BY_HAND)
def test_points_are_those_worked_out_by_hand(place: str) -> None:
    path, name = place.split()
    wanted = [one for one in datasets([payload(path)]) if one.name.startswith(name)]
    ((_, found),) = scored(wanted)
    assert tuple(part.points for part in found.dimensions.values()) == BY_HAND[place]
