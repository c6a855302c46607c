"""What is told of all rows of a column too long to be held: counts, bounds, moments, and about how many distinct values."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy
import polars
from numpy.typing import NDArray

Hashes = NDArray[numpy.uint64]
_KEPT = 2**16
"""Smallest hashes kept: fewer distinct values are counted exactly, more within about half a percent."""


@dataclass(slots=True)
class Whole:
    """Takes a column chunk by chunk and keeps every `step`-th value."""

    step: int
    count: int = 0
    _seen: int = 0
    _sample: list[polars.Series] = field(default_factory=list)
    _hashes: Hashes = field(default_factory=lambda: numpy.zeros(0, numpy.uint64))
    _bounds: list[Any] = field(default_factory=list)
    _moments: tuple[int, float, float] = (0, 0.0, 0.0)

    def add(self, chunk: polars.Series) -> Hashes:
        """Take the next values; returns their hashes."""
        self._sample.append(chunk.gather_every(self.step, -self._seen % self.step))
        self._seen += len(chunk)
        self.count += len(chunk) - chunk.null_count()
        hashes = chunk.hash().to_numpy()
        self._smallest(hashes[chunk.is_not_null().to_numpy()] if chunk.null_count() else hashes)
        if chunk.dtype.is_numeric() or chunk.dtype in (polars.Date, polars.Datetime):
            values = chunk.drop_nulls()
            self._spread(values.filter(values.is_finite()) if chunk.dtype.is_float() else values)
        return hashes

    def _smallest(self, hashes: Hashes) -> None:
        if len(self._hashes) == _KEPT:
            hashes = hashes[hashes < self._hashes[-1]]
        self._hashes = numpy.unique(numpy.concatenate([self._hashes, hashes]))[:_KEPT]

    def _spread(self, values: polars.Series) -> None:
        if values.is_empty():
            return
        self._bounds = [*self._bounds, values.min(), values.max()]
        self._bounds = [min(self._bounds), max(self._bounds)]
        if values.dtype.is_numeric():
            numbers = values.cast(polars.Float64).to_numpy()
            count, mean, squares = self._moments
            with numpy.errstate(over="ignore", invalid="ignore"):
                more, middle, rest = len(numbers), float(numbers.mean()), float(numbers.var()) * len(numbers)
                apart = middle - mean
                squares += rest + apart * apart * count * more / (count + more)
            self._moments = (count + more, mean + apart * more / (count + more), squares)

    @property
    def sample(self) -> polars.Series:
        """Every `step`-th value."""
        return polars.concat(self._sample)

    @property
    def facts(self) -> dict[str, Any]:
        """Return `distinct`, and of numbers and dates `min`, `max`, of numbers `mean` and `std`."""
        facts: dict[str, Any] = {"distinct": len(self._hashes)}
        if len(self._hashes) == _KEPT:
            facts["distinct"] = min(self.count, round((_KEPT - 1) / (float(self._hashes[-1]) / 2.0**64)))
        if self._bounds:
            facts |= {"min": self._bounds[0], "max": self._bounds[1]}
        count, mean, squares = self._moments
        if count:
            facts |= {"mean": mean, "std": math.sqrt(squares / (count - 1)) if count > 1 else None}
        return facts
