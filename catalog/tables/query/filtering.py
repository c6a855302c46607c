"""Selections answered by DuckDB: in memory, over one file and nothing else, within limits of memory and time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

from catalog.errors import Invalid
from catalog.tables.query.kept import Kept
from catalog.tables.query.sql import TABLE, Statement
from schemas.problems import Problem

T = TypeVar("T")

MEMORY, THREADS, SECONDS = "256MB", 2, 5.0
"""Limits of a question; memory is that of all questions to one file."""
_SETTINGS = (
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "disabled_optimizers = 'late_materialization'",  # that of DuckDB 2.0.0 fails where the last row numbers are asked for
)
FILES = 4
"""Files that stay open for the next question."""
_SLOW = "This question took longer than {seconds:g} seconds; narrow it, or download the Parquet file and ask there."
_LARGE = "This question needs more memory than one may take; sort or compare fewer rows, or download the Parquet file."
_ODD = "A value of this question cannot be compared with its column; give one of the column's own type."


class Database:
    """Keeps DuckDB open for the files asked last. Its SQL reaches one file: other paths, settings and extensions are shut."""

    def __init__(self) -> None:
        self._open = Kept[Any](FILES)

    def rows(self, path: Path, statement: Statement) -> list[tuple[Any, ...]]:
        """Return all rows of an answer; raises Invalid where a limit is hit."""
        with self._cursor(path) as cursor:
            return list(_limited(cursor, lambda: cursor.execute(statement.text, statement.values).fetchall()))

    def batches(self, path: Path, statement: Statement, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of an answer in batches; the time limit holds for each."""
        with self._cursor(path) as cursor:
            _limited(cursor, lambda: cursor.execute(statement.text, statement.values))
            while batch := _limited(cursor, lambda: cursor.fetchmany(size)):
                yield batch

    @contextmanager
    def _cursor(self, path: Path) -> Iterator[Any]:
        import duckdb

        cursor = self._open.get(path, lambda: opened(path)).cursor()
        try:
            yield cursor
        except (duckdb.InternalException, duckdb.FatalException):
            self._open.forget(path)  # it answers nothing after that
            raise
        finally:
            cursor.close()


def _limited(cursor: Any, ask: Callable[[], T]) -> T:
    import duckdb

    done = Event()
    watch = Thread(target=_interrupt, args=(cursor, done), daemon=True)
    watch.start()
    try:
        return ask()
    except duckdb.InterruptException:
        raise _refused("too-slow", _SLOW.format(seconds=SECONDS)) from None
    except duckdb.OutOfMemoryException:
        raise _refused("too-large", _LARGE) from None
    except (duckdb.ConversionException, duckdb.OutOfRangeException):
        raise _refused("bad-filter", _ODD) from None
    finally:
        done.set()
        watch.join()


def _interrupt(cursor: Any, done: Event) -> None:
    while not done.wait(SECONDS):  # again and again: one that comes between two steps of DuckDB is lost
        cursor.interrupt()


def _refused(code: str, message: str) -> Invalid:
    return Invalid(message, [Problem(code, "/where", message)])


def opened(path: Path) -> Any:
    """Return a connection that sees the file as TABLE with the columns c0, c1, …; times in UTC without their zone."""
    import duckdb

    quoted = "'" + str(path).replace("'", "''") + "'"
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY, "temp_directory": ""})
    for setting in (*_SETTINGS, f"allowed_paths = [{quoted}]", "enable_external_access = false"):
        connection.execute(f"SET {setting}")
    types = [row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted})").fetchall()]
    names = [f"c{place}" for place in range(len(types))]
    shown = [_zoneless(name, kind) for name, kind in zip(names, types, strict=True)]
    connection.execute(
        f"CREATE VIEW {TABLE} AS SELECT {', '.join(shown)}, file_row_number FROM read_parquet({quoted}) AS t({', '.join(names)})"
    )
    connection.execute("SET lock_configuration = true")
    return connection


def _zoneless(name: str, kind: str) -> str:
    return f"make_timestamp(epoch_us({name})) AS {name}" if kind == "TIMESTAMP WITH TIME ZONE" else name
