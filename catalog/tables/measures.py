"""What is measured of one column of values: distinct and frequent values, spread, lengths, examples."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy
import polars
from numpy.typing import NDArray

BINS, FREQUENT, EXAMPLES, CLIPPED = 20, 10, 5, 200
"""Bars of a histogram, most frequent values and examples of a column; characters that are kept of a long text."""
QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_MANY, _LOOKED_AT = 100_000, 10_000
"""Texts of which those that differ are told apart by their hashes, where most of so many of them do."""


def measured(column: polars.Series, whole: Mapping[str, Any] | None = None, *, detailed: bool = True) -> dict[str, Any]:
    """Return the measures of a column by the contract of the profile.

    `whole` holds `distinct`, `min`, `max`, `mean`, `std` over all rows where `column` is only a sample of them.
    Without `detailed` there are only counts, bounds and means.
    """
    values = column.drop_nulls()
    kind = values.dtype
    spread = kind.is_numeric() or kind in (polars.Date, polars.Datetime)
    found = _spread(values, whole or {}, detailed=detailed) if spread else _texts(values)
    if whole:
        found |= {"distinct": whole["distinct"], "distinct_exact": False}
    if not detailed:
        return found | {"histogram": None, "quantiles": None, "top": [], "examples": []}
    if found["top"] is None:
        found["top"] = _most(_counted(values)) if found["distinct"] <= BINS else []
    return found | {"examples": _as_texts(values.head(1000).unique(maintain_order=True).head(EXAMPLES))}


def _texts(values: polars.Series) -> dict[str, Any]:
    distinct, often = _told_apart(values if values.dtype == polars.String else values.cast(polars.String))
    found = _nothing() | {"top": _most(often), "distinct": distinct}
    if values.dtype == polars.String and len(values):
        lengths = values.str.len_chars()
        found["lengths"] = {"min": lengths.min(), "max": lengths.max(), "mean": lengths.mean()}
    return found


def _nothing() -> dict[str, Any]:
    return {
        "distinct": 0, "distinct_exact": True, "min": None, "max": None, "mean": None, "std": None, "quantiles": None,
        "histogram": None, "lengths": None, "top": None,
    }  # fmt: skip


def _spread(values: polars.Series, whole: Mapping[str, Any], *, detailed: bool) -> dict[str, Any]:
    """Return measures of numbers, dates and times of day on a date; these are told in ISO 8601."""
    finite = values.filter(values.is_finite()) if values.dtype.is_float() else values
    numbers = numpy.sort(_numbers(finite))
    found = _nothing() | {"distinct": _distinct(values, finite, numbers)}
    if finite.is_empty():
        return found
    low, high = whole.get("min", finite.min()), whole.get("max", finite.max())
    if finite.dtype.is_numeric():
        found |= {name: _told(whole.get(name, moment)) for name, moment in _moments(numbers).items()}
    found |= {"min": _told(low), "max": _told(high)}
    if not detailed:
        return found
    found["histogram"] = _histogram(numbers, finite.dtype)
    found["quantiles"] = {str(q): _quantile(numbers, q, finite.dtype) for q in QUANTILES}
    return found


def _distinct(values: polars.Series, finite: polars.Series, numbers: NDArray[Any]) -> int:
    if values.dtype.is_decimal() or finite.is_empty():
        return values.n_unique()
    others = values.filter(~values.is_finite()).n_unique() if len(finite) < len(values) else 0
    return others + 1 + int(numpy.count_nonzero(numbers[1:] != numbers[:-1]))


def _moments(numbers: NDArray[Any]) -> dict[str, float | None]:
    with numpy.errstate(over="ignore", invalid="ignore"):
        return {"mean": float(numbers.mean()), "std": float(numbers.std(ddof=1)) if len(numbers) > 1 else None}


def _numbers(values: polars.Series) -> NDArray[Any]:
    if values.dtype.is_decimal():
        return values.cast(polars.Float64).to_numpy()
    return values.to_physical().to_numpy()


def _quantile(numbers: NDArray[Any], share: float, kind: polars.DataType) -> Any:
    if kind.is_temporal():
        return _value(int(numbers[round((len(numbers) - 1) * share)]), kind)
    place = (len(numbers) - 1) * share
    below, above = float(numbers[math.floor(place)]), float(numbers[math.ceil(place)])
    found = below + (above - below) * (place - math.floor(place))
    return _told(found)


def _histogram(numbers: NDArray[Any], kind: polars.DataType) -> dict[str, Any] | None:
    """Count values in bins from an edge up to the next, which only the last bin takes in."""
    whole = not numpy.issubdtype(numbers.dtype, numpy.floating)
    edges = _whole_edges(int(numbers[0]), int(numbers[-1])) if whole else _real_edges(float(numbers[0]), float(numbers[-1]))
    if not edges:
        return None
    starts = numpy.searchsorted(numbers, numpy.array(edges[:-1], dtype=numbers.dtype), "left")
    counts = numpy.diff(starts, append=len(numbers)).tolist()
    return {"edges": [_value(edge, kind) for edge in edges], "counts": counts}


def _whole_edges(low: int, high: int) -> list[int]:
    """Return edges on whole numbers, equally far apart; the last one lies above `high`."""
    width = -(-(high - low + 1) // BINS)
    return list(range(low, high + width + 1, width))


def _real_edges(low: float, high: float) -> list[float]:
    if low == high:
        return [low, low]
    edges = [low + (high / BINS - low / BINS) * n for n in range(BINS)] + [high]
    return edges if all(math.isfinite(edge) for edge in edges) and edges == sorted(set(edges)) else []


def _value(number: float, kind: polars.DataType) -> Any:
    if not kind.is_temporal():
        return _told(number)
    try:
        return _told(polars.Series([number], dtype=polars.Int64).cast(kind).item())
    except (OverflowError, ValueError, polars.exceptions.PolarsError):
        return date.max.isoformat()  # an edge after the last day there is


def _told(value: Any) -> Any:
    """Return a value as JSON takes it: numbers, and ISO 8601 for dates."""
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def _told_apart(texts: polars.Series) -> tuple[int, polars.DataFrame]:
    """Return how many distinct texts there are, and the counts of those that may be most frequent (of many: that repeat)."""
    if len(texts) < _MANY or texts.head(_LOOKED_AT).n_unique() * 2 < _LOOKED_AT:
        return (counted := _counted(texts)).height, counted
    hashes = texts.hash()
    ordered = numpy.sort(hashes.to_numpy())
    starts = numpy.append(0, numpy.flatnonzero(ordered[1:] != ordered[:-1]) + 1)
    counts = numpy.diff(starts, append=len(ordered))
    least = numpy.partition(counts, -FREQUENT)[-FREQUENT]
    often = ordered[starts[counts >= max(2, least)]]
    return len(counts), _counted(texts.filter(hashes.is_in(polars.Series(often))))


def _counted(values: polars.Series) -> polars.DataFrame:
    return values.alias("v").value_counts(name="n")


def _most(counted: polars.DataFrame) -> list[dict[str, Any]]:
    """Return the most frequent values; equally frequent ones in their order, and none where no value comes twice."""
    least = counted["n"].top_k(FREQUENT).min()
    if least is None or counted["n"].max() == 1 < counted.height:
        return []
    most = counted.filter(polars.col("n") >= least).sort(["n", "v"], descending=[True, False]).head(FREQUENT)
    return [{"value": text, "count": count} for text, count in zip(_as_texts(most["v"]), most["n"], strict=True)]


def _as_texts(values: polars.Series) -> Sequence[str]:
    return [_text(value)[:CLIPPED] for value in values.to_list()]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.isoformat() if isinstance(value, date) else value)
