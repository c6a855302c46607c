"""Runs keep what people described here, and say beforehand that they will."""

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from harvesters.preview import preview
from harvesters.runner import run_harvest
from schemas.ml import MLProfile
from tests.harvesters.test_runner import SOURCE, FakeKind, document, kind

__all__ = ["kind"]


@pytest.fixture
def described(catalog: Catalog, kind: FakeKind) -> MLProfile:
    kind.pages = [[document(0)]]
    run_harvest(catalog, SOURCE)
    said = {"target": "level", "responsible_ai": {"dataBiases": {"en": "Few gauges."}}, "model_cards": [{"name": "Ours"}]}
    catalog.describing.describe(SYSTEM, "dataset-0", said)
    return ml(catalog)


def ml(catalog: Catalog) -> MLProfile:
    return catalog.reading.entry(VISITOR, "dataset-0").dataset.ml


def test_a_changed_record_leaves_what_was_described_as_it_is(
    catalog: Catalog, kind: FakeKind, described: MLProfile
) -> None:
    kind.pages = [[document(0, title={"en": "Better"})]]
    (difference,) = preview(catalog, SOURCE)
    assert [name for name, _, _ in difference.changes] == ["title"]
    assert run_harvest(catalog, SOURCE).counts.changed == 1
    assert ml(catalog) == described


def test_a_source_that_begins_to_state_something_is_believed_in_that_alone(
    catalog: Catalog, kind: FakeKind, described: MLProfile
) -> None:
    kind.pages = [[document(0, ml={"target": "flow"})]]
    run_harvest(catalog, SOURCE)
    assert ml(catalog).target == "flow"
    assert ml(catalog).responsible_ai == described.responsible_ai
    assert [card.name for card in ml(catalog).model_cards] == ["Ours"]
