"""Whoosh's file of terms, written with fewer steps a term; what reads it is Whoosh's own."""

from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter

_CRC = 1
_LENGTHS = Struct("!ii")
_SLOT = np.dtype([("hash", ">u4"), ("at", ">i8")])


class TermIndex(OrderedHashWriter):  # type: ignore[misc]
    """Takes the place of one that nothing was added to yet; terms come in order."""

    def __init__(self, fresh: OrderedHashWriter) -> None:
        fresh.dbfile.seek(0)
        HashWriter.__init__(self, fresh.dbfile, hashtype=_CRC)
        self.index, self.lastkey, self.extras = fresh.index, fresh.lastkey, fresh.extras
        self._write, self._at = fresh.dbfile.file.write, fresh.dbfile.tell()

    def add(self, key: bytes, value: bytes) -> None:
        content = _LENGTHS.pack(len(key), len(value)) + key + value
        self._write(content)
        hashed = crc32(key)
        self.buckets[hashed & 255].append((hashed, self._at))
        self.index.append(self._at)
        self._at += len(content)

    def _write_hashes(self) -> None:
        for entries in self.buckets:
            size = 2 * len(entries)
            self.directory.append((self.dbfile.tell(), size))
            table = np.zeros(size, _SLOT)
            if entries:
                table[_slots(entries, size)] = np.array(entries, _SLOT)
            self.dbfile.write(table.tobytes())


def _slots(entries: list[tuple[int, int]], size: int) -> list[int]:
    """Return the place of each entry: the first free one from where its hash says."""
    taken: dict[int, Any] = {}
    for hashed, _ in entries:
        slot = (hashed >> 8) % size
        while slot in taken:
            slot = (slot + 1) % size
        taken[slot] = None
    return list(taken)
