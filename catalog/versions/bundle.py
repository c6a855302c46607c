"""A ZIP written as it is sent: no temporary file, one piece of one file in memory at a time; equal input gives equal bytes."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COMPRESSIBLE = frozenset({"csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "geojson", "xml", "html", "ttl", "md", "sql"})
"""Extensions of files that a ZIP makes smaller; all others go in as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a ZIP: `byte_size` bytes that `pieces` yields."""

    path: str
    byte_size: int
    pieces: Iterable[bytes]


class _Outlet(io.RawIOBase):
    """Keeps what was written until it is taken."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> Iterator[bytes]:
        written, self._written = self._written, []
        if found := b"".join(written):
            yield found


def zipped(members: Iterable[Member], at: str) -> Iterator[bytes]:
    """Yield the bytes of a ZIP with these members; `at` is when they were last changed (ISO 8601, UTC)."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for member in members:
            with archive.open(_info(member, at), "w") as place:
                for piece in member.pieces:
                    place.write(piece)
                    yield from outlet.take()
            yield from outlet.take()
    yield from outlet.take()


def _info(member: Member, at: str) -> zipfile.ZipInfo:
    year, month, day, hour, minute, second = (int(at[start : start + 2]) for start in (2, 5, 8, 11, 14, 17))
    info = zipfile.ZipInfo(member.path, (2000 + year, month, day, hour, minute, second))
    text = member.path.rpartition(".")[2].casefold() in COMPRESSIBLE
    info.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    info.file_size = member.byte_size  # above 2 GiB the header must say that sizes take 64 bits
    return info
