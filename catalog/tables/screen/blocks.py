"""Reads a table in blocks of whole records, counting and hashing every byte on the way."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy

_QUOTE, _LF, _CR = 34, 10, 13


class HandOver(Exception):
    """The reason why Frictionless must read this table whole, as a sentence."""


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes that begin with a record. They end with one too, unless `torn`: then the last record may go on in the next block.

    `plain`: it holds no quotes; `structural`: every quote opens, closes or doubles; else only `csv` knows its records.
    """

    data: bytes
    plain: bool
    structural: bool
    torn: bool = False
    last: bool = False


class Blocks:
    """The blocks of a file from a byte offset on. After the last one `size`, `md5` and `sha256` are those of the whole file
    (the hashes only where it is `hashed`)."""

    def __init__(self, path: Path, offset: int, delimiter: str, size: int, most: int, *, hashed: bool = True) -> None:
        self._path, self._offset, self._delimiter, self._hashed = path, offset, ord(delimiter), hashed
        self._piece, self._most = size, most
        self._md5, self._sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
        self.size = 0
        self._rest = b""

    @property
    def md5(self) -> str:
        """Hash of what was read."""
        return self._md5.hexdigest()

    @property
    def sha256(self) -> str:
        """Hash of what was read."""
        return self._sha256.hexdigest()

    def __iter__(self) -> Iterator[Block]:
        with self._path.open("rb", buffering=0) as file:
            self._read(file, self._offset)
            while piece := self._read(file, self._piece):
                data = self._rest + piece
                self._rest = b""
                if len(data) > self._most:
                    raise HandOver("No end of a record was found in many megabytes.")
                cut = _cut(data, self._delimiter)
                if not cut:
                    self._rest = data
                    continue
                end, block = cut
                self._rest = data[end:]
                yield block
        if self._rest:
            yield _block(self._rest, self._delimiter, last=True)

    def give_back(self, data: bytes) -> None:
        """Put the beginning of a record that a torn block ended with before the next block."""
        self._rest = data + self._rest

    def _read(self, file: BinaryIO, size: int) -> bytes:
        data = bytearray()
        while len(data) < size and (piece := file.read(size - len(data))):
            data += piece
        if self._hashed:
            self._md5.update(data)
            self._sha256.update(data)
        self.size += len(data)
        return bytes(data)


def _cut(data: bytes, delimiter: int) -> tuple[int, Block] | None:
    """Return where the whole records of the data end, and these as a block; None where no record ends."""
    end = data.rfind(b"\n") + 1
    if not end:
        return None
    block = _block(data[:end], delimiter)
    if block.structural or b'"' not in block.data:
        return end, block
    inside = data.count(b'"', 0, end) % 2
    while inside:  # the last newline stands in quotes: go back to one that does not
        before = data.rfind(b"\n", 0, end - 1) + 1
        if not before:
            break
        inside = (inside + data.count(b'"', before, end)) % 2
        end = before
    if not inside and (earlier := _block(data[:end], delimiter)).structural:
        return end, earlier
    return len(block.data), Block(block.data, plain=False, structural=False, torn=True)


def _block(data: bytes, delimiter: int, *, last: bool = False) -> Block:
    odd = b"\0" in data or data.startswith(b"\xef\xbb\xbf") or _lone_returns(data)
    plain = b'"' not in data
    structural = not odd and (plain or _structural(data, delimiter))
    return Block(data, plain=plain, structural=structural, last=last)


def _lone_returns(data: bytes) -> bool:
    returns = data.count(b"\r")
    return bool(returns) and returns != data.count(b"\r\n")


def _structural(data: bytes, delimiter: int) -> bool:
    """Tell whether quotes stand in pairs around whole cells, or doubled within such."""
    text = numpy.frombuffer(data, numpy.uint8)
    quotes = numpy.flatnonzero(text == _QUOTE)
    if len(quotes) % 2:
        return False
    before, after = text[quotes[::2] - 1], text[(quotes[1::2] + 1) % len(text)]
    opens = (before == _LF) | (before == delimiter) | (before == _QUOTE)
    closes = (after == _LF) | (after == _CR) | (after == delimiter) | (after == _QUOTE)
    opens[0] |= quotes[0] == 0
    closes[-1] |= quotes[-1] == len(text) - 1
    return bool(opens.all() and closes.all())
