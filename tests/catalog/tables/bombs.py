"""The files that are made to harm, each put through the parser: `python -m tests.catalog.tables.bombs` shows what comes of it.

Every line gives the size of the file, the outcome (the code of a Problem, or the verdict), seconds and peak memory of the child.
"""

import gzip
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import TableResult, validate_in
from tests.catalog.tables.tables import cells, schema, workbook

MB = 2**20


@dataclass(frozen=True)
class Bomb:
    """A file that `write` makes, what may come of it (codes of Problems, `valid`, `invalid`), and options of the job."""

    name: str
    expected: str
    write: Callable[[Path], None]
    options: dict[str, Any] | None = None
    slow: bool = False


def _gzip(path: Path, piece: bytes, times: int) -> None:
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(times):
            file.write(piece)


def _zip(path: Path, member: str, piece: bytes, times: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(member, "w") as out:
        for _ in range(times):
            out.write(piece)


def _lying_zip(path: Path) -> None:
    """Write a zip whose directory says that its member is small."""
    _zip(path, "t.csv", b"a,b\n" * MB, 60)
    content, true = path.read_bytes(), (240 * MB).to_bytes(4, "little")
    path.write_bytes(content.replace(true, (1000).to_bytes(4, "little")))


def _strings(path: Path) -> None:
    """Write a workbook of 700 shared strings of a megabyte."""
    path.write_bytes(workbook(cells(("A1", 1), ("A2", 2))))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as out:
        out.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
        for _ in range(700):
            out.write(b"<si><t>" + b"x" * MB + b"</t></si>")
        out.write(b"</sst>")


def _run_length(path: Path) -> None:
    """Write a Parquet file of 400 million equal rows."""
    import pyarrow
    from pyarrow import parquet

    one = pyarrow.table({"a": pyarrow.array([7] * MB, pyarrow.int64())})
    with parquet.ParquetWriter(path, one.schema) as writer:
        for _ in range(400):
            writer.write_table(one)


def _open_document(path: Path) -> None:
    """Write an OpenDocument sheet whose one cell is repeated over every row and column."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{row}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")


def _escaped(path: Path) -> None:
    """Write JSON whose brackets stand in texts that end by backslashes over the ends of blocks."""
    path.write_bytes(b'[{"a": "' + b"\\\\" * (MB // 2) + b'"}, ' + b"[" * 200_000)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
WIDE = ",".join(f"c{number}" for number in range(10_000)).encode()
ONES = b"\n" + b",".join([b"1"] * 10_000)


def _bytes(content: Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: _put(path, content())


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


BOMBS = (
    Bomb("a cell of 1 GB.csv.gz", "bomb", lambda path: _gzip(path, b"a" * MB, 1024)),
    Bomb("a table of 1.4 GB.csv.zip", "bomb", lambda path: _zip(path, "t.csv", b"a,b\n" * (MB // 4), 1400)),
    Bomb("a zip that lies about its size.zip", "broken-file", _lying_zip),
    Bomb("a line of 20 MB.csv", "not-a-table", _bytes(lambda: b"a,b\n1," + b"x" * 20 * MB + b"\n")),
    Bomb("a quote that swallows 20 MB.csv", "not-a-table", _bytes(lambda: b'a,b\n1,"' + b"x,y\n" * 5_000_000)),
    Bomb("200,000 columns.csv", "not-a-table", _bytes(lambda: b",".join([b"c"] * 200_000) + b"\n")),
    Bomb("a header of 10,000 columns.csv", "valid", _bytes(lambda: WIDE + ONES * 3), slow=True),
    Bomb("NUL bytes only.csv", "broken-file", _bytes(lambda: b"\0" * 5 * MB)),
    Bomb("NUL bytes in cells.csv", "valid", _bytes(lambda: b"a,b\n" + b"1,x\0y\n" * 1000)),
    Bomb("10 million empty lines.csv", "invalid|too-slow|too-much-memory", _bytes(lambda: b"a,b\n1,2\n" + b"\n" * 10**7),
         slow=True),
    Bomb("5,000 equal labels.csv", "not-a-table", _bytes(lambda: b",".join([b"a"] * 5_000) + b"\n" + b",".join([b"1"] * 5_000))),
    Bomb("JSON nested 200,000 deep.json", "not-a-table", _bytes(lambda: b"[" * 200_000 + b"]" * 200_000)),
    Bomb("JSON nested, after backslashes.json", "not-a-table", _escaped),
    Bomb("8 million records.json", "too-much-memory", _bytes(lambda: b"[" + b'{"a":1},' * 8_000_000 + b'{"a":1}]'), slow=True),
    Bomb("XLSX of 16,384 × 1,048,576 claimed.xlsx", "valid", _bytes(
        lambda: workbook('<dimension ref="A1:XFD1048576"/>' + cells(*((f"A{row}", row) for row in range(1, 51)))))),
    Bomb("XLSX with a cell at XFD1048576.xlsx", "not-a-table", _bytes(
        lambda: workbook(cells(("A1", 1), ("XFD1048576", 1))))),
    Bomb("XLSX that declares entities.xlsx", "not-a-table", _bytes(lambda: workbook(cells(("A1", 1)), ENTITIES))),
    Bomb("XLSX with 700 strings of 1 MB.xlsx", "bomb", _strings),
    Bomb("ODS of 17 billion cells.ods", "broken-file", _open_document),
    Bomb("Parquet of 400 million rows.parquet", "not-a-table", _run_length),
    Bomb("a pattern without end.csv", "too-slow", _bytes(lambda: b"a\n" + b"a" * 60 + b"!\n"),
         {"schema": schema(a={"type": "string", "constraints": {"pattern": "(a+)+$"}})}, slow=True),
)  # fmt: skip


def outcome(result: TableResult) -> str:
    """Return the code of the Problem that a result ends in, or its verdict."""
    if result.valid is None:
        return result.problems[0].code
    return "valid" if result.valid else "invalid"


def explode(bomb: Bomb, sandbox: Sandbox, folder: Path) -> TableResult:
    """Make a bomb in `folder` and put it through the sandbox as the service would."""
    path = folder / bomb.name.replace(" ", "-")
    bomb.write(path)
    return validate_in(sandbox, path, {"filename": path.name, **(bomb.options or {})}, parent=folder)


def main() -> int:
    """Print what comes of every bomb (those that take long are left out with --quick); 1 where that is not what should."""
    table, wrong = Table(title="Bombs in the parser"), 0
    for heading in ("bomb", "size", "outcome", "seconds", "peak MB"):
        table.add_column(heading, justify="left" if heading in ("bomb", "outcome") else "right")
    chosen = [bomb for bomb in BOMBS if not (bomb.slow and "--quick" in sys.argv)]
    with Sandbox() as sandbox:
        for row in _rows(sandbox, chosen):
            wrong += row[-1] != ""
            table.add_row(*row[:2], row[2] + row[-1], *row[3:5])
    Console(width=110).print(table)
    return 1 if wrong else 0


def _rows(sandbox: Sandbox, bombs: Iterable[Bomb]) -> Iterator[tuple[str, ...]]:
    for bomb in bombs:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            found = outcome(explode(bomb, sandbox, folder))
            (path,) = folder.iterdir()
            usage, size = sandbox.usage, path.stat().st_size
            surprise = "" if found in bomb.expected.split("|") else f" (should be {bomb.expected})"
            yield bomb.name.rpartition(".")[0], f"{size:,}", found, f"{usage.seconds:.1f}", f"{usage.peak / MB:.0f}", surprise


if __name__ == "__main__":
    sys.exit(main())
