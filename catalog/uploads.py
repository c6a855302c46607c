"""Bytes that people and programs send: bounded, hashed while they are written, on disk before anybody refers to them."""

import errno
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from catalog.errors import Invalid, NoRoom, TooLarge
from catalog.ports import FileStore
from schemas.problems import Problem
from schemas.vocabularies import vocabulary

PIECE = 2**20
NAME = 200
"""Characters of a file name at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is in the store; `format` is a code of our vocabulary, empty where the name tells none."""

    sha256: str
    byte_size: int
    filename: str
    format: str = ""
    media_type: str = "application/octet-stream"


class Uploads:
    """Takes files in, up to `limit` bytes each; `folder` is where they grow until they are whole."""

    def __init__(self, files: FileStore, folder: Path, limit: int) -> None:
        self._files, self._folder, self.limit = files, folder, limit

    def receive(self, stream: IO[bytes], filename: str) -> Upload:
        """Store what a stream gives until its end. Raises Invalid (a bad name, no bytes), TooLarge, NoRoom."""
        return self.receive_pieces(iter(lambda: stream.read(PIECE), b""), filename)

    def receive_pieces(self, pieces: Iterable[bytes], filename: str) -> Upload:
        """Store bytes that come in pieces; where they break off, nothing is left."""
        shown = shown_name(filename)
        temporary = self._folder / secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        try:
            with room(), temporary.open("xb") as file:
                for piece in pieces:
                    size += len(piece)
                    self._bound(size)
                    digest.update(piece)
                    file.write(piece)
            return self._put(temporary, digest.hexdigest(), size, shown)
        finally:
            temporary.unlink(missing_ok=True)

    def keep(self, path: Path, filename: str) -> Upload:
        """Store a finished local file, which is moved away; for uploads that came in several requests."""
        shown = shown_name(filename)
        size = path.stat().st_size
        self._bound(size)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return self._put(path, digest, size, shown)

    def _bound(self, size: int) -> None:
        if size > self.limit:
            raise TooLarge(f"A file has at most {self.limit / 2**20:,.0f} MB here; split it, or link to it where it is.")

    def _put(self, path: Path, sha256: str, size: int, shown: str) -> Upload:
        if not size:
            message = "This file is empty; choose the file that holds the data."
            raise Invalid(message, [Problem("empty-file", "/upload", message)])
        with room():
            self._files.put(path, sha256)
        term = vocabulary("media_types").find(shown.rpartition(".")[2]) if "." in shown else None
        code, media_type = (term.code, str(term.data.get("media_type", ""))) if term else ("", "")
        return Upload(
            sha256=sha256, byte_size=size, filename=shown, format=code, media_type=media_type or "application/octet-stream"
        )


def shown_name(filename: str) -> str:
    """Return the name under which a file is shown: the last part of a path, in any script. Raises Invalid."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2]).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name):
        wrong = "holds control characters"
    elif not name.strip(". "):
        wrong = "is empty"
    elif len(name) > NAME:
        wrong = f"has more than {NAME} characters"
    else:
        return name
    message = f"The name of this file {wrong}; rename it and try again."
    raise Invalid(message, [Problem("bad-file-name", "/upload", message)])


@contextmanager
def room(kept: str = "nothing was changed") -> Iterator[None]:
    """Tell of a full disk in words; `kept` says what became of what came so far."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(f"There is no room for this file just now; {kept}. Try again later.") from error
        raise
