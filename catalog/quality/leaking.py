"""Leakage, measured on the Parquet of a table: columns that determine the target, and rows that stand in two splits."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import polars

from catalog.ports import FileStore
from catalog.records import PARQUET, FileRecord

MOST_ROWS, MOST_COLUMNS = 200_000, 100
"""Rows and columns that are looked at; beyond them a table is judged by its beginning."""
_REPEATS = 5
"""Rows that share a value on average before it can be said to determine anything."""
VERSION = 1


def key(file: FileRecord, target: str) -> str:
    """Return what the measures of a file depend on; empty where there is nothing to measure."""
    splits = [made.sha256 for made in file.derived if made.split and made.name.endswith(".parquet")]
    table = file.made(PARQUET)
    return f"{VERSION} {table.sha256} {target} {' '.join(sorted(splits))}" if table and (target or len(splits) > 1) else ""


def measured(file: FileRecord, target: str, store: FileStore) -> dict[str, Any]:
    """Return `{"key", "giveaways": [columns], "shared": rows}`, or why it could not be measured in `fault`."""
    found: dict[str, Any] = {"key": key(file, target)}
    try:
        with ExitStack() as stack:
            splits = [stack.enter_context(store.local(made.sha256)) for made in file.derived
                      if made.split and made.name.endswith(".parquet")]  # fmt: skip
            table = file.made(PARQUET)
            assert table is not None
            found["shared"] = _shared(splits) if len(splits) > 1 else 0
            found["giveaways"] = giveaways(stack.enter_context(store.local(table.sha256)), target) if target else []
    except Exception as error:  # the border of one table
        found["fault"] = type(error).__name__
    return found


def giveaways(table: Path, target: str) -> list[str]:
    """Return the columns each of whose values, most of which repeat, comes with one value of the target only."""
    frame = polars.scan_parquet(table).head(MOST_ROWS).collect()
    if target not in frame.columns or frame[target].n_unique() < 2:
        return []
    others = [name for name in frame.columns if name != target][:MOST_COLUMNS]
    return [name for name in others if _determines(frame, name, target)]


def _determines(frame: polars.DataFrame, name: str, target: str) -> bool:
    pairs = frame.select(polars.col(name).alias("a"), polars.col(target).alias("b")).drop_nulls()
    values = pairs["a"].n_unique()
    if values < pairs["b"].n_unique() or values * _REPEATS > pairs.height or values < 2:
        return False
    return pairs.n_unique() == values


def _shared(splits: Iterable[Path]) -> int:
    """Return how many different rows stand in more than one split."""
    seen: set[int] = set()
    shared: set[int] = set()
    for path in splits:
        hashes = set(polars.scan_parquet(path).head(MOST_ROWS).collect().hash_rows(seed=0).to_list())
        shared |= seen & hashes
        seen |= hashes
    return len(shared)


def kept(before: Mapping[str, Any] | None, wanted: str) -> bool:
    """Tell whether measures made before still hold."""
    return bool(before and before.get("key") == wanted and "fault" not in before)
