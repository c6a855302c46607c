"""What the baseline sees of a table: numbers, moments as numbers, texts of few values; everything else is left out."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars

MOST_VALUES = 50
"""Distinct values of a text column that is used."""
MOST_COLUMNS = 500
LARGEST = 1e100
"""Larger numbers, whose squares overflow, count as missing."""


@dataclass(frozen=True, slots=True)
class Features:
    """Columns by their use; those left out tell the model nothing that it could learn."""

    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """Return the columns that the model sees."""
        return (*self.numbers, *self.texts)


def choose(train: "polars.DataFrame", without: Collection[str]) -> Features:
    """Choose the columns by what stands in the training rows; `without` names the target and identifiers."""
    import polars

    numbers, texts = list[str](), list[str]()
    for column in train.get_columns():
        kind = column.dtype
        if column.name in without or column.n_unique() < 2 or len(numbers) + len(texts) >= MOST_COLUMNS:
            continue
        if kind.is_numeric() or kind in (polars.Boolean, polars.Date, polars.Datetime):
            numbers.append(column.name)
        elif kind == polars.String and column.n_unique() <= MOST_VALUES:
            texts.append(column.name)
    used = {*numbers, *texts, *without}
    return Features(tuple(numbers), tuple(texts), tuple(name for name in train.columns if name not in used))


def seen(frame: "polars.DataFrame", features: Features) -> "polars.DataFrame":
    """Return the columns that the model sees: numbers (moments as seconds) or NaN, and texts, empty where missing."""
    import polars

    numbers = [_number(frame[name]) for name in features.numbers]
    texts = [frame[name].cast(polars.String).fill_null("") for name in features.texts]
    return polars.DataFrame([*numbers, *texts])


def _number(column: "polars.Series") -> "polars.Series":
    import polars

    values = (column.dt.epoch("s") if column.dtype.is_temporal() else column).cast(polars.Float64)
    return values.set(~values.is_between(-LARGEST, LARGEST), None).fill_null(float("nan"))


def columns_of(features: Features) -> Any:
    """Return the transformer of the columns: numbers imputed by their median and scaled, texts one column a value."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    scaled = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    coded = OneHotEncoder(handle_unknown="ignore")
    return ColumnTransformer([("numbers", scaled, list(features.numbers)), ("texts", coded, list(features.texts))])
