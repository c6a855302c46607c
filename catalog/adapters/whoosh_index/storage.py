"""The folder of the index: readable by us only, signed where Whoosh unpickles, swapped by one pointer file."""

import fcntl
import hashlib
import hmac
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from catalog.adapters.whoosh_index.schema import FORMAT_VERSION
from catalog.errors import IndexBusy, IndexUnavailable

REBUILD = "Run `qoima index rebuild` to make a new one from the database."
TABLE = re.compile(r"_MAIN_(\d+)\.toc")


class SignedStorage(FileStorage):  # type: ignore[misc]
    """A folder of Whoosh files whose tables of contents carry our HMAC: an unsigned one is never unpickled.

    The signature is written before the table gets its name, so that a kill leaves no table without one.
    """

    def __init__(self, path: str, secret: bytes) -> None:
        super().__init__(path)
        self._secret = secret

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if match := TABLE.fullmatch(newname):
            signature = self._sign(newname, Path(self._fpath(oldname)).read_bytes())
            Path(self._fpath(f"{match[1]}.signature")).write_text(signature)
        super().rename_file(oldname, newname, safe)

    def open_file(self, name: str, **kwargs: Any) -> Any:
        if match := TABLE.fullmatch(name):
            self._check(name, f"{match[1]}.signature")
        return super().open_file(name, **kwargs)

    def forget_signatures(self, before: int) -> None:
        """Remove the signatures of generations that are gone."""
        for name in self.list():
            number, _, ending = name.partition(".")
            if ending == "signature" and int(number) < before:
                Path(self._fpath(name)).unlink(missing_ok=True)

    def _sign(self, name: str, content: bytes) -> str:
        return hmac.new(self._secret, name.encode() + b"\0" + content, hashlib.sha256).hexdigest()

    def _check(self, name: str, signature: str) -> None:
        content = Path(self._fpath(name)).read_bytes()  # gone: the caller looks for a newer one
        path = Path(self._fpath(signature))
        given = path.read_text() if path.exists() else ""
        if not hmac.compare_digest(given, self._sign(name, content)):
            if not Path(self._fpath(name)).exists():
                raise FileNotFoundError(name)  # replaced by a newer one between the two reads
            raise IndexUnavailable(f"The search index was not written with this installation's secret key. {REBUILD}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which subfolder is live; `base` is added to Whoosh's generation so that a rebuild counts on."""

    folder: str
    base: int


def read_pointer(folder: Path) -> Pointer | None:
    """Return the live subfolder, None where no index was ever written; raises IndexUnavailable for one we cannot read."""
    try:
        given = json.loads((folder / "current").read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        given = {}
    if given.get("format") != FORMAT_VERSION or not re.fullmatch(r"[0-9a-f]{16}", str(given.get("folder", ""))):
        raise IndexUnavailable(f"The search index is of another version or damaged. {REBUILD}")
    return Pointer(given["folder"], int(given["base"]))


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Make a subfolder the live one, in one step."""
    fresh = folder / "current.new"
    fresh.write_text(json.dumps({"format": FORMAT_VERSION, "folder": pointer.folder, "base": pointer.base}))
    fresh.replace(folder / "current")


def new_subfolder(folder: Path) -> str:
    """Make an empty subfolder that only we may enter and return its name."""
    name = os.urandom(8).hex()
    (folder / name).mkdir(mode=0o700)
    return name


def sweep(folder: Path, keep: str) -> None:
    """Remove every subfolder but the live one; readers keep what they have open."""
    for path in folder.iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def writing(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the one right to write, among threads and processes; raises IndexBusy after `timeout` seconds."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / "lock").open("w") as lock:
        until = time.monotonic() + timeout
        while not _locked(lock.fileno()):
            if time.monotonic() > until:
                raise IndexBusy("Another process is writing the search index; changes stay queued, try again later.")
            time.sleep(0.02)
        yield


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
