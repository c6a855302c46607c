"""`/api/v1/datasets` for those who publish: whole datasets and their files, checked and public at once, or Problems."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from flask import Response, jsonify, request, url_for
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from catalog.access import Action
from catalog.errors import CatalogError, Conflict, KeyReused
from catalog.publishing import Change
from catalog.records import CatalogRecord, Draft
from catalog.submitting.changes import adding, removing, replacing, same_file
from catalog.submitting.service import Move
from catalog.submitting.sheets.reading import BYTES
from catalog.submitting.sheets.service import numbered
from catalog.submitting.submission import Submission, Submitted
from catalog.uploads import Upload
from schemas.forms import dump_dataset
from schemas.problems import Problem
from web import bodies, errors
from web.api.submissions import reading
from web.catalog import catalog, current_actor
from web.machines.exports import base_url
from web.pace import writer
from web.surfaces import Lets, declared, surface

blueprint = declared(
    Blueprint("api_submissions", __name__, url_prefix="/api/v1/datasets", description="Publishing from scripts"),
    Lets.OWN, changes=Action.PUBLISH.value,
)  # fmt: skip
HEADERS: Any = [
    {"in": "header", "name": "If-Match", "schema": {"type": "string"}, "description": "ETag of the dataset as it was read"},
    {"in": "header", "name": "Idempotency-Key", "schema": {"type": "string", "maxLength": reading.KEY},
     "description": "Names this request: sent again within a day, it is not done again"},
    {"in": "query", "name": "because", "schema": {"type": "string"}, "description": "Reason, for the history"},
]  # fmt: skip
DATASET: Any = {"required": True, "content": {
    "application/json": {"schema": {"type": "object", "description": "As `dataset` of GET"}},
    "multipart/form-data": {"schema": {"type": "object", "properties": {"dataset": {"type": "string"}}, "additionalProperties": {
        "type": "string", "format": "binary", "description": "A file, by the id of its distribution"}}},
}}  # fmt: skip
SHEET: Any = [
    {"in": "query", "name": name, "schema": {"type": "string"}, "description": words}
    for name, words in (("dry_run", "`true`: only tell what is wrong"), ("lang", "Language of columns that name none"),
                        ("filename", "Name of the file, where it is the body"), ("because", "Reason, for the history"))
]  # fmt: skip
SHEET_BYTES = BYTES + bodies.TEXTS
FILE: Any = {"required": True, "content": {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    "multipart/form-data": {"schema": {"type": "object", "properties": {
        "file": {"type": "string", "format": "binary"}, "facts": {"type": "string", "description": "JSON of a distribution"}}}},
}}  # fmt: skip


class Answered(Schema):
    """What became of it."""

    name = fields.String(required=True)
    change = fields.String(required=True, metadata={"description": "added, changed, unchanged, or submitted: a draft waits"})
    revision = fields.Integer(required=True)
    url = fields.String(required=True)
    file = fields.String(metadata={"description": "Id of the file that was sent"})
    draft = fields.String(metadata={"description": "Id of the draft that waits for a publisher of the agency, with 202"})
    problems = fields.List(fields.Dict(), metadata={"description": "Warnings; what is wrong is told with 400"})


class Imported(Schema):
    """What became of the rows."""

    rows = fields.Integer(required=True)
    datasets = fields.List(fields.Dict(), metadata={"description": "`{row, name, change, revision}`; empty after a dry run"})
    problems = fields.List(fields.Dict(), metadata={"description": "Warnings by row and column"})


_TOLD = {
    202: "A draft waits for a publisher", 400: "Problems with their places", 401: "No token", 403: "Not for this token",
    409: "It is there already, or changed", 412: "Changed since it was read; `present` is how it stands", 413: "Too large",
    422: "The key named another request", 429: "Too many requests", 507: "No room",
}  # fmt: skip


def _told(view: Any) -> Any:
    """Describe the ways in which a request is not done."""
    for status, words in _TOLD.items():
        view = blueprint.alt_response(status, description=words)(view)
    return view


@blueprint.post("")
@blueprint.doc(parameters=HEADERS[1:], requestBody=DATASET)
@blueprint.response(201, Answered)
@_told
@bodies.takes(bodies.UPLOAD)
def create() -> Response:
    """Publish a new dataset; one of the same name and content is there already."""
    actor = writer()
    document, files = reading.document()
    sent = Submission(
        document=document, uploads=files, base=0, because=reading.because(), review=True,
        receipt=reading.receipt(document, files),
    )  # fmt: skip
    return answered(catalog().submissions.publish(actor, sent))


@blueprint.post("/import")
@blueprint.doc(parameters=SHEET, requestBody=FILE)
@blueprint.response(200, Imported)
@_told
@bodies.takes(SHEET_BYTES)
def import_sheet() -> Any:
    """Publish the rows of a CSV or XLSX file, all of them or none; Problems name `/rows/<row>/<column>`."""
    actor = writer()
    stream, filename = reading.sheet()
    found = catalog().sheets.read(stream, filename, request.args.get("lang", "en"))
    dry_run = request.args.get("dry_run", "") in ("1", "true")
    done, warnings = catalog().sheets.publish(actor, found, because=reading.because(), dry_run=dry_run)
    return {"rows": len(found), "datasets": numbered(found, done), "problems": [asdict(one) for one in warnings]}


@blueprint.put("/<name>")
@blueprint.doc(parameters=HEADERS, requestBody=DATASET)
@blueprint.response(200, Answered)
@_told
@bodies.takes(bodies.UPLOAD)
def put(name: str) -> Response:
    """Publish a dataset under its name, in the place of what is there; files that are held keep their bytes."""
    actor = writer()
    document, files = reading.document()
    document = {**document, "name": name}
    sent = Submission(
        document=document, uploads=files, base=reading.base(), because=reading.because(), review=True,
        receipt=reading.receipt(document, files),
    )  # fmt: skip
    return answered(catalog().submissions.publish(actor, sent))


@blueprint.delete("/<name>")
@blueprint.doc(parameters=HEADERS)
@blueprint.response(204)
@_told
@surface(Lets.OWN, changes=Action.WITHDRAW.value)
def withdraw(name: str) -> Response:
    """Withdraw a dataset; a tombstone with the reason stays, and its versions are kept."""
    catalog().submissions.move(writer(), name, "withdraw", reading.because() or "Withdrawn by a script", reading.base())
    return Response(status=204)


@blueprint.post("/<name>/<any(unpublish, restore):do>")
@blueprint.doc(parameters=HEADERS)
@blueprint.response(204)
@_told
@surface(Lets.OWN, changes=Action.WITHDRAW.value)
def move(name: str, do: Move) -> Response:
    """Take a dataset from view without a tombstone, or show it again as it was."""
    catalog().submissions.move(writer(), name, do, reading.because() or "Moved by a script", reading.base())
    return Response(status=204)


@blueprint.post("/<name>/files")
@blueprint.doc(parameters=HEADERS, requestBody=FILE)
@blueprint.response(201, Answered)
@_told
@bodies.takes(bodies.UPLOAD)
def add_file(name: str) -> Response:
    """Add a file; one of the same name and bytes is there already."""
    return _with_file(name, str(uuid4()), lambda id, upload, facts: adding(id, upload, facts))


@blueprint.put("/<name>/files/<distribution>")
@blueprint.doc(parameters=HEADERS, requestBody=FILE)
@blueprint.response(200, Answered)
@_told
@bodies.takes(bodies.UPLOAD)
def put_file(name: str, distribution: str) -> Response:
    """Put a file in the place of another, or add it under this id."""
    return _with_file(name, distribution, lambda id, upload, facts: replacing(id, facts, new=True))


@blueprint.delete("/<name>/files/<distribution>")
@blueprint.doc(parameters=HEADERS)
@blueprint.response(200, Answered)
@_told
def remove_file(name: str, distribution: str) -> Response:
    """Take a file out of a dataset; older versions keep it."""
    actor = writer()
    sent = Submission(
        name=name, change=removing(distribution), base=reading.base(), because=reading.because(), review=True,
        receipt=reading.receipt({}, {}),
    )  # fmt: skip
    return answered(catalog().submissions.publish(actor, sent))


def _with_file(name: str, id: str, changing: Any) -> Response:
    actor = writer()
    catalog().submissions.require(actor, name, review=True)
    upload, facts = reading.upload(), reading.facts()
    sent = Submission(
        name=name, change=changing(id, upload, facts), uploads={id: upload}, base=reading.base(), because=reading.because(),
        review=True, receipt=reading.receipt(facts, {"file": upload}),
    )  # fmt: skip
    done = catalog().submissions.publish(actor, sent)
    return answered(done, _file_id(name, id, upload))


def _file_id(name: str, id: str, upload: Upload) -> str:
    entries = dump_dataset(catalog().reading.entry(current_actor(), name).dataset).get("distribution", [])
    return id if any(entry["id"] == id for entry in entries) else same_file(entries, upload) or id


def answered(done: Submitted, file: str = "") -> Response:
    """Return what became of a submission; a request that came before is answered as it was."""
    there = url_for("api_drafts.show", id=done.draft) if done.draft else url_for("api_datasets.show", name=done.name)
    url = base_url() + there
    told = {"name": done.name, "change": done.change, "revision": done.revision, "url": url, "problems": done.problems}
    made = jsonify({**told, **({"file": file} if file else {}), **({"draft": done.draft} if done.draft else {})})
    new = done.change is Change.ADDED or (file and request.method == "POST" and done.changed)
    made.status_code = 202 if done.draft else 201 if new else 200
    made.headers["Location"] = url
    made.headers["ETag"] = f'"{done.revision}"'
    made.headers["Cache-Control"] = "no-store"
    if done.again:
        made.headers["Idempotency-Replayed"] = "true"
    return made


@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(KeyReused)
def not_as_it_was(error: CatalogError) -> Response:
    """Show how the dataset stands now beside what was sent, so that nobody's work is lost."""
    present = getattr(error, "present", None)
    stated = bool({"If-Match", "If-None-Match"} & set(request.headers.keys()))
    status = 422 if isinstance(error, KeyReused) else 412 if stated else 409
    more: dict[str, Any] = {}
    if isinstance(present, Draft):
        more = {"present": {"draft": present.id, "revision": present.revision, "state": present.state.value}}
    if isinstance(present, CatalogRecord):
        more = {"present": {"revision": present.revision, "updated": present.updated, "dataset": dump_dataset(present.dataset)}}
    return errors.document(status, str(error), (Problem("conflict", "", str(error)),), **more)
