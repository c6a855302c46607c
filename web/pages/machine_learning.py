"""What a dataset page shows for machine learning: splits with their recipe, model cards with their scores, statements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from catalog.records import Derivative
from catalog.versions.addresses import made_path
from schemas.ml import MLProfile, ModelCard, SplitRecipe, split_order
from schemas.texts import Text
from web.pages.facts import File
from web.sentences import N_
from web.template_tools import number, sentence

FLOOR = "floor "
"""Begins the names of figures that a model must beat (see `catalog.baseline.training`)."""


def tools() -> dict[str, Any]:
    """Return what templates call to write the machine-learning part."""
    return {
        "recipe_words": recipe_words, "split_tables": split_tables, "split_order": split_order, "scores": scores,
        "figure": figure, "statements": statements,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SplitTable:
    """The splits of one file: each with its share of all the rows in percent and its address; `left_out` rows are in none."""

    file: File
    parts: tuple[tuple[Derivative, float, str], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of a model on one split; `floor` is that of the simplest answer, None where nobody measured it."""

    split: str
    measure: str
    value: float
    floor: float | None


def split_tables(files: Iterable[File]) -> list[SplitTable]:
    """Return the splits of every table that has some in the newest version."""
    return [made for file in files if (made := _split_table(file))]


def _split_table(file: File) -> SplitTable | None:
    version = file.version
    held = version.file(file.distribution.id) if version and file.allowed else None
    made = [one for one in held.derived if one.split] if held else []
    if version is None or not made:
        return None
    total = file.made.rows if file.made else 0
    parts = [(one, 100 * one.rows / max(1, total), made_path(version, file.distribution.id, one.name)) for one in made]
    return SplitTable(file, tuple(parts), total - sum(one.rows for one in made))


def recipe_words(recipe: SplitRecipe) -> Iterator[str]:
    """Yield sentences that say how the splits are made."""
    shares = ", ".join(f"{name} {number(round(recipe.ratios[name] * 100, 2))} %" for name in recipe.names)
    yield _("Shares: %(shares)s.", shares=shares)
    if recipe.group_by:
        yield _("The rows of each value of %(column)s stay together in one split.", column=recipe.group_by)
    elif recipe.key:
        columns = ", ".join(recipe.key)
        yield _("The key of a row is %(columns)s; rows with the same key are always in one split.", columns=columns)
    else:
        yield _("The whole row is the key; equal rows are always in one split.")
    if recipe.stratify_by:
        yield _("Every value of %(column)s is split on its own, in these shares up to chance.", column=recipe.stratify_by)
    yield _("The split follows from a hash of the key, so rows never move when others come or go.")
    if recipe.salt:
        yield _("Salt: %(salt)s.", salt=recipe.salt)


def scores(card: ModelCard) -> list[Score]:
    """Return the figures of a card, each beside its floor."""
    floors = {(one.split, one.name.removeprefix(FLOOR)): one.value for one in card.metrics if one.name.startswith(FLOOR)}
    named = [one for one in card.metrics if not one.name.startswith(FLOOR)]
    return [Score(one.split, one.name, one.value, floors.get((one.split, one.name))) for one in named]


def figure(value: float) -> str:
    """Return a figure of a model for the reader, in four digits that count."""
    return number(float(f"{value:.4g}"))


def statements(ml: MLProfile) -> Iterator[tuple[str, str, Text]]:
    """Yield each responsible-AI statement: its title, its name in Croissant RAI 1.0, and its words."""
    for name in (*TITLES, *sorted(set(ml.responsible_ai) - set(TITLES))):
        if words := ml.responsible_ai.get(name):
            yield sentence(TITLES, name), name, words


TITLES: Mapping[str, str] = {
    "dataCollection": N_("How the data were collected"),
    "dataCollectionType": N_("Kinds of collection"),
    "dataCollectionTimeframe": N_("Time of collection"),
    "dataCollectionMissingData": N_("What is missing, and why"),
    "dataCollectionRawData": N_("Raw data"),
    "dataImputationProtocol": N_("How gaps were filled"),
    "dataManipulationProtocol": N_("How the data were changed"),
    "dataPreprocessingProtocol": N_("Steps of preparation"),
    "dataAnnotationProtocol": N_("How the data were labelled"),
    "dataAnnotationPlatform": N_("Tools of labelling"),
    "dataAnnotationAnalysis": N_("Agreement of labellers"),
    "annotationsPerItem": N_("Labels for each item"),
    "annotatorDemographics": N_("Who labelled"),
    "machineAnnotationTools": N_("Labelling by machines"),
    "dataUseCases": N_("Intended uses"),
    "dataLimitations": N_("Unsuitable uses and limits"),
    "dataBiases": N_("Known biases"),
    "personalSensitiveInformation": N_("Personal and sensitive data"),
    "dataSocialImpact": N_("Effect on society"),
    "dataReleaseMaintenancePlan": N_("Plan of maintenance"),
}
