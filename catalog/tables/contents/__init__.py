"""What a file holds beside its table: shapes of GeoJSON, the tree of JSON, entries and pictures of archives, a picture's size.

Made in the parser child into CONTENTS, whose parts are those of the modules here; pages draw from it and read nothing else.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.records import CONTENTS
from catalog.tables.contents.archive import archive
from catalog.tables.contents.documents import document
from catalog.tables.contents.pictures import picture
from catalog.tables.kinds import detect_kind

Made = Iterator[dict[str, Any]]
_READERS: Mapping[str, Callable[[Path, Path, Mapping[str, Any], list[dict[str, Any]]], dict[str, Any]]] = {
    "geojson": document, "json": document, "zip": archive, "png": picture, "jpeg": picture, "gif": picture, "webp": picture,
}  # fmt: skip


def make_contents(path: Path, folder: Path, job: Mapping[str, Any]) -> Made:
    """Write CONTENTS, and samples of pictures, into `folder`; yields the values of their Derivatives.

    Nothing is made of other kinds, nor of a file that cannot be read: what is wrong with it, its validation says.
    """
    kind = detect_kind(path, job.get("format", ""), job.get("filename", ""))
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        return
    samples: list[dict[str, Any]] = []
    try:
        found = reader(path, folder, job, samples)
    except Exception:  # whatever a library throws here costs the page a picture, never the validation
        return
    if found:
        (folder / CONTENTS).write_text(json.dumps({"version": 1, "kind": kind, **found}, ensure_ascii=False), "utf-8")
        yield {"name": CONTENTS, "media_type": "application/json"}
        yield from samples
