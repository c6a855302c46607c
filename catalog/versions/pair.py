"""Two of our Parquet files open side by side in DuckDB, which sees nothing else and stays within limits."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

THREADS, MEMORY, DISK = 2, "256MB", "2GB"


class Incomparable(Exception):
    """Two tables cannot be compared, or not within the limits; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Side:
    """One file: SQL that reads it as columns c0, c1, … and `file_row_number`; its columns; SQL of the shared values."""

    source: str
    columns: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two files; `shared` names the columns that both have, in the order of `Side.values`, `retyped` those of them
    whose type differs: their values are texts."""

    connection: Any
    shared: tuple[str, ...]
    retyped: tuple[str, ...]
    before: Side
    after: Side

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of an answer."""
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found


@contextmanager
def opened(before: Path, after: Path, seconds: float) -> Iterator[Pair]:
    """Open two files for so many seconds; every limit that is hit is raised as Incomparable."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="qoima-compare-") as folder:
        connection = duckdb.connect(":memory:", config={
            "threads": THREADS, "memory_limit": MEMORY, "temp_directory": folder, "max_temp_directory_size": DISK,
        })  # fmt: skip
        done = Event()
        watch = Thread(target=_interrupt, args=(connection, done, seconds), daemon=True)
        try:
            _shut(connection, before, after)
            watch.start()
            yield _pair(connection, before, after)
        except duckdb.InterruptException:
            raise Incomparable(f"comparing took longer than {seconds:g} seconds") from None
        except duckdb.OutOfMemoryException:
            raise Incomparable("comparing takes more memory than is set aside for it") from None
        except duckdb.Error as error:
            raise Incomparable(f"the tables could not be read ({type(error).__name__})") from None
        finally:
            done.set()
            if watch.ident:
                watch.join()
            connection.close()


def _interrupt(connection: Any, done: Event, seconds: float) -> None:
    while not done.wait(seconds):
        connection.interrupt()
        seconds = 0.1  # again, in case no question was being answered just then


def _shut(connection: Any, *paths: Path) -> None:
    allowed = ", ".join(map(_text, paths))
    for setting in ("autoinstall_known_extensions = false", "autoload_known_extensions = false",
                    f"allowed_paths = [{allowed}]", "enable_external_access = false", "lock_configuration = true"):  # fmt: skip
        connection.execute(f"SET {setting}")


def _pair(connection: Any, before: Path, after: Path) -> Pair:
    names, sources, kinds = zip(*(_described(connection, path) for path in (before, after)), strict=True)
    shared = tuple(name for name in names[0] if name in names[1])
    if not shared:
        raise Incomparable("the tables have no column in common")
    places = [[columns.index(name) for name in shared] for columns in names]
    alike = [kinds[0][old] == kinds[1][new] for old, new in zip(*places, strict=True)]
    values = [tuple(_value(place, same) for place, same in zip(found, alike, strict=True)) for found in places]
    retyped = tuple(name for name, same in zip(shared, alike, strict=True) if not same)
    return Pair(connection, shared, retyped, *(Side(*one) for one in zip(sources, names, values, strict=True)))


def _described(connection: Any, path: Path) -> tuple[tuple[str, ...], str, list[str]]:
    from pyarrow import parquet

    names = tuple(parquet.read_schema(path).names)
    columns = ", ".join(f"c{place}" for place in range(len(names)))
    source = f"read_parquet({_text(path)}, file_row_number = true) AS t({columns})"
    return names, source, [row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]


def _value(place: int, same_type: bool) -> str:
    return f"c{place}" if same_type else f"CAST(c{place} AS VARCHAR)"


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
