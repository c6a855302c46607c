"""What people describe for machine learning is checked, makes splits, and outlives harvests; the source's own word wins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.errors import Denied, Gone, Invalid, NotFound
from catalog.publishing import Change
from schemas.ml import MLProfile, ModelCard
from tests.catalog.library import NAME, Library

RECIPE: dict[str, Any] = {"key": ["id"], "ratios": {"train": 0.5, "test": 0.5}}
LEVELS = b"id,gauge,level\n" + b"".join(b"%d,g%d,%d\n" % (n, n % 3, n * 7 % 5) for n in range(60))


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    made = Library(catalog, tmp_path)
    made.release(levels=LEVELS)
    return made


def describe(catalog: Catalog, clear: tuple[str, ...] = (), **changes: Any) -> Change:
    return catalog.describing.describe(SYSTEM, NAME, changes, clear=clear)


def ml(catalog: Catalog) -> MLProfile:
    return catalog.reading.entry(VISITOR, NAME).dataset.ml


def splits(catalog: Catalog) -> Mapping[str, int]:
    (file,) = catalog.reading.entry(VISITOR, NAME).files
    return {made.split: made.rows for made in file.derived if made.split}


def codes(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_a_description_is_a_revision_that_says_what_was_described(library: Library, catalog: Catalog) -> None:
    describe(catalog, target="level", tasks=["regression"], responsible_ai={"dataBiases": {"en": "Few gauges upstream."}})
    described = ml(catalog)
    assert (described.target, described.tasks) == ("level", ("regression",))
    assert described.curated == ("responsible_ai.dataBiases", "target", "tasks")
    assert catalog.reading.revisions(VISITOR, NAME)[0].because == "Described: target, tasks, responsible_ai"


def test_a_recipe_makes_the_splits_when_the_file_is_read_again_and_a_version_of_them(library: Library, catalog: Catalog) -> None:
    assert splits(catalog) == {}
    describe(catalog, splits=RECIPE)
    library.check()
    assert sum(splits(catalog).values()) == 60
    version = catalog.versions.cut(NAME)
    assert version is not None
    assert [made.split for made in version.files[0].derived if made.split] == ["train", "test"]


def test_another_salt_draws_anew_and_the_rest_of_the_recipe_stays(library: Library, catalog: Catalog) -> None:
    describe(catalog, splits=RECIPE)
    library.check()
    before = [made.sha256 for made in catalog.reading.entry(VISITOR, NAME).files[0].derived if made.split]
    describe(catalog, splits={"salt": "2026"})
    library.check()
    after = [made.sha256 for made in catalog.reading.entry(VISITOR, NAME).files[0].derived if made.split]
    assert before != after
    recipe = ml(catalog).splits
    assert recipe is not None
    assert (recipe.key, recipe.salt) == (("id",), "2026")


def test_a_group_takes_the_place_of_the_key(library: Library, catalog: Catalog) -> None:
    describe(catalog, splits=RECIPE)
    describe(catalog, splits={"group_by": "gauge"})
    recipe = ml(catalog).splits
    assert recipe is not None
    assert (recipe.key, recipe.group_by) == ((), "gauge")


def test_without_a_recipe_there_are_no_splits_any_more(library: Library, catalog: Catalog) -> None:
    describe(catalog, splits=RECIPE)
    library.check()
    describe(catalog, clear=("splits",))
    library.check()
    assert splits(catalog) == {}
    assert ml(catalog) == MLProfile()


def test_a_harvest_keeps_what_was_described_here(library: Library, catalog: Catalog) -> None:
    describe(catalog, target="level", splits=RECIPE, model_cards=[{"name": "Ours"}])
    library.publish("levels", ml=MLProfile(domain="water", model_cards=(ModelCard(name="Theirs"),)))
    now = ml(catalog)
    assert (now.target, now.domain, [card.name for card in now.model_cards]) == ("level", "water", ["Theirs", "Ours"])
    assert now.splits is not None
    library.publish("levels")
    assert (ml(catalog).target, ml(catalog).domain, [card.name for card in ml(catalog).model_cards]) == ("level", "", ["Ours"])


def test_what_the_source_states_wins_over_what_was_described_here(library: Library, catalog: Catalog) -> None:
    describe(catalog, target="level", tasks=["regression"])
    library.publish("levels", ml=MLProfile(target="gauge"))
    assert (ml(catalog).target, ml(catalog).tasks, ml(catalog).curated) == ("gauge", ("regression",), ("tasks",))
    with pytest.raises(Invalid) as refused:
        describe(catalog, target="level")
    assert codes(refused) == [("stated-by-source", "/ml/target")]


def test_the_marks_of_another_catalogue_are_not_ours(library: Library, catalog: Catalog) -> None:
    library.publish("levels", ml=MLProfile(target="gauge", curated=("target",)))
    assert ml(catalog).curated == ()
    library.publish("levels")
    assert ml(catalog).target == ""


def test_a_statement_is_completed_by_other_languages_and_taken_back_by_its_name(library: Library, catalog: Catalog) -> None:
    describe(catalog, responsible_ai={"dataBiases": {"en": "Few gauges."}, "dataUseCases": {"en": "Floods."}})
    describe(catalog, responsible_ai={"dataBiases": {"ru": "Мало постов."}})
    assert ml(catalog).responsible_ai["dataBiases"] == {"en": "Few gauges.", "ru": "Мало постов."}
    describe(catalog, clear=("dataBiases",))
    assert set(ml(catalog).responsible_ai) == {"dataUseCases"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"target": "depth"}, [("unknown-column", "/ml/target")]),
        ({"splits": {"key": ["well"], "ratios": RECIPE["ratios"]}}, [("unknown-column", "/ml/splits")]),
        ({"splits": {"key": ["id"], "ratios": {"train": 0.9, "test": 0.2}}}, [("out-of-range", "/ml/splits/ratios")]),
        ({"splits": {"key": ["id"]}}, [("missing", "/ml/splits")]),
        ({"splits": "half"}, [("not-an-object", "/ml/splits")]),
        ({"responsible_ai": {"bias": {"en": "x"}}}, [("unknown-value", "/ml/responsible_ai")]),
        ({"goal": "x"}, [("unknown-field", "/ml/goal")]),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    library: Library, catalog: Catalog, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as refused:
        describe(catalog, **changes)
    assert codes(refused) == expected
    assert ml(catalog) == MLProfile()


def test_only_what_was_described_here_can_be_taken_back(library: Library, catalog: Catalog) -> None:
    library.publish("levels", ml=MLProfile(target="gauge"))
    with pytest.raises(Invalid) as refused:
        describe(catalog, clear=("target",))
    assert codes(refused) == [("not-described", "/ml/target")]


def test_the_same_again_changes_nothing(library: Library, catalog: Catalog) -> None:
    assert describe(catalog, target="level") is Change.CHANGED
    assert describe(catalog, target="level") is Change.UNCHANGED


def test_what_was_withdrawn_is_not_described(library: Library, catalog: Catalog) -> None:
    catalog.publishing.withdraw(SYSTEM, NAME, "It was wrong")
    with pytest.raises(Gone):
        describe(catalog, target="level")


def test_a_visitor_describes_nothing(library: Library, catalog: Catalog) -> None:
    with pytest.raises(Denied):
        catalog.describing.describe(VISITOR, NAME, {"target": "level"})
    with pytest.raises(NotFound):
        catalog.describing.describe(SYSTEM, "absent", {"target": "level"})
