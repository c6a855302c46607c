"""DuckDB over one table and nothing else: over its Parquet, or over a copy in DuckDB's own form."""

import os
from pathlib import Path
from typing import Any

from catalog.tables.query.sql import TABLE

MEMORY, THREADS = "256MB", 2
"""Limits of a connection; memory is that of all questions to one file."""
COPY = ".duckdb"
_CLOSED: dict[str, Any] = {
    "memory_limit": MEMORY, "temp_directory": "", "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    "disabled_optimizers": "late_materialization",  # that of DuckDB 2.0.0 fails where the last row numbers are asked for
}  # fmt: skip


def opened(path: Path) -> Any:
    """Return a connection that sees a file as TABLE with the columns c0, c1, …; times in UTC without their zone.

    Its SQL reaches no other path, and no setting can be changed.
    """
    import duckdb

    connection = duckdb.connect(":memory:", config={**_CLOSED, "threads": THREADS})
    if path.suffix == COPY:
        connection.execute(f"ATTACH {_quoted(path)} AS copy (READ_ONLY)")
        source = f"FROM copy.{TABLE}"
    else:
        connection.execute(f"SET allowed_paths = [{_quoted(path)}]")
        source = _read(connection, path)
    for setting in ("enable_external_access = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")
    connection.execute(f"CREATE VIEW {TABLE} AS {source}")
    return connection


def write_copy(parquet: Path, target: Path) -> None:
    """Copy a Parquet file for `opened`, in the order of its rows, to disk before this returns."""
    import duckdb

    with duckdb.connect(str(target), config={**_CLOSED, "threads": 1}) as connection:
        connection.execute(f"CREATE TABLE {TABLE} AS {_read(connection, parquet)}")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _read(connection: Any, path: Path) -> str:
    source = f"read_parquet({_quoted(path)})"
    types = [row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    names = [f"c{place}" for place in range(len(types))]
    shown = [_zoneless(name, kind) for name, kind in zip(names, types, strict=True)]
    return f"SELECT {', '.join(shown)}, file_row_number FROM {source} AS t({', '.join(names)})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _zoneless(name: str, kind: str) -> str:
    return f"make_timestamp(epoch_us({name})) AS {name}" if kind == "TIMESTAMP WITH TIME ZONE" else name
