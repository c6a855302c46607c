"""What a machine-learning developer must know: task, target, splits, model cards, responsible-AI statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRecipe:
    """Deterministic splits: hash of `key` with `salt` into buckets of `ratios` (they sum to 1)."""

    key: tuple[str, ...] = ()
    salt: str = ""
    ratios: Mapping[str, float] = field(default_factory=dict)
    stratify_by: str = ""
    group_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure, never without the split that it was measured on."""

    name: str
    value: float
    split: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """A model trained on the dataset (AI Hub's model description)."""

    name: str
    task: str = ""
    description: Text = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()
    environment: str = ""
    seed: int | None = None
    code_url: str = ""
    code_license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """How the data were labelled (AI Hub's metadata structure)."""

    labelling_type: str = ""
    labelling_format: str = ""
    keys: tuple[Mapping[str, str], ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MLProfile:
    """The machine-learning part. `responsible_ai` maps Croissant RAI 1.0 property names (without prefix) to texts."""

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
