"""Which encoding a text is in: byte order mark, NUL pattern, strict UTF-8 over the whole file, then the odds."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import chardet

from catalog.tables.guards import NotATable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_NAMES = {"euc-kr": "cp949", "windows-1252": "cp1252", "windows-1251": "cp1251", "iso-8859-1": "cp1252", "ascii": "utf-8"}
_AGREED = frozenset(range(0x91, 0x98)) | frozenset(bytes.fromhex("82848586878b999ba0a6a7a9abacadaeb0b1b5b6b7bb"))
"""Bytes that mean the same in every Windows code page of Europe: quotes, dashes, signs."""
_TELLING = 60_000
"""Bytes of lines with letters beyond ASCII that are looked at."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The name of an encoding; certain where the bytes leave no other choice or tell enough."""

    name: str
    certain: bool


def detect_encoding(path: Path, likely: Iterable[str] = ("cp1252",)) -> Guess:
    """Return the encoding of a text file; `likely` are tried first where few letters give little evidence.

    Raises NotATable where the text is UTF-8 that was damaged.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if name := _wide(head):
        return Guess(name, True)
    lines, high = _telling(path)
    if lines is None:
        return Guess("utf-8", True)
    if _nearly_utf8(lines):
        _refuse(path, "utf-8")
    found = _likeliest(lines, high, likely)
    if wrong_byte(path, found.name) is not None:
        _refuse(path, found.name)
    return found


def _likeliest(lines: bytes, high: set[int], likely: Iterable[str]) -> Guess:
    if len(high) <= 4:
        for name in likely:
            if _decodes(lines, name):
                return Guess(name, high <= _AGREED)
    guess = str(chardet.detect(lines)["encoding"] or "cp1252").casefold()
    name = _NAMES.get(guess, guess)
    if not _decodes(lines, name):
        return Guess("cp1252", False)
    same = (common for common in ("cp1252", "cp1251") if _decodes(lines, common) and lines.decode(common) == lines.decode(name))
    name = next(same, name)
    return Guess(name, high <= _AGREED or _enough(lines, name))


def choose_encoding(path: Path, corrected: str, stated: str, likely: Iterable[str], notes: list[str]) -> str:
    """Return what a person said, else what the source states where it holds, else what is detected; doubts become notes."""
    if corrected:
        if wrong_byte(path, corrected) is not None:
            _refuse(path, corrected, "This text is not {}: byte {:,} in line {:,} cannot be read; name another (--encoding).")
        return corrected
    named = _NAMES.get(stated.casefold(), stated.casefold())
    with path.open("rb") as file:
        marked = _wide(file.read(4096))
    if named and not marked and _known(named) and wrong_byte(path, named) is None:
        return named
    found = detect_encoding(path, likely)
    if not found.certain:
        notes.append(f"The encoding is uncertain; {found.name} was taken. If letters look wrong, name it (--encoding).")
    if named and not _same(named, found.name):
        notes.append(f"The source states the encoding {stated}, but the text is {found.name}.")
    return found.name


def wrong_byte(path: Path, name: str) -> int | None:
    """Return the offset of the first byte that a text in this encoding cannot hold, None where all of it can be read."""
    decoder, before = codecs.getincrementaldecoder(name)(), 0
    for piece in _pieces(path):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            return before - kept + error.start
        before += len(piece)
    return None


_DAMAGED = "This text is {} except for byte {:,} in line {:,}; correct that character, or name another encoding (--encoding)."


def _refuse(path: Path, name: str, words: str = _DAMAGED) -> None:
    offset = wrong_byte(path, name) or 0
    line, left = 1, offset
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            line, left = line + piece.count(b"\n"), left - len(piece)
    raise NotATable(words.format(name.upper(), offset, line), "encoding-error")


def _wide(head: bytes) -> str:
    """Return what a byte order mark says, or UTF-16 where every other byte is next to nothing; else an empty text."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    low = [sum(byte < 16 for byte in head[start::2]) / max(1, len(head) // 2) for start in (0, 1)]
    if b"\0" in head and (max(low) > 0.9 or head.count(0) > len(head) // 5):
        return "utf-16-le" if low[1] > low[0] else "utf-16-be"
    return ""


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces, an empty one last."""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece
    yield b""


def _telling(path: Path) -> tuple[bytes | None, set[int]]:
    """Return up to 60 kB of lines that hold non-ASCII bytes, and those bytes; None where the whole file is UTF-8."""
    if wrong_byte(path, "utf-8") is None:
        return None, set()
    lines, high = bytearray(), set[int]()
    for piece in _pieces(path):
        if not piece.isascii():
            high |= {byte for byte in set(piece) if byte >= 128}
            if len(lines) < _TELLING:
                lines += b"".join(line for line in piece.splitlines(keepends=True) if not line.isascii())[:_TELLING]
    return bytes(lines), high


def _nearly_utf8(lines: bytes) -> bool:
    text = lines.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - wrong >= max(3, 10 * wrong)


def _enough(lines: bytes, name: str) -> bool:
    """Tell whether there are letters enough beyond ASCII for the odds to mean something."""
    text = lines.decode(name)
    return sum(letter > "\x7f" for letter in text) >= 30 and len({letter for letter in text if letter > "\x7f"}) >= 8


def _decodes(lines: bytes, name: str) -> bool:
    try:
        lines.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _known(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def _same(one: str, other: str) -> bool:
    return _known(one) and codecs.lookup(one).name.removesuffix("-sig") == codecs.lookup(other).name.removesuffix("-sig")
