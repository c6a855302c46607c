"""Takes the one table out of an archive or a compressed file, counting what comes out; nothing is trusted that it claims."""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from catalog.tables.guards import NotATable
from catalog.tables.kinds import PACKED, TABLES, detect_kind
from catalog.tables.limits import LIMITS
from schemas.problems import Problem

_OPENERS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "gzip": (gzip.open, ".gz"), "bzip2": (bz2.open, ".bz2"), "xz": (lzma.open, ".xz"),
}  # fmt: skip
_TORN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError)
_DESCRIPTIONS = ("package.json", "resource.json", "schema.json", "metadata.json")


def unpacked(path: Path, folder: Path, job: dict[str, Any], notes: list[str]) -> tuple[str, Path]:
    """Return kind and path of the file, or of the one table packed in it; raises NotATable."""
    kind, filename = _kind(path, job.get("format", ""), job.get("filename", "")), job.get("filename", "")
    try:
        if kind in _OPENERS:
            opener, suffix = _OPENERS[kind]
            with opener(path) as packed:
                path = _poured(packed, folder / "unpacked", path.stat().st_size)
            kind = _kind(path, job.get("format", ""), filename.removesuffix(suffix))
        elif kind == "zip":
            with zipfile.ZipFile(path) as archive:
                member = _member(archive, job.get("member") or "", notes)
                with archive.open(member) as packed:
                    path = _poured(packed, folder / "unpacked", path.stat().st_size)
            kind = _kind(path, "", member.filename)
    except _TORN:
        raise NotATable("This archive is cut short or damaged; publish it again.", "broken-file") from None
    except RuntimeError as error:  # zipfile's word for a password
        raise NotATable(f"This archive cannot be opened ({error}); publish it without a password.", "password") from None
    if kind in PACKED and path.parent == folder:
        raise NotATable("This archive holds another archive; publish the table itself.")
    return kind, path


def poured_out(packed: Any, kind: str, target: Path, packed_size: int = 0) -> Path:
    """Unpack a compressed file of a kind, or a stream of one, into `target`, within the limits; raises NotATable."""
    with _OPENERS[kind][0](packed) if kind else packed as stream:
        return _poured(stream, target, packed_size or packed.stat().st_size)


def _kind(path: Path, declared: str, filename: str) -> str:
    kind = detect_kind(path, declared, filename)
    if isinstance(kind, Problem):
        raise NotATable(kind.message, kind.code)
    return kind


def _member(archive: zipfile.ZipFile, wanted: str, notes: list[str]) -> zipfile.ZipInfo:
    members = _tables(archive)
    if wanted:
        named = [member for member in archive.infolist() if member.filename == wanted]
        if not named:
            raise NotATable(f"This archive holds no {wanted!r}; its tables are {_listed(members)}.")
        return named[0]
    if not members:
        raise NotATable(f"This archive holds no table that can be read; it holds {_listed(archive.infolist())}.", "no-table")
    if len(members) > 1:
        words = f"This archive holds {len(members)} tables ({_listed(members)}); name one of them (--member)"
        raise NotATable(f"{words} or publish each as a file of its own.", "several-tables")
    notes.append(f"The table is {members[0].filename} in the archive.")
    return members[0]


def _listed(members: list[zipfile.ZipInfo]) -> str:
    names = [member.filename for member in members if not member.is_dir()]
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "") or "nothing"


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members that look like tables; texts only where there is nothing better, descriptions never."""
    named = [(PurePosixPath(member.filename), member) for member in archive.infolist() if not member.is_dir()]
    real = [(path, member) for path, member in named if not path.name.endswith(_DESCRIPTIONS) and "__MACOSX" not in path.parts]
    for suffixes in (TABLES, {"txt"}):
        if found := [member for path, member in real if path.suffix.lower().lstrip(".") in suffixes]:
            return found
    return []


def _poured(packed: IO[bytes], target: Path, packed_size: int) -> Path:
    total, most = 0, min(LIMITS.unpacked, max(10 * 2**20, packed_size * LIMITS.ratio))
    with target.open("wb") as out:
        while piece := packed.read(1 << 20):
            total += len(piece)
            if total > most:
                raise NotATable("This archive unpacks to far more than it should and was not read further.", "bomb")
            out.write(piece)
    return target
