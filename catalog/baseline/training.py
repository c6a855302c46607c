"""Trains the baseline and its floor on one split and measures both on the others; the same bytes and seed, the same numbers."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.baseline.features import LARGEST, Features, choose, columns_of, seen
from catalog.baseline.splits import Frames, Progress
from catalog.baseline.tasks import Task, task_of
from catalog.errors import CatalogError
from schemas.ml import Metric

if TYPE_CHECKING:
    import polars

TRAIN = "train"
FEWEST, FEWEST_TO_MEASURE = 20, 5
"""Rows with a value in the target that the training rows and each other split need."""
DIGITS = 6
"""Digits behind the point that figures keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What came out: `rows` are those used of each split; figures of the floor are named so."""

    task: Task
    features: Features
    rows: dict[str, int]
    metrics: tuple[Metric, ...]


def train(
    frames: Frames, target: str, *, declared: Iterable[str], without: Iterable[str], seed: int, progress: Progress
) -> Trained:
    """Train on the split `train` and measure on the others; `without` names the identifiers. Raises CatalogError."""
    from threadpoolctl import threadpool_limits

    known = {split: _with_target(frame, target, split) for split, frame in frames.items()}
    task = task_of(known[TRAIN][target], declared)
    features = choose(known[TRAIN], {target, *without})
    if not features.used:
        raise CatalogError("No column beside the target tells anything: all are identifiers, texts of many values, or constant.")
    with threadpool_limits(1), warnings.catch_warnings():  # one thread, since sums in another order are other sums
        warnings.simplefilter("ignore")
        try:
            metrics = tuple(_measured(known, target, task, features, seed, progress))
        except (ValueError, ArithmeticError) as error:
            raise CatalogError(f"The baseline cannot be trained on these rows ({error}).") from None
    rows = {split: frame.height for split, frame in known.items()}
    return Trained(task=task, features=features, rows=rows, metrics=metrics)


def _with_target(frame: "polars.DataFrame", target: str, split: str) -> "polars.DataFrame":
    rows = frame.drop_nulls(target)
    if rows[target].dtype.is_float():
        rows = rows.filter(rows[target].is_between(-LARGEST, LARGEST))
    fewest = FEWEST if split == TRAIN else FEWEST_TO_MEASURE
    if rows.height < fewest:
        words = f"The split {split!r} has {rows.height} rows with a value in {target!r}"
        raise CatalogError(f"{words}; at least {fewest} are needed. Give it a greater share, or choose another target.")
    return rows


def _measured(
    frames: Frames, target: str, task: Task, features: Features, seed: int, progress: Progress
) -> Iterator[Metric]:
    from sklearn.pipeline import make_pipeline

    model, floor = task.models(seed)
    models = {"": make_pipeline(columns_of(features), model), "floor ": floor}
    inputs = {split: seen(frame, features) for split, frame in frames.items()}
    truths = {split: _truth(frame[target], task) for split, frame in frames.items()}
    for done, one in enumerate(models.values(), 1):
        one.fit(inputs[TRAIN], truths[TRAIN])
        progress("Models", done, len(models))
    for split in (split for split in frames if split != TRAIN):
        for name, one in models.items():
            for measure, value in task.measures(truths[split], one.predict(inputs[split])).items():
                yield Metric(name=f"{name}{measure}", value=round(float(value), DIGITS), split=split)


def _truth(column: "polars.Series", task: Task) -> Any:
    import polars

    return column.cast(polars.Float64).to_numpy() if task.name == "regression" else column.cast(polars.String).to_list()
