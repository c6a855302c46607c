"""The splits of a table as frames in memory, bounded; of a longer split a sample drawn with the seed."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    import polars
    import pyarrow

MOST_ROWS, MOST_CELLS = 100_000, 20_000_000
"""Of each split; wide tables give fewer rows."""

Frames = Mapping[str, "polars.DataFrame"]


def read_split(path: Path, seed: int) -> "tuple[polars.DataFrame, int]":
    """Return the rows of a split in their order, and how many it has; at most MOST_ROWS are drawn."""
    import polars
    import pyarrow
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        total, columns = file.metadata.num_rows, max(1, file.metadata.num_columns)
        most = max(1, min(MOST_ROWS, MOST_CELLS // columns))
        drawn = numpy.random.default_rng(seed).choice(total, most, replace=False) if total > most else None
        batches = file.iter_batches(10_000)
        parts = list(_drawn(batches, drawn) if drawn is not None else batches)
        frame = polars.from_arrow(pyarrow.Table.from_batches(parts, file.schema_arrow))
    assert isinstance(frame, polars.DataFrame)
    return frame, total


def _drawn(batches: "Iterator[pyarrow.RecordBatch]", rows: Any) -> "Iterator[pyarrow.RecordBatch]":
    wanted, start = numpy.sort(rows), 0
    for batch in batches:
        here = wanted[numpy.searchsorted(wanted, start) : numpy.searchsorted(wanted, start + batch.num_rows)] - start
        start += batch.num_rows
        yield batch.take(here)


Progress = Callable[[str, int, int | None], None]
"""Called with the stage, how many steps are done and how many there are."""
