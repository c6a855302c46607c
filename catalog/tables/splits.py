"""Deterministic splits of a table: which rows are for training is decided by a hash of their key (`catalog.tables.buckets`).

What is hashed are the original texts of the stratum, if there is one, and of the key columns (or the group; without either
the whole row). Promises: rows stay where they are when others come or go; rows with equal keys are always in one split; with
`stratify_by` every stratum is split on its own, in the ratios up to chance; rows whose key is incomplete are in no split.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy
import pyarrow
from pyarrow import parquet

from catalog.records import PARQUET
from catalog.tables.buckets import Buckets, Places, buckets, part, places
from catalog.tables.copying import Copy
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
    source = parquet.ParquetFile(folder / PARQUET)
    if source.metadata.num_rows != len(members):
        raise NoSplits("There are no splits: the rows of the file and of its Parquet form differ in number.")
    counts = _written(source, members, [folder / f"{name}.parquet" for name in recipe.names])
    for name, rows in zip(recipe.names, counts, strict=True):
        yield {"name": f"{name}.parquet", "rows": rows, "split": name}


def _members(copy: Copy, schema: Mapping[str, Any], recipe: SplitRecipe) -> Buckets:
    """Return for each row that is not blank the number of its split, _LEFT_OUT where its key is incomplete."""
    columns = _columns(schema, recipe)
    strata, blocks = _Strata(recipe), [numpy.zeros(0, dtype="u1")]
    for cells in _cells(copy, columns):
        texts = [_parts(column) for column in cells]
        complete = _complete(cells, schema, columns, recipe)
        found = _each(list(map(",".join, zip(*texts, strict=True))), recipe.salt)
        if recipe.stratify_by:
            strata.add(_each(list(map(",".join, zip(*texts[1:], strict=True))), recipe.salt)[complete], found[complete])
        blocks.append(numpy.where(complete, buckets(found, recipe), numpy.uint8(_LEFT_OUT)))
    strata.check()
    return numpy.concatenate(blocks)


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


def _cells(copy: Copy, columns: Sequence[int]) -> Iterator[list[list[str]]]:
    """Yield blocks of some columns, without blank rows; a row that is too short has empty cells there."""
    records = copy.records()
    next(records, None)
    rows = filter(any, records)
    width = max(columns, default=-1) + 1
    while block := list(islice(rows, BLOCK)):
        if min(map(len, block)) < width:
            block = [row + [""] * (width - len(row)) for row in block]
        yield [list(map(itemgetter(column), block)) for column in columns]


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


def _written(source: parquet.ParquetFile, members: Any, paths: Sequence[Path]) -> list[int]:
    """Copy each row to the file of its split, in order, by row groups as large as those of the source."""
    size = max((source.metadata.row_group(i).num_rows for i in range(source.metadata.num_row_groups)), default=1)
    schema = source.schema_arrow
    writers = [parquet.ParquetWriter(path, schema, compression="zstd", write_page_index=True) for path in paths]
    waiting, counts, start = [schema.empty_table() for _ in paths], [0] * len(paths), 0
    for batch in source.iter_batches(size):
        here = members[start : start + batch.num_rows]
        start += batch.num_rows
        for number, writer in enumerate(writers):
            rows = batch.filter(pyarrow.array(here == number))
            counts[number] += rows.num_rows
            waiting[number] = pyarrow.concat_tables([waiting[number], pyarrow.Table.from_batches([rows])])
            if waiting[number].num_rows >= size:
                writer.write_table(waiting[number].slice(0, size), row_group_size=size)
                waiting[number] = waiting[number].slice(size)
    for writer, rest in zip(writers, waiting, strict=True):
        writer.write_table(rest, row_group_size=size)
        writer.close()
    return counts
