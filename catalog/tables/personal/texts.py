"""Texts that are no tables, looked through as one column of lines: web pages, documents, archives' members."""

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars

from catalog.tables.personal.search import Search

_PIECE, _LINES, _LONG = 1 << 20, 50_000, 20_000
_BREAKS = re.compile(r"[\r\n\x00-\x08\x0b\x0c\x0e-\x1f;{}\[\]]+|(?<=[^0-9]),|,(?=[^0-9])")
_TAG, _BLOCK = re.compile(r"<[^<>]{0,4000}>"), re.compile(r"</(?:w:p|w:tc|p|td|tr|li|div|h[1-6])>", re.IGNORECASE)
_TELLING, _SHORTEST = re.compile(r"@|\d(?:[^\d\n]{0,2}\d){4}"), 6
"""What some part of a text must hold to name anybody by a number or an address, and the characters of the shortest."""
_ODD = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b"))


def search_lines(lines: Iterable[str], place: str) -> list[dict[str, Any]]:
    """Look through lines as one column that findings call `place`."""
    search = Search([{"name": place, "type": "string"}], [place])
    for batch in _batches(lines):
        search.look(polars.DataFrame({"0": batch}, schema={"0": polars.String}))
    return search.found()


def search_file(
    path: Path, *, markup: bool = False, any_bytes: bool = False, joined: bool = False
) -> list[dict[str, Any]] | None:
    """Look through a text file whatever its encoding; None where it is no text, unless `any_bytes` may come.

    Tags of `markup` are left out, with nothing in their place where runs of a word processor are `joined`.
    """
    with path.open("rb") as file:
        head = file.read(1 << 16)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not any_bytes and not wide and len(head.translate(None, _ODD)) < 0.99 * len(head):
        return None
    return search_lines(_lines(path, "utf-16" if wide else _encoding(path), markup=markup, joined=joined), "text")


def _encoding(path: Path) -> str:
    """Return UTF-8 where all bytes are, else one in which every byte is a letter: digits and addresses are the same in all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def _lines(path: Path, encoding: str, *, markup: bool, joined: bool) -> Iterator[str]:
    rest = ""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while piece := file.read(_PIECE):
            text = rest + piece
            cut = max(text.rfind("\n"), text.rfind(">"), text.rfind(","), len(text) - _PIECE)
            text, rest = text[: cut + 1], text[cut + 1 :]
            yield from _parts(text, markup=markup, joined=joined)
    yield from _parts(rest, markup=markup, joined=joined)


def _parts(text: str, *, markup: bool, joined: bool) -> Iterator[str]:
    if not _TELLING.search(text):
        return
    if markup:
        text = _TAG.sub("" if joined else " ", _BLOCK.sub("\n", text))
    for part in filter(_may_tell, _BREAKS.split(text)):
        for start in range(0, len(part), _LONG - 100):
            yield part[start : start + _LONG]


def _may_tell(part: str) -> bool:
    return len(part) >= _SHORTEST


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _LINES:
            yield batch
            batch = []
    yield batch
