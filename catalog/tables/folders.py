"""Folders of jobs: each is locked while its job runs, so that those of killed runs are known and removed."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "qoima-table-"
_YOUNG, _FORGOTTEN = 60, 24 * 3600
"""Seconds: a folder so young may be about to be locked; a download untouched for so long has lost its run."""


@contextmanager
def job_folder(parent: Path | None = None) -> Iterator[Path]:
    """Give a new folder below `parent` (the system's temporary folder when None); it goes with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def remove_orphans(parent: Path) -> int:
    """Remove what killed runs left in `parent`; returns how many folders and downloads that were."""
    now = time.time()
    folders = [path for path in parent.glob(_PREFIX + "*") if now - path.stat().st_mtime > _YOUNG and _free(path)]
    files = [path for path in parent.iterdir() if path.is_file() and now - path.stat().st_mtime > _FORGOTTEN]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for file in files:
        file.unlink(missing_ok=True)
    return len(folders) + len(files)


def _free(folder: Path) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
