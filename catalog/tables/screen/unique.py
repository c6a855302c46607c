"""Which integers of a column come again: sorted runs of values and row numbers, 16 bytes a row."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Integers = NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose value stood in an earlier row, and the latest such row, both ascending by row."""

    values: Integers
    rows: Integers
    before: Integers


class Runs:
    """The values seen so far. A run is sorted by value; of equal values only the latest row is kept."""

    def __init__(self) -> None:
        self._runs: list[tuple[Integers, Integers]] = []

    def add(self, values: Integers, rows: Integers) -> Repeats:
        """Take in the values of one block, rows ascending and later than all before; return those that repeat."""
        if len(values) > 1 and not (values[1:] > values[:-1]).all():
            order = numpy.argsort(values, kind="stable")
            values, rows = values[order], rows[order]
        before = self._latest(values)
        again = numpy.flatnonzero(values[1:] == values[:-1]) + 1
        before[again] = rows[again - 1]
        found = numpy.flatnonzero(before >= 0)
        found = found[numpy.argsort(rows[found], kind="stable")]
        repeats = Repeats(values[found], rows[found], before[found])
        if len(again):
            values, rows = numpy.delete(values, again - 1), numpy.delete(rows, again - 1)
        self._keep(values, rows)
        return repeats

    def _latest(self, values: Integers) -> Integers:
        """Return the latest row of each value in earlier blocks, -1 where there is none."""
        latest = numpy.full(len(values), -1, numpy.int64)
        for seen, rows in self._runs:
            if not len(values) or values[0] > seen[-1] or values[-1] < seen[0]:
                continue
            places = numpy.minimum(numpy.searchsorted(seen, values), len(seen) - 1)
            hits = seen[places] == values
            latest[hits] = numpy.maximum(latest[hits], rows[places[hits]])
        return latest

    def _keep(self, values: Integers, rows: Integers) -> None:
        if not len(values):
            return
        self._runs.append((values, rows))
        while len(self._runs) > 1 and 2 * len(self._runs[-1][0]) >= len(self._runs[-2][0]):
            later, earlier = self._runs.pop(), self._runs.pop()
            self._runs.append(_merged(earlier, later))


def _merged(earlier: tuple[Integers, Integers], later: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
    values, rows = numpy.concatenate([earlier[0], later[0]]), numpy.concatenate([earlier[1], later[1]])
    if later[0][0] > earlier[0][-1]:
        return values, rows
    order = numpy.argsort(values, kind="stable")  # finds the two runs: it only merges
    values, rows = values[order], rows[order]
    latest = numpy.append(values[1:] != values[:-1], True)
    return (values, rows) if latest.all() else (values[latest], rows[latest])
