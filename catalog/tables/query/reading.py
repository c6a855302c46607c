"""Columns and plain pages of a stored Parquet file, by polars: only the row groups that hold the page are read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.tables.query.page import Kind
from catalog.tables.query.values import CELL

if TYPE_CHECKING:
    import polars

_KINDS = {
    "Boolean": Kind.BOOLEAN, "Date": Kind.DATE, "Datetime": Kind.DATETIME, "Time": Kind.TIME, "Decimal": Kind.DECIMAL,
    "String": Kind.TEXT, "Categorical": Kind.TEXT, "Enum": Kind.TEXT,
}  # fmt: skip


def kinds(path: Path) -> Mapping[str, Kind]:
    """Return the names of the columns of a Parquet file, in order, with what they hold."""
    import polars

    return {name: _kind(dtype) for name, dtype in polars.read_parquet_schema(path).items()}


def memory(path: Path) -> int:
    """Return the bytes of all row groups before they were packed."""
    from pyarrow import parquet

    facts = parquet.read_metadata(path)
    return sum(facts.row_group(place).total_byte_size for place in range(facts.num_row_groups))


def schema(path: Path, places: Sequence[int]) -> Any:
    """Return the Arrow schema of columns by their places, with what the file says about them; times lose their zone."""
    import pyarrow
    from pyarrow import parquet, types

    stored = parquet.read_schema(path)
    chosen = [stored.field(place) for place in places]
    zoneless = [one.with_type(pyarrow.timestamp(one.type.unit)) if types.is_timestamp(one.type) else one for one in chosen]
    return pyarrow.schema(zoneless)


def _kind(dtype: "polars.DataType") -> Kind:
    if dtype.is_integer():
        return Kind.INTEGER
    return Kind.NUMBER if dtype.is_float() else _KINDS.get(type(dtype).__name__, Kind.OTHER)


def read(path: Path, columns: Sequence[str], offset: int, length: int) -> list[tuple[Any, ...]]:
    """Return rows from `offset` on, times in UTC without their zone.

    Texts come one character longer than a cell at most, so that longer ones are seen.
    """
    import polars
    from polars import selectors

    frame = polars.scan_parquet(path, glob=False).select(columns).slice(offset, length)
    zoned = selectors.datetime(time_zone="*").dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return frame.with_columns(selectors.string().str.head(CELL + 1), zoned).collect().rows()
