"""A segment's postings and facts as plain arrays in files beside it: mapped, not read, and shared by all processes.

It holds nothing that Whoosh's own files do not, and may be deleted at any time: the segment is then decoded term by term.
"""

import json
import mmap
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index.blocks import Postings, all_terms, fields
from catalog.adapters.whoosh_index.facts import Facet, Facts, Texts

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


def write_sidecar(folder: Path, segment: str, reader: SegmentReader, facts: Facts) -> None:
    """Write beside, make durable, then give it its name: half a sidecar is never seen."""
    fresh = folder / f"new-{segment}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    files: dict[str, tuple[int, int]] = {}
    for name, chunks in (*_facts_files(facts), *(file for field in fields(reader) for file in _field_files(reader, field))):
        files[name] = _write(fresh / name, chunks)
    meta = {"version": VERSION, "size": len(facts.names), "fields": fields(reader), "facets": list(facts.facets),
            "lengths": list(facts.lengths), "files": files}  # fmt: skip
    _write(fresh / "meta.json", [json.dumps(meta).encode()])
    fresh.replace(folder / f"{PREFIX}{segment}")


def _write(path: Path, chunks: Any) -> tuple[int, int]:
    size = crc = 0
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        _durable(file)
    return size, crc


def _durable(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


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


def _field_files(reader: SegmentReader, field: str) -> Iterator[tuple[str, list[bytes]]]:
    terms: list[bytes] = []
    starts, places = [0], [0]
    lines: dict[str, list[bytes]] = {name: [] for name, _ in _LINES}
    for term, found in all_terms(reader, field):
        terms.append(term)
        starts.append(starts[-1] + len(found.ids))
        places.append(places[-1] + len(found.positions))
        for name, kind in _LINES:
            lines[name].append(np.ascontiguousarray(getattr(found, name), kind).tobytes())
    yield from _texts_files(f"{field}.terms", Texts.of(terms))
    yield f"{field}.starts", [np.array(starts, np.int64).tobytes()]
    yield f"{field}.places", [np.array(places, np.int64).tobytes()]
    yield from ((f"{field}.{name}", lines[name]) for name, _ in _LINES)
