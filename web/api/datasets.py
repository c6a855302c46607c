"""`/api/v1/datasets`: search with facets, and single datasets."""

from typing import Any

from flask import jsonify, url_for
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from catalog.reading import Entry
from catalog.search.facets import facets
from catalog.search.limits import parameters
from catalog.search.ranges import ranges
from catalog.search.request import MAX_LIMIT, MAX_OFFSET, Sort
from schemas.forms import dump_dataset
from web.api.paging import cursor, place
from web.catalog import catalog, current_actor
from web.machines.exports import base_url, conditional
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_datasets", __name__, url_prefix="/api/v1/datasets", description="Datasets"), Lets.METADATA, Lets.BYTES
)


class _Query(Schema):
    class Meta:
        unknown = RAISE

    q = fields.String(load_default="", metadata={"description": 'Words, "phrases", -without, begin*, facet:value'})
    sort = fields.Enum(Sort, by_value=True, load_default=Sort.RELEVANCE)
    limit = fields.Integer(load_default=20, validate=validate.Range(0, MAX_LIMIT))
    cursor = fields.String(load_default="", metadata={"description": "`next` of the page before"})
    lang = fields.String(
        load_default="en", validate=validate.OneOf(["kk", "ru", "en"]), metadata={"description": "Language to rank first"}
    )


_KINDS = {"date": "a year, month or day", "count": "a whole number"}
_ABOUT = {
    f"{each.name}_{end}": f"{each.title}, {end}: {_KINDS[each.kind]}" for each in ranges().values() for end in ("from", "to")
}
Query = _Query.from_dict(
    {f.name: fields.List(fields.String(), metadata={"description": f"{f.title}; may be repeated"}) for f in facets().values()}
    | {name: fields.String(metadata={"description": _ABOUT.get(name, "One side of a box in degrees")}) for name in parameters()},
    name="DatasetQuery",
)


class DatasetItem(Schema):
    """A dataset in a list."""

    name = fields.String(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String())
    description = fields.Dict(keys=fields.String(), values=fields.String())
    agency = fields.String(allow_none=True)
    access = fields.String()
    formats = fields.List(fields.String())
    modified = fields.String()
    updated = fields.String()
    url = fields.String()


class DatasetPage(Schema):
    """A page of a search."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(DatasetItem), required=True)
    facets = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.Integer()))
    next = fields.String(allow_none=True)
    notices = fields.List(fields.String())


class DatasetDocument(Schema):
    """A dataset with our record of it and what we know of its files."""

    dataset = fields.Dict()
    record = fields.Dict()
    access = fields.Dict()
    files = fields.List(fields.Dict())


@blueprint.get("")
@blueprint.arguments(Query, location="query")
@blueprint.response(200, DatasetPage)
def search(query: dict[str, Any]) -> dict[str, Any]:
    """Search datasets; facets count the whole result. Without words or filters every dataset is listed, as they came in."""
    filters = {name: tuple(query[name]) for name in facets() if query.get(name)}
    limits = {name: query[name] for name in parameters() if query.get(name)}
    if not query["q"].strip() and not filters and not limits and query["sort"] is Sort.RELEVANCE:
        return _listing(query)
    offset = place(query["cursor"], 0)
    found = catalog().searching.search(
        current_actor(), query["q"], filters, limits=limits, sort=query["sort"], offset=offset, limit=query["limit"],
        language=query["lang"],
    )  # fmt: skip
    after = offset + query["limit"]
    more = query["limit"] and after < min(found.page.total, MAX_OFFSET)
    return {
        "total": found.page.total,
        "items": [_item(entry) for entry in found.entries],
        "facets": found.page.facets,
        "next": cursor(after) if more else None,
        "notices": list(found.request.notices),
    }


def _listing(query: dict[str, Any]) -> dict[str, Any]:
    after = catalog().reading.number(str(place(query["cursor"], "")))
    entries = catalog().reading.page(current_actor(), after, query["limit"] + 1)
    shown = entries[: query["limit"]]
    counted = catalog().searching.search(current_actor(), "", {}, sort=Sort.MODIFIED, offset=0, limit=0, language="en")
    return {
        "total": counted.page.total,
        "items": [_item(entry) for entry in shown],
        "facets": counted.page.facets,
        "next": cursor(shown[-1].dataset.name) if shown and len(entries) > len(shown) else None,
        "notices": [],
    }


@blueprint.get("/<name>")
@blueprint.response(200, DatasetDocument)
@blueprint.alt_response(404, description="There is no such dataset")
def show(name: str) -> Any:
    """One dataset: all its properties, our record of it, what we know of its files."""
    entry = catalog().reading.entry(current_actor(), name)
    allowed = catalog().downloads.decide(current_actor(), entry)
    exported = catalog().reading.exported(entry, current_actor(), base_url())
    record = entry.record
    body = {
        "dataset": dump_dataset(exported),
        "record": {
            "state": record.state, "revision": record.revision, "created": record.created, "updated": record.updated,
            "source": record.source, "content_hash": record.content_hash,
        },
        "access": {"download": allowed.allowed, "reason": allowed.reason, "message": allowed.message},
        "files": [_file(file, allowed.allowed) for file in entry.files],
    }  # fmt: skip
    made = jsonify(body)
    made.add_etag()
    made.set_etag(f"{record.revision}-{made.get_etag()[0]}")  # what If-Match of a change compares begins with the revision
    return conditional(made)


def _file(file: Any, allowed: bool) -> dict[str, Any]:
    shown = {"distribution": file.distribution, "state": file.state, "fetched": file.fetched}
    if not allowed:
        return shown
    facts = {key: value for key, value in (file.table or {}).items() if key in ("type", "encoding", "dialect", "rows", "columns")}
    measured = {"sha256": file.sha256, "byte_size": file.byte_size, "media_type": file.media_type, "valid": file.valid}
    return {**shown, **measured, "checked": file.checked, "table": facts}


def _item(entry: Entry) -> dict[str, Any]:
    dataset = entry.dataset
    return {
        "name": dataset.name,
        "title": dataset.title,
        "description": {language: words[:300] for language, words in dataset.description.items()},
        "agency": dataset.publisher.name if dataset.publisher else None,
        "access": dataset.access.level.value,
        "formats": sorted({d.format for d in dataset.distribution if d.format}),
        "modified": dataset.modified,
        "updated": entry.record.updated,
        "url": base_url() + url_for("api_datasets.show", name=dataset.name),
    }


