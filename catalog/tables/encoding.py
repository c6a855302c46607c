"""Which encoding a text is in: byte order mark, NUL pattern, strict UTF-8 over the whole file, then the odds."""

import codecs
from collections.abc import Iterable
from pathlib import Path

import chardet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_NAMES = {"euc-kr": "cp949", "windows-1252": "cp1252", "windows-1251": "cp1251", "iso-8859-1": "cp1252", "ascii": "utf-8"}


def detect_encoding(path: Path, likely: Iterable[str] = ("cp1252",)) -> str:
    """Return the name of the encoding of a text file; `likely` are tried first where few letters give little evidence."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head.count(0) > len(head) // 5:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    lines, high = _telling(path)
    if lines is None:
        return "utf-8"
    if len(high) <= 4:
        for name in likely:
            if _decodes(lines, name):
                return name
    guess = str(chardet.detect(lines)["encoding"] or "cp1252").casefold()
    name = _NAMES.get(guess, guess)
    return name if _decodes(lines, name) else "cp1252"


def _telling(path: Path) -> tuple[bytes | None, set[int]]:
    """Return up to 60 kB of lines that hold non-ASCII bytes, and those bytes; None where the whole file is UTF-8."""
    decoder, good = codecs.getincrementaldecoder("utf-8")(), True
    lines, high = bytearray(), set[int]()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            good = good and _feeds(decoder, piece)
            if len(lines) < 60_000:
                told = [line for line in piece.splitlines(keepends=True) if not line.isascii()]
                lines += b"".join(told)[:60_000]
            high |= {byte for byte in set(piece) if byte >= 128}
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        good = False
    return (None if good else bytes(lines)), high


def _feeds(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(lines: bytes, name: str) -> bool:
    try:
        lines.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
