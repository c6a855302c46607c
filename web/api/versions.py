"""`/api/v1/datasets/<name>/versions`: immutable versions of a dataset's files, and what differs between two of them."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from catalog.reading import Entry
from catalog.records import Version
from catalog.versions.addresses import version_path
from catalog.versions.difference import Difference
from web.api.agencies import Paging
from web.api.paging import cursor, place
from web.catalog import catalog, current_actor
from web.machines.exports import base_url
from web.machines.versions import manifest_of
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_versions", __name__, url_prefix="/api/v1/datasets", description="Versions of datasets' files"),
    Lets.METADATA, Lets.BYTES,
)
_NUMBER = "int(min=1, max=2147483647)"


class VersionItem(Schema):
    """A version in a list; files, sizes and reasons are only for those who may have the files."""

    number = fields.Integer(required=True)
    version = fields.String(required=True, metadata={"description": "MAJOR.MINOR.PATCH as Croissant 1.1 means it"})
    created = fields.String(required=True)
    because = fields.String()
    files = fields.Integer(metadata={"description": "How many"})
    bytes = fields.Integer(metadata={"description": "Of all files together"})
    url = fields.String(required=True)


class VersionPage(Schema):
    """A page of versions, newest first."""

    items = fields.List(fields.Nested(VersionItem), required=True)
    next = fields.String(allow_none=True)


class MadeFile(Schema):
    """A file that we made of a table."""

    name = fields.String(required=True)
    url = fields.String(required=True)
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    mediaType = fields.String(required=True)
    rows = fields.Integer()
    split = fields.String()


class FileOfVersion(Schema):
    """A file as it was in a version."""

    distribution = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "Its place in the bundle"})
    url = fields.String(required=True)
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    mediaType = fields.String()
    rows = fields.Integer(allow_none=True)
    made = fields.List(fields.Nested(MadeFile))


class Manifest(Schema):
    """A version with all its files."""

    dataset = fields.String(required=True)
    number = fields.Integer(required=True)
    version = fields.String(required=True)
    created = fields.String(required=True)
    because = fields.String()
    files = fields.List(fields.Nested(FileOfVersion), required=True)


class FieldChanged(Schema):
    """A column and its type in each version, empty where it is not there."""

    name = fields.String(required=True)
    before = fields.String()
    after = fields.String()


class CellChanged(Schema):
    """A value in each version, as text; long ones are cut."""

    column = fields.String(required=True)
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class RowChanged(Schema):
    """A row that was added, removed or changed."""

    number = fields.Integer(required=True, metadata={"description": "Its place in the newer table that has it, from 1"})
    key = fields.List(fields.String())
    cells = fields.List(fields.Nested(CellChanged))


class RowsChanged(Schema):
    """How many rows differ, with the first ones of each kind."""

    matched = fields.String(required=True, metadata={"description": "primary-key, split-key or whole-row"})
    key = fields.List(fields.String())
    retyped = fields.List(fields.String(), metadata={"description": "Columns whose stored type changed"})
    before = fields.Integer(required=True)
    after = fields.Integer(required=True)
    added = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    examples_added = fields.List(fields.Nested(RowChanged))
    examples_removed = fields.List(fields.Nested(RowChanged))
    examples_changed = fields.List(fields.Nested(RowChanged))


class FileChanged(Schema):
    """What differs in one file."""

    distribution = fields.String(required=True)
    filename = fields.String()
    change = fields.String(required=True, metadata={"description": "added, removed, same, packaging, changed or unread"})
    because = fields.String(metadata={"description": "Why its rows were not compared"})
    fields_ = fields.List(fields.Nested(FieldChanged), data_key="fields", attribute="fields")
    rows = fields.Nested(RowsChanged, allow_none=True)
    splits_added = fields.List(fields.String())
    splits_changed = fields.List(fields.String(), metadata={"description": "Splits that lost rows which the table has"})
    nulled = fields.Boolean(metadata={"description": "Cells that are not valid were not compared"})


class DifferenceOfVersions(Schema):
    """What differs between two versions."""

    dataset = fields.String(required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(required=True)
    level = fields.String(required=True, metadata={"description": "major, minor or patch"})
    because = fields.String(required=True)
    files = fields.List(fields.Nested(FileChanged), required=True)


@blueprint.get("/<name>/versions")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, VersionPage)
@blueprint.alt_response(404, description="There is no such dataset")
def versions(query: dict[str, Any], name: str) -> dict[str, Any]:
    """Versions of a dataset's files, newest first."""
    found = catalog().versions.of(current_actor(), name, before=place(query["cursor"], 0), limit=query["limit"] + 1)
    shown = found[: query["limit"]]
    entry = catalog().reading.entry(current_actor(), name)
    return {
        "items": [_item(version, allowed=_allowed(entry, version)) for version in shown],
        "next": cursor(shown[-1].number) if len(found) > len(shown) else None,
    }


@blueprint.get(f"/<name>/versions/<{_NUMBER}:number>")
@blueprint.response(200, Manifest)
@blueprint.alt_response(403, description="The files are not open")
@blueprint.alt_response(404, description="There is no such version")
def version(name: str, number: int) -> dict[str, Any]:
    """One version: every file with its address, size, SHA-256, media type and rows."""
    return manifest_of(catalog().versions.get(current_actor(), name, number))


@blueprint.get(f"/<name>/versions/<{_NUMBER}:before>..<{_NUMBER}:after>")
@blueprint.response(200, DifferenceOfVersions)
@blueprint.alt_response(403, description="The files are not open")
@blueprint.alt_response(404, description="There is no such version")
def difference(name: str, before: int, after: int) -> Difference:
    """What differs between two versions: files, columns, rows by key with the first fifty of each kind."""
    return catalog().versions.difference(current_actor(), name, before, after)


def _allowed(entry: Entry, version: Version) -> bool:
    return catalog().downloads.decide(current_actor(), entry.of_version(version.number)).allowed


def _item(version: Version, *, allowed: bool) -> dict[str, Any]:
    item = {"number": version.number, "version": version.version, "created": version.at}
    item["url"] = f"{base_url()}/api/v1{version_path(version).replace('/dataset/', '/datasets/', 1)}"
    if allowed:
        item |= {"because": version.because, "files": len(version.files)}
        item["bytes"] = sum(file.byte_size for file in version.files)
    return item
