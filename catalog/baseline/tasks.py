"""Classification and regression: which one a target asks for, the models of each, and how they are measured."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.errors import CatalogError

if TYPE_CHECKING:
    import polars

FEW_VALUES, MOST_CLASSES = 20, 100
"""Whole numbers of few distinct values are classes; of more than MOST_CLASSES classes none is learnt."""


@dataclass(frozen=True, slots=True)
class Task:
    """`models(seed)` gives the model and the floor, `measures` what is computed from the true and the predicted values."""

    name: str
    model: str
    floor: str
    models: Callable[[int], tuple[Any, Any]]
    measures: Callable[[Any, Any], Mapping[str, float]]


def task_of(target: "polars.Series", declared: Iterable[str]) -> Task:
    """Return the task for a target without nulls: the declared one if it fits, else by type and distinct values."""
    kind, values = target.dtype, target.n_unique()
    numeric, named = kind.is_numeric(), " ".join(declared).casefold()
    if not numeric and str(kind) not in ("String", "Boolean"):
        raise CatalogError(f"The target {target.name!r} holds {kind}; choose a column of numbers, texts or booleans.")
    if "regression" in named and not numeric:
        raise CatalogError(f"The target {target.name!r} holds no numbers, so it cannot be a regression; it is a classification.")
    few = kind.is_integer() and values <= FEW_VALUES
    if numeric and ("regression" in named or not (few or "classification" in named)):
        return TASKS["regression"]
    if not 2 <= values <= MOST_CLASSES:
        words = f"The target {target.name!r} has {values:,} distinct values in the training rows"
        raise CatalogError(f"{words}; a classification needs 2 to {MOST_CLASSES}. Choose another target or other splits.")
    return TASKS["classification"]


def _classifiers(seed: int) -> tuple[Any, Any]:
    from sklearn.dummy import DummyClassifier
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=300, random_state=seed), DummyClassifier(strategy="most_frequent")


def _regressors(seed: int) -> tuple[Any, Any]:
    from sklearn.dummy import DummyRegressor
    from sklearn.linear_model import Ridge

    return Ridge(random_state=seed), DummyRegressor(strategy="mean")


def _of_classes(true: Any, predicted: Any) -> Mapping[str, float]:
    from sklearn.metrics import accuracy_score, f1_score

    f1 = f1_score(true, predicted, average="macro", zero_division=0)
    return {"accuracy": accuracy_score(true, predicted), "macro F1": f1}


def _of_numbers(true: Any, predicted: Any) -> Mapping[str, float]:
    from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

    errors = {"MAE": mean_absolute_error(true, predicted), "RMSE": root_mean_squared_error(true, predicted)}
    return {**errors, "R²": r2_score(true, predicted)}


TASKS = {
    task.name: task
    for task in (
        Task("classification", "LogisticRegression", "DummyClassifier (most frequent class)", _classifiers, _of_classes),
        Task("regression", "Ridge", "DummyRegressor (mean)", _regressors, _of_numbers),
    )
}
