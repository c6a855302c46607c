"""A segment's postings and facts as plain arrays in files beside it: mapped, not read, and shared by all processes.

It holds nothing that Whoosh's own files do not, and may be deleted at any time: the segment is then decoded term by term.
"""

import json
import mmap
import os
import shutil
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index.blocks import Postings, all_terms, fields
from catalog.adapters.whoosh_index.facts import Facet, Facts, Texts
from catalog.adapters.whoosh_index.gathering import Row

VERSION = 1
SMALLEST = 1000
PREFIX = "side-"
_LINES = (("ids", np.int32), ("weights", np.float32), ("counts", np.uint16), ("positions", np.uint16))


class Arrays:
    """The files of a folder by name; sizes are checked on opening. Raises OSError or ValueError for an unfit folder."""

    def __init__(self, folder: Path, size: int) -> None:
        self.meta = json.loads((folder / "meta.json").read_bytes())
        if (self.meta["version"], self.meta["size"]) != (VERSION, size):
            raise ValueError("This folder is of another version or segment.")
        self._folder = folder
        self._maps = {name: self._map(name, length) for name, (length, _) in self.meta["files"].items()}

    def get(self, name: str, kind: Any) -> Any:
        """Return a file as an array."""
        return np.frombuffer(self._maps[name], kind)

    def texts(self, name: str) -> Texts:
        """Return a file of texts."""
        return Texts(memoryview(self._maps[f"{name}.bin"]), self.get(f"{name}.off", np.int64))

    def intact(self) -> bool:
        """Read everything and tell whether it is as it was written."""
        return all(zlib.crc32(self._maps[name]) == crc for name, (_, crc) in self.meta["files"].items())

    def _map(self, name: str, length: int) -> Any:
        with (self._folder / name).open("rb") as file:
            if os.fstat(file.fileno()).st_size != length:
                raise ValueError(f"The file {name} is not of the length that was written.")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if length else b""


class Field:
    """The terms of one field."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.terms = arrays.texts(f"{name}.terms")
        self._starts = arrays.get(f"{name}.starts", np.int64)
        self._places = arrays.get(f"{name}.places", np.int64)
        self._lines = [arrays.get(f"{name}.{line}", kind) for line, kind in _LINES]

    def postings(self, place: int) -> Postings:
        """Return the term at a place in the order of terms."""
        start, end = self._starts[place], self._starts[place + 1]
        ids, weights, counts, positions = self._lines
        at = slice(self._places[place], self._places[place + 1])
        return Postings(ids[start:end], weights[start:end], counts[start:end] if len(counts) else counts, positions[at])

    def owners(self, first: int, last: int) -> Any:
        """Return the documents of a range of terms, some of them more than once."""
        return self._lines[0][self._starts[first] : self._starts[last]]


def read_facts(arrays: Arrays) -> Facts:
    """Return the facts of the segment."""
    meta = arrays.meta
    return Facts(
        names=arrays.texts("names"), hashes=arrays.texts("hashes"), titles=arrays.texts("titles"),
        modified=arrays.get("modified", np.int64), ties=arrays.get("ties", np.int64),
        facets={name: Facet(arrays.get(f"facet{n}.owners", np.int32), arrays.get(f"facet{n}.values", np.int32),
                            arrays.texts(f"facet{n}.names")) for n, name in enumerate(meta["facets"])},
        lengths={name: arrays.get(f"length.{name}", np.int32) for name in meta["lengths"]},
    )  # fmt: skip


class Lines:
    """The postings of a new sidecar, written term by term, beside where it will stand; fields and terms come in order."""

    def __init__(self, folder: Path, segment: str) -> None:
        self.segment, self.fields = segment, list[str]()
        self.fresh = folder / f"new-{segment}"
        shutil.rmtree(self.fresh, ignore_errors=True)
        self.fresh.mkdir(mode=0o700)
        self._files: dict[str, _File] = {}
        self._begin()

    def add(self, row: Row) -> None:
        """Take the next term."""
        if not self.fields or self.fields[-1] != row.field:
            self._end()
            self.fields.append(row.field)
        self._terms.append(row.term)
        self._starts.append(self._starts[-1] + len(row.ids) // 4)
        self._places.append(self._places[-1] + len(row.positions) // 2)
        for (name, _), line in zip(_LINES, row[2:], strict=True):
            self.write(f"{row.field}.{name}", line)

    def write(self, name: str, *chunks: bytes) -> None:
        """Write on at the end of a file; one that is named exists, be it empty."""
        file = self._files.get(name) or self._files.setdefault(name, _File(self.fresh / name))
        for chunk in chunks:
            file.write(chunk)

    def finish(self) -> dict[str, tuple[int, int]]:
        """Make everything durable and return length and checksum of each file."""
        self._end()
        return {name: file.close() for name, file in self._files.items()}

    def _begin(self) -> None:
        self._terms, self._starts, self._places = list[bytes](), array("q", [0]), array("q", [0])

    def _end(self) -> None:
        if self.fields:
            for name, chunks in _texts_files(f"{self.fields[-1]}.terms", Texts.of(self._terms)):
                self.write(name, *chunks)
            self.write(f"{self.fields[-1]}.starts", self._starts.tobytes())
            self.write(f"{self.fields[-1]}.places", self._places.tobytes())
        self._begin()


class _File:
    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=2**18)
        self._size = self._crc = 0

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._size, self._crc = self._size + len(chunk), zlib.crc32(chunk, self._crc)

    def close(self) -> tuple[int, int]:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        return self._size, self._crc


def write_sidecar(lines: Lines, facts: Facts) -> None:
    """Add the facts, make all durable, then give the folder its name: half a sidecar is never seen."""
    for name, chunks in _facts_files(facts):
        lines.write(name, *chunks)
    meta = {"version": VERSION, "size": len(facts.names), "fields": lines.fields, "facets": list(facts.facets),
            "lengths": list(facts.lengths), "files": lines.finish()}  # fmt: skip
    last = _File(lines.fresh / "meta.json")
    last.write(json.dumps(meta).encode())
    last.close()
    lines.fresh.replace(lines.fresh.with_name(f"{PREFIX}{lines.segment}"))


def decoded(folder: Path, segment: str, reader: SegmentReader) -> Lines:
    """Return the postings of a segment that was written without a sidecar."""
    lines = Lines(folder, segment)
    for field in fields(reader):
        for term, found in all_terms(reader, field):
            line = (np.ascontiguousarray(getattr(found, name), kind).tobytes() for name, kind in _LINES)
            lines.add(Row(field, term, *line))
    return lines


def _facts_files(facts: Facts) -> Iterator[tuple[str, list[bytes]]]:
    for name in ("names", "hashes", "titles"):
        yield from _texts_files(name, getattr(facts, name))
    for name in ("modified", "ties"):
        yield name, [getattr(facts, name).tobytes()]
    for number, facet in enumerate(facts.facets.values()):
        yield f"facet{number}.owners", [facet.owners.tobytes()]
        yield f"facet{number}.values", [facet.values.tobytes()]
        yield from _texts_files(f"facet{number}.names", facet.names)
    for language, lengths in facts.lengths.items():
        yield f"length.{language}", [lengths.tobytes()]


def _texts_files(name: str, texts: Texts) -> Iterator[tuple[str, list[bytes]]]:
    blob, offsets = texts.arrays()
    yield f"{name}.bin", [blob]
    yield f"{name}.off", [offsets.tobytes()]
