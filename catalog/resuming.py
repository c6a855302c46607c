"""Uploads that go on where a lost connection stopped them: bytes grow in a file of their own until they are whole.

What arrived is kept whatever happens to the connection or to us; who began an upload goes on with it, nobody else. Uploads of
which nothing came for a day are removed.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from catalog.access import Actor
from catalog.clock import Clock
from catalog.errors import Busy, Conflict, Invalid, NotFound, TooLarge
from catalog.uploads import Upload, Uploads, room, shown_name
from schemas.problems import Problem

KEPT = timedelta(days=1)
OPEN = 20
"""Unfinished uploads of one account at most."""
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Growing:
    """An upload on its way: `offset` of `length` bytes are here."""

    id: str
    owner: str
    filename: str
    length: int
    offset: int = 0
    expires: str = ""


class Resuming:
    """Keeps unfinished uploads in `folder`."""

    def __init__(self, uploads: Uploads, folder: Path, clock: Clock) -> None:
        self._uploads, self._folder, self._clock = uploads, folder, clock

    def begin(self, actor: Actor, length: int, filename: str) -> Growing:
        """Begin an upload of so many bytes. Raises Invalid (a bad name, no bytes), TooLarge, Busy (too many are open)."""
        if length > self._uploads.limit:
            raise TooLarge(f"A file has at most {self._uploads.limit / 2**20:,.0f} MB here; split it, or link to it where it is.")
        if length < 1:
            message = "This file is empty; choose the file that holds the data."
            raise Invalid(message, [Problem("empty-file", "/upload", message)])
        self.sweep()
        if sum(one.owner == actor.id for one in self._all()) >= OPEN:
            raise Busy("Too many uploads are open; finish or remove some first.")
        made = Growing(id=secrets.token_hex(16), owner=actor.id, filename=shown_name(filename), length=length)
        told = {key: value for key, value in asdict(made).items() if key in ("owner", "filename", "length")}
        with room("what arrived is kept"):
            self._bytes(made.id).touch(exist_ok=False)
            self._facts(made.id).write_text(json.dumps(told), "utf-8")
        return self.standing(actor, made.id)

    def standing(self, actor: Actor, id: str) -> Growing:
        """Return how far an upload is; raises NotFound, for those of others too."""
        known = self._read(id)
        if known is None or known.owner != actor.id:
            raise NotFound("There is no such upload; it may have been finished, or removed because nothing came for a day.")
        return known

    def append(
        self, actor: Actor, id: str, offset: int, pieces: Iterable[bytes], digest: tuple[str, bytes] | None = None
    ) -> Growing:
        """Add bytes at `offset`, which must be where the upload stands; what came before `pieces` broke off is kept.

        With a `digest` (algorithm and value) bytes that do not match are dropped. Raises Conflict, Busy, TooLarge, NoRoom,
        Invalid.
        """
        with self._locked(self.standing(actor, id)) as file:
            known = self.standing(actor, id)
            if offset != known.offset:
                raise Conflict(f"{known.offset} bytes are here; go on from there.", known)
            file.seek(offset)
            summed = hashlib.new(digest[0]) if digest else None
            try:
                self._write(file, pieces, known.length - offset, summed)
            except TooLarge:
                file.truncate(offset)
                raise
            finally:
                file.flush()
                os.fsync(file.fileno())
            if summed and digest and summed.digest() != digest[1]:
                file.truncate(offset)
                message = "What arrived is not what was sent; send it again."
                raise Invalid(message, [Problem("checksum", "/upload", message)])
        return self.standing(actor, id)

    def take(self, actor: Actor, id: str) -> Upload:
        """Move a whole upload into the store. Raises NotFound, Conflict where bytes are missing, NoRoom."""
        known = self.standing(actor, id)
        if known.offset != known.length:
            raise Conflict(f"{known.offset} of {known.length} bytes are here; send the rest first.", known)
        upload = self._uploads.keep(self._bytes(id), known.filename)
        self._forget(id)
        return upload

    def remove(self, actor: Actor, id: str) -> None:
        """Give an upload up."""
        self._forget(self.standing(actor, id).id)

    def sweep(self) -> None:
        """Remove uploads of which nothing came for a day."""
        now = self._clock().timestamp()
        for path in self._folder.glob("*.bytes"):
            if now - path.stat().st_mtime > KEPT.total_seconds():
                self._forget(path.stem)

    def _write(self, file: BinaryIO, pieces: Iterable[bytes], left: int, summed: "hashlib._Hash | None") -> None:
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise TooLarge("More bytes came than were announced; begin the upload anew.")
            with room("what arrived is kept"):
                file.write(piece)
            if summed:
                summed.update(piece)

    @contextmanager
    def _locked(self, known: Growing) -> Iterator[BinaryIO]:
        with self._bytes(known.id).open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy("Another request writes this upload just now; ask again in a moment.") from None
            yield file

    def _read(self, id: str) -> Growing | None:
        if not _ID.fullmatch(id):
            return None
        try:
            told = json.loads(self._facts(id).read_text("utf-8"))
            facts = self._bytes(id).stat()
        except FileNotFoundError:
            return None
        expires = datetime.fromtimestamp(facts.st_mtime, UTC) + KEPT
        return Growing(id=id, offset=facts.st_size, expires=expires.strftime("%a, %d %b %Y %H:%M:%S GMT"), **told)

    def _all(self) -> Iterator[Growing]:
        return filter(None, (self._read(path.stem) for path in self._folder.glob("*.json")))

    def _forget(self, id: str) -> None:
        self._bytes(id).unlink(missing_ok=True)
        self._facts(id).unlink(missing_ok=True)

    def _bytes(self, id: str) -> Path:
        return self._folder / f"{id}.bytes"

    def _facts(self, id: str) -> Path:
        return self._folder / f"{id}.json"
