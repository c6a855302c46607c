"""Changes of the files of a dataset, as submissions make them."""

from collections.abc import Mapping
from typing import Any

from catalog.errors import NotFound
from catalog.submitting.files import without_address
from catalog.submitting.submission import Changing, Document
from catalog.uploads import Upload


def adding(id: str, upload: Upload | None, facts: Mapping[str, Any]) -> Changing:
    """Add a file at the end; one of the same name and bytes is not added again."""

    def change(document: Document) -> Document:
        entries = document.get("distribution", [])
        if upload and same_file(entries, upload):
            return document
        return {**document, "distribution": [*entries, {**facts, "id": id}]}

    return change


def replacing(id: str, facts: Mapping[str, Any], *, new: bool = False, whole: bool = False) -> Changing:
    """Change what is said of a file (all of it where `whole`), with its bytes where an upload comes along.

    `new` adds it where it is not there; NotFound is raised otherwise.
    """

    def change(document: Document) -> Document:
        entries = list(document.get("distribution", []))
        at = next((at for at, entry in enumerate(entries) if entry["id"] == id), None)
        if at is None and not new:
            raise NotFound(f"The dataset has no file {id[:100]!r}.")
        if at is None:
            return {**document, "distribution": [*entries, {**facts, "id": id}]}
        before = {} if whole else entries[at]
        if facts.get("download_url"):
            before = without_address(before)
        entries[at] = {**before, **facts, "id": id}
        return {**document, "distribution": entries}

    return change


def removing(id: str) -> Changing:
    """Take a file out; older versions keep it."""

    def change(document: Document) -> Document:
        entries = document.get("distribution", [])
        left = [entry for entry in entries if entry["id"] != id]
        if len(left) == len(entries):
            raise NotFound(f"The dataset has no file {id[:100]!r}.")
        return {**document, "distribution": left}

    return change


def same_file(entries: list[Document], upload: Upload) -> str:
    """Return the id of the entry with the name and the bytes of an upload, empty where there is none."""
    for entry in entries:
        if entry.get("path") == upload.filename and (entry.get("checksum") or {}).get("value") == upload.sha256:
            return str(entry["id"])
    return ""
