"""Selections answered by DuckDB: in memory, over one file and nothing else, within limits of memory and time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

from catalog.errors import Invalid
from catalog.kept import Kept
from catalog.tables.query.opening import COPY, opened
from catalog.tables.query.sql import Statement
from schemas.problems import Problem

T = TypeVar("T")

SECONDS = 5.0
"""Seconds of a question at most."""
FILES = 4
"""Files that stay open for the next question."""
_SLOW = "This question took longer than {seconds:g} seconds; narrow it, or download the Parquet file and ask there."
_LARGE = "This question needs more memory than one may take; sort or compare fewer rows, or download the Parquet file."
_ODD = "A value of this question cannot be compared with its column; give one of the column's own type."


class BrokenCopy(Exception):
    """A copy is damaged or has made room for another; it is removed, and the Parquet answers."""


class Database:
    """Keeps DuckDB open for the files asked last."""

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

        try:
            with self._open.get(path, lambda: opened(path)).cursor() as cursor:
                yield cursor
        except (duckdb.InternalException, duckdb.FatalException, duckdb.IOException, duckdb.SerializationException) as error:
            self._open.forget(path)  # it answers nothing after that
            if path.suffix != COPY:
                raise
            path.unlink(missing_ok=True)
            raise BrokenCopy(path.name) from error


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

