"""Changes that clients of CKAN ask for, as submissions."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import request

from catalog.errors import Conflict, Invalid
from catalog.reading import Entry
from catalog.submitting.submission import Submission
from catalog.uploads import Upload
from schemas.profiles.base import Document
from schemas.profiles.datapackage_tables import read_table
from web.api.ckan.base import Arguments
from web.api.ckan.merging import merged
from web.api.ckan.packages import Package, asked_file, shown, shown_file
from web.catalog import catalog, current_actor

Editing = Callable[[Package], Package]
DESCRIPTOR = "datapackage.json"
TRIES = 5


def submit(**sent: Any) -> None:
    """Publish; CKAN's words cannot say all of the chain of responsibility, so what is missing of it is a warning."""
    catalog().submissions.publish(current_actor(), Submission(answered=False, **sent))


def edited(entry: Entry, edit: Editing, uploads: dict[str, Upload] | None = None) -> None:
    """Change a package as its reader saw it; where somebody changes it meanwhile, it is read and changed again."""
    name, reading = entry.dataset.name, catalog().reading
    for left in reversed(range(TRIES)):
        before = shown(entry)
        after = edit(json.loads(json.dumps(before)))

        def change(document: Document, before: Package = before, after: Package = after) -> Document:
            return merged(document, before, after)

        try:
            submit(name=name, change=change, uploads=uploads or {}, base=entry.record.revision)
            return
        except Conflict:
            if not left:
                raise
            entry = reading.entry(current_actor(), name)


def edited_file(given: Arguments, kept: Editing) -> Package:
    """Change a resource to what is `kept` of it and what is given, with the bytes that come along; returns it."""
    entry, id = asked_file(given)
    catalog().submissions.require(current_actor(), entry.dataset.name)
    upload = uploaded()

    def edit(before: Package) -> Package:
        resources = [_edited(kept(one), given, upload) if one["id"] == id else one for one in before["resources"]]
        return {**before, "resources": resources}

    edited(entry, edit, {id: upload} if upload else {})
    return shown_file(catalog().reading.entry(current_actor(), entry.dataset.name), id)


def _edited(kept: Package, given: Arguments, upload: Upload | None) -> Package:
    """Return a resource after a change; the format of other bytes is theirs."""
    own = {key: value for key, value in kept.items() if key != "format" or not upload}
    return settle({**own, **given, "id": kept["id"]}, upload)


def uploaded() -> Upload | None:
    """Take in the file of the field `upload`."""
    file = request.files.get("upload")
    return catalog().uploads.receive(file.stream, file.filename or "file") if file else None


def new_file(given: Arguments, entry: Entry, upload: Upload | None) -> tuple[str, Package]:
    """Return the id of a new file, and the resource that stands for it; one of the same name and bytes has its id already."""
    for d in entry.dataset.distribution:
        if upload and d.path == upload.filename and d.checksum and d.checksum.value == upload.sha256:
            return d.id, {}
    return str(uuid4()), {**given}


def settle(resource: Package, upload: Upload | None) -> Package:
    """Return a resource whose bytes come with it, without what its own words say of them."""
    if upload is None:
        return resource
    made = {key: value for key, value in resource.items() if key not in ("url", "size", "hash", "mimetype")}
    return {**made, "url_type": "upload", "name": made.get("name") or upload.filename}


def columns_of(upload: Upload) -> dict[str, Document] | None:
    """Return the schemas that a datapackage.json holds, by the names of its resources and files; None where it is none."""
    if upload.filename != DESCRIPTOR or upload.byte_size > 4 * 2**20:
        return None
    with catalog().files_store.open(upload.sha256) as file:
        try:
            resources = json.load(file)["resources"]
            told = [one for one in resources if isinstance(one.get("schema"), dict)]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Invalid("This datapackage.json cannot be read; send JSON with `resources`.") from None
    found: dict[str, Document] = {}
    for one in told:
        schema = read_table(one["schema"], catalog().settings.default_language)
        names = (one.get("name"), str(one.get("path", "")).rpartition("/")[2])
        found |= {str(name): schema for name in names if name and schema}
    return found


def with_columns(schemas: dict[str, Document]) -> Callable[[Document], Document]:
    """Return the change that gives files the columns that a data package describes."""

    def change(document: Document) -> Document:
        entries = []
        for entry in document.get("distribution", []):
            names = (entry.get("path", ""), *entry.get("title", {}).values())
            schema = next((schemas[name] for name in names if name in schemas), None)
            entries.append({**entry, "table_schema": schema} if schema else entry)
        return {**document, "distribution": entries}

    return change
