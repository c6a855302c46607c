"""Bytes by their SHA-256 in a folder or an object store, through obstore."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore.store import from_url

_PIECE = 2**20


class FolderFiles:
    """Files below a folder, spread over 256 sub-folders; written by rename, so that a half file is never seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, path: Path, sha256: str) -> None:
        """Move a finished file in, to disk before this returns."""
        target = self._path(sha256)
        if target.exists():
            path.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        if path.stat().st_dev == target.parent.stat().st_dev:
            path.replace(target)
        else:
            beside = target.with_suffix(".part")
            try:
                shutil.copyfile(path, beside)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)
            path.unlink()
        _sync_folder(target.parent)

    def open(self, sha256: str) -> BinaryIO:
        """Open for reading."""
        return self._path(sha256).open("rb")

    def stream(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` to `end`."""
        with self.open(sha256) as file:
            file.seek(start)
            left = (end - start) if end is not None else None
            while piece := file.read(_PIECE if left is None else min(_PIECE, left)):
                yield piece
                left = None if left is None else left - len(piece)

    def size(self, sha256: str) -> int | None:
        """Return the number of bytes, None when there is no such file."""
        path = self._path(sha256)
        return path.stat().st_size if path.is_file() else None

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give the file's own path; it must not be written."""
        yield self._path(sha256)

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not sha256.isalnum():
            raise ValueError("A stored file is named by its SHA-256.")
        return self._folder / sha256[:2] / sha256


class ObjectFiles:
    """Files in an object store that obstore knows (`s3://bucket/prefix`)."""

    def __init__(self, url: str) -> None:
        self._store: Any = from_url(url)

    def put(self, path: Path, sha256: str) -> None:
        """Upload a finished file and remove the local one."""
        if self.size(sha256) is None:
            obstore.put(self._store, sha256, path)
        path.unlink()

    def open(self, sha256: str) -> BinaryIO:
        """Open for reading."""
        return obstore.open_reader(self._store, sha256)  # type: ignore[return-value]

    def stream(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` to `end`."""
        total = self.size(sha256) or 0
        stop = total if end is None else min(end, total)
        for at in range(start, stop, _PIECE):
            yield bytes(obstore.get_range(self._store, sha256, start=at, end=min(at + _PIECE, stop)))

    def size(self, sha256: str) -> int | None:
        """Return the number of bytes, None when there is no such file."""
        try:
            return int(obstore.head(self._store, sha256)["size"])
        except FileNotFoundError:
            return None

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give a temporary copy."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / sha256
            with copy.open("wb") as file:
                file.writelines(self.stream(sha256))
            yield copy


def open_files(url: str) -> FolderFiles | ObjectFiles:
    """Return the file store behind a URL (`file:///folder`, `s3://bucket/prefix`)."""
    parts = urlsplit(url)
    return FolderFiles(Path(parts.path)) if parts.scheme == "file" else ObjectFiles(url)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
