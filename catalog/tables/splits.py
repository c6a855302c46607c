"""Deterministic splits of a table: which rows are for training is decided by a hash of their key (`catalog.tables.buckets`).

What is hashed are the original texts of the stratum, if there is one, and of the key columns (or the group; without either
the whole row). Promises: rows stay where they are when others come or go; rows with equal keys are always in one split; with
`stratify_by` every stratum is split on its own, in the ratios up to chance; rows whose key is incomplete are in no split.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

import numpy
import polars
from pyarrow import parquet

from catalog.records import PARQUET
from catalog.tables.buckets import Buckets, Places, buckets, part, places
from catalog.tables.cells import blocks
from catalog.tables.copying import Copy
from catalog.tables.writer import ROW_GROUP, Writer
from schemas.ml import SplitRecipe

BLOCK = 2_000
"""Rows read at once, few enough to stay in the cache of the processor; within a block every key is hashed once."""
_LEFT_OUT = 255


class NoSplits(Exception):
    """The recipe does not fit the table; the message says why."""


def make_splits(copy: Copy, schema: Mapping[str, Any], recipe: SplitRecipe, folder: Path) -> Iterator[dict[str, Any]]:
    """Write `<split>.parquet` into `folder` from the PARQUET there; yields the values of each Derivative.

    Raises NoSplits where the table lacks a column of the recipe, or a key is in several strata.
    """
    members = _members(copy, schema, recipe)
    with ExitStack() as opened:
        writers = {name: opened.enter_context(Writer(folder / f"{name}.parquet", schema)) for name in recipe.names}
        for frame, here in _groups(folder / PARQUET, members):
            for number, writer in enumerate(writers.values()):
                writer.add(frame.filter(polars.Series(here == number)))
    for name, writer in writers.items():
        yield {"name": f"{name}.parquet", "rows": writer.rows, "split": name}


def _groups(path: Path, members: Buckets) -> Iterator[tuple[polars.DataFrame, Buckets]]:
    """Yield the rows of the table with their splits; at least once, so that an empty split has the columns too."""
    with parquet.ParquetFile(path) as source:
        if source.metadata.num_rows != len(members):
            raise NoSplits("There are no splits: the rows of the file and of its Parquet form differ in number.")
        start = 0
        for rows in chain([source.schema_arrow.empty_table()], source.iter_batches(ROW_GROUP)):
            frame = polars.from_arrow(rows)
            assert isinstance(frame, polars.DataFrame)
            yield frame, members[start : start + frame.height]
            start += frame.height


def _members(copy: Copy, schema: Mapping[str, Any], recipe: SplitRecipe) -> Buckets:
    """Return for each row that is not blank the number of its split, _LEFT_OUT where its key is incomplete."""
    columns = _columns(schema, recipe)
    strata, members = _Strata(recipe), [numpy.zeros(0, dtype="u1")]
    for cells in _cells(copy, columns, len(schema["fields"])):
        texts = [_parts(column) for column in cells]
        complete = _complete(cells, schema, columns, recipe)
        found = _each(list(map(",".join, zip(*texts, strict=True))), recipe.salt)
        if recipe.stratify_by:
            strata.add(_each(list(map(",".join, zip(*texts[1:], strict=True))), recipe.salt)[complete], found[complete])
        members.append(numpy.where(complete, buckets(found, recipe), numpy.uint8(_LEFT_OUT)))
    strata.check()
    return numpy.concatenate(members)


def _parts(column: list[str]) -> list[str]:
    known = {cell: part(cell) for cell in set(column)}
    return [known[cell] for cell in column]


def _each(keys: list[str], salt: str) -> Places:
    """Return the place of every key, hashing each distinct one once."""
    distinct = set(keys)
    if len(distinct) == len(keys):
        return places(keys, salt)
    found = dict(zip(distinct, places(distinct, salt).tolist(), strict=True))
    return numpy.fromiter((found[key] for key in keys), dtype="u8", count=len(keys))


def _columns(schema: Mapping[str, Any], recipe: SplitRecipe) -> list[int]:
    """Return the numbers of the columns that are hashed, the stratum first."""
    names = [field["name"] for field in schema["fields"]]
    wanted = [recipe.group_by] if recipe.group_by else list(recipe.key or names)
    wanted = [recipe.stratify_by, *wanted] if recipe.stratify_by else wanted
    if missing := [name for name in wanted if name not in names]:
        raise NoSplits(f"There are no splits: this table has no column {missing[0]!r}, which their recipe needs.")
    return [names.index(name) for name in wanted]


def _cells(copy: Copy, columns: Sequence[int], width: int) -> Iterator[list[list[str]]]:
    """Yield blocks of some columns of a table `width` columns wide; a row that is too short has empty cells there."""
    for frame in blocks(copy, width):
        wanted = [frame.to_series(column).fill_null("") for column in columns]
        for start in range(0, frame.height, BLOCK):
            yield [column.slice(start, BLOCK).to_list() for column in wanted]


def _complete(
    cells: Sequence[list[str]], schema: Mapping[str, Any], columns: Sequence[int], recipe: SplitRecipe
) -> numpy.ndarray[Any, numpy.dtype[numpy.bool]]:
    """Tell of each row whether its key is complete: of one that lacks a part nobody knows what it equals.

    A whole row as key lacks nothing, nor does a stratum.
    """
    complete = numpy.ones(len(cells[0]), dtype=bool)
    if not recipe.key and not recipe.group_by:
        return complete
    general = schema.get("missingValues", [""])
    for column, index in list(zip(cells, columns, strict=True))[bool(recipe.stratify_by) :]:
        missing = schema["fields"][index].get("missingValues", general)
        if absent := {cell for cell in set(column) if not cell.strip() or cell in missing}:
            complete &= numpy.fromiter((cell not in absent for cell in column), dtype=bool, count=len(column))
    return complete


class _Strata:
    """Finds out whether equal keys stand in several strata, in sixteen bytes a key of each block."""

    def __init__(self, recipe: SplitRecipe) -> None:
        self._column, self._keys, self._pairs = recipe.stratify_by, list[Places](), list[Places]()

    def add(self, keys: Places, pairs: Places) -> None:
        """Take the places of the keys of a block, alone and with their stratum."""
        self._keys.append(numpy.unique(keys))
        self._pairs.append(numpy.unique(pairs))

    def check(self) -> None:
        """Raise NoSplits when a key was met with several strata."""
        if self._keys and len(numpy.unique(numpy.concatenate(self._keys))) < len(numpy.unique(numpy.concatenate(self._pairs))):
            raise NoSplits(
                f"There are no splits: equal keys stand in several strata of {self._column!r} and would be parted; "
                "leave the stratum out or make it part of the key."
            )
