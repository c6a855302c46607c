"""What a machine-learning developer must know: task, target, splits, model cards, responsible-AI statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.texts import Text

RESPONSIBLE_AI: Mapping[str, bool] = {
    **dict.fromkeys((
        "dataCollection", "dataCollectionMissingData", "dataCollectionRawData", "dataImputationProtocol",
        "dataManipulationProtocol", "annotationsPerItem", "dataSocialImpact", "dataAnnotationProtocol",
        "dataReleaseMaintenancePlan",
    ), False),
    **dict.fromkeys((
        "dataCollectionType", "dataCollectionTimeframe", "dataPreprocessingProtocol", "dataAnnotationPlatform",
        "dataAnnotationAnalysis", "annotatorDemographics", "machineAnnotationTools", "dataBiases", "dataUseCases",
        "dataLimitations", "personalSensitiveInformation",
    ), True),
}  # fmt: skip
"""The properties of Croissant RAI 1.0, and whether they take several values."""


def split_order(names: Iterable[str]) -> list[str]:
    """Return names of splits in their order: train, validation, others by name, test last."""
    return sorted(names, key=lambda name: (name == "test", name != "train", name != "validation", name))


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRecipe:
    """Deterministic splits: hash of the row's `key` with `salt` into buckets of `ratios` (they sum to 1).

    `group_by` takes the place of the key: the rows of a group stay together. `stratify_by` joins the hash, so that every
    stratum is split on its own. Without key and group the whole row is the key. See `catalog.tables.splits`.
    """

    key: tuple[str, ...] = ()
    salt: str = ""
    ratios: Mapping[str, float] = field(default_factory=dict)
    stratify_by: str = ""
    group_by: str = ""

    @property
    def names(self) -> list[str]:
        """Return the splits in the order in which they cut the places of rows."""
        return split_order(self.ratios)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure, never without the split that it was measured on."""

    name: str
    value: float
    split: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """A model trained on the dataset (AI Hub's model description).

    `data_version` is the version of the dataset that it saw, `inputs` the SHA-256 of each file by the name of its split.
    """

    name: str
    task: str = ""
    description: Text = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()
    environment: str = ""
    seed: int | None = None
    code_url: str = ""
    code_license: str = ""
    data_version: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """How the data were labelled (AI Hub's metadata structure)."""

    labelling_type: str = ""
    labelling_format: str = ""
    keys: tuple[Mapping[str, str], ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MLProfile:
    """The machine-learning part. `responsible_ai` maps Croissant RAI 1.0 property names (without prefix) to texts.

    `curated` names what was described in this catalogue and not by the source: `target`, `model_cards.Baseline`,
    `responsible_ai.dataBiases` (see `catalog.curation`).
    """

    domain: str = ""
    data_type: str = ""
    tasks: tuple[str, ...] = ()
    target: str = ""
    splits: SplitRecipe | None = None
    annotation: Annotation | None = None
    build_year: str = ""
    volume: Text = field(default_factory=dict)
    service: Text = field(default_factory=dict)
    model_cards: tuple[ModelCard, ...] = ()
    responsible_ai: Mapping[str, Text] = field(default_factory=dict)
    curated: tuple[str, ...] = ()
