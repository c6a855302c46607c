"""A segment's postings and facts as plain arrays in files beside it: mapped, not read, and shared by all processes.

It holds nothing that Whoosh's own files do not, and may be deleted at any time: the segment is then decoded term by term.
"""

import json
import mmap
import os
import shutil
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index.blocks import Postings, all_terms, fields
from catalog.adapters.whoosh_index.facts import Facet, Facts, Texts
from catalog.adapters.whoosh_index.rows import Rows, decoded

VERSION = 3
SMALLEST = 1000
PREFIX = "side-"
_LINES = (("ids", np.int32), ("weights", np.float32), ("counts", np.uint16), ("positions", np.uint16))


class Damaged(Exception):
    """A sidecar is not as it was written; without it the segment is read from Whoosh's own files."""


class Arrays:
    """The files of a folder by name. All are read once on opening, so that a torn or changed one is never believed.

    Raises Damaged, or OSError where the system has no more files or memory to give.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        try:
            self.meta = json.loads((folder / "meta.json").read_bytes())
            fit = (self.meta["version"], self.meta["size"]) == (VERSION, size)
            self._maps = {name: self._map(name) for name in self.meta["files"]} if fit else {}
        except (ValueError, KeyError, FileNotFoundError) as error:
            raise Damaged from error
        if not fit or any(zlib.crc32(self._maps[name]) != crc for name, crc in self.meta["files"].items()):
            raise Damaged

    def get(self, name: str, kind: Any) -> Any:
        """Return a file as an array."""
        return np.frombuffer(self._maps[name], kind)

    def texts(self, name: str) -> Texts:
        """Return a file of texts."""
        return Texts(memoryview(self._maps[f"{name}.bin"]), self.get(f"{name}.off", np.int64))

    def _map(self, name: str) -> Any:
        with (self._folder / name).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""


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
        modified=arrays.get("modified", np.int64), ties=arrays.get("ties", np.int64), quality=arrays.get("quality", np.int32),
        facets={name: Facet(arrays.get(f"facet{n}.owners", np.int32), arrays.get(f"facet{n}.values", np.int32),
                            arrays.texts(f"facet{n}.names")) for n, name in enumerate(meta["facets"])},
        lengths={name: arrays.get(f"length.{name}", np.int32) for name in meta["lengths"]},
        numbers={name: arrays.get(f"number.{name}", np.int64) for name in meta["numbers"]},
        placed=arrays.get("placed", np.int32), boxes=arrays.get("boxes", np.float64),
    )  # fmt: skip


class Lines:
    """The postings of a new sidecar, written field by field, in order, beside where it will stand."""

    def __init__(self, folder: Path, segment: str) -> None:
        self.segment, self.fields = segment, list[str]()
        self.fresh = folder / f"new-{segment}"
        shutil.rmtree(self.fresh, ignore_errors=True)
        self.fresh.mkdir(mode=0o700)
        self.files: dict[str, int] = {}

    def add(self, field: str, rows: Rows) -> None:
        """Take the next field."""
        self.fields.append(field)
        self.write_texts(f"{field}.terms", Texts.of(rows.terms))
        for name, kind in (("starts", np.int64), ("places", np.int64), *_LINES):
            self.write(f"{field}.{name}", np.ascontiguousarray(getattr(rows, name), kind).data)

    def write(self, name: str, content: Any) -> None:
        """Write a file and remember its checksum."""
        (self.fresh / name).write_bytes(content)
        self.files[name] = zlib.crc32(content)

    def write_texts(self, name: str, texts: Texts) -> None:
        """Write texts."""
        blob, offsets = texts.arrays()
        self.write(f"{name}.bin", blob)
        self.write(f"{name}.off", offsets.data)


def write_sidecar(lines: Lines, facts: Facts) -> None:
    """Add the facts, then give the folder its name: half a sidecar is never seen."""
    for name in ("names", "hashes", "titles"):
        lines.write_texts(name, getattr(facts, name))
    for name in ("modified", "ties", "quality", "placed", "boxes"):
        lines.write(name, getattr(facts, name).data)
    for number, facet in enumerate(facts.facets.values()):
        lines.write(f"facet{number}.owners", facet.owners.data)
        lines.write(f"facet{number}.values", facet.values.data)
        lines.write_texts(f"facet{number}.names", facet.names)
    for language, lengths in facts.lengths.items():
        lines.write(f"length.{language}", lengths.data)
    for name, numbers in facts.numbers.items():
        lines.write(f"number.{name}", numbers.data)
    meta = {"version": VERSION, "size": len(facts.names), "fields": lines.fields, "facets": list(facts.facets),
            "lengths": list(facts.lengths), "numbers": list(facts.numbers), "files": dict(lines.files)}  # fmt: skip
    lines.write("meta.json", json.dumps(meta).encode())
    lines.fresh.replace(lines.fresh.with_name(f"{PREFIX}{lines.segment}"))


def lines_of(folder: Path, segment: str, reader: SegmentReader) -> Lines:
    """Return the postings of a segment that was written without a sidecar."""
    lines = Lines(folder, segment)
    for field in fields(reader):
        lines.add(field, decoded(all_terms(reader, field), np.arange(reader.doc_count_all(), dtype=np.int32)))
    return lines
