"""What a request that publishes says: its document, its files, what it was made from, its key."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import IO, Any

from flask import request
from werkzeug.exceptions import BadRequest
from werkzeug.http import parse_options_header

from catalog.access import Actor
from catalog.errors import Invalid, TooLarge
from catalog.records import Receipt
from catalog.uploads import Upload
from schemas.forms import canonical
from schemas.problems import Problem
from web import bodies
from web.catalog import catalog, current_actor

KEY = 200
"""Characters of an idempotency key at most."""
REASON = 1000
"""Characters of a reason at most."""
Sent = tuple[dict[str, Any], dict[str, Upload]]


def document() -> Sent:
    """Return the JSON of the body, or of the field `dataset` of a form with files, whose field names are their ids."""
    if request.mimetype == "multipart/form-data":
        return _part("dataset"), uploads()
    request.max_content_length = min(request.max_content_length or bodies.TEXTS, bodies.TEXTS)
    return parsed(request.get_data(as_text=False), "the body"), {}


def uploads() -> dict[str, Upload]:
    """Take in every file of a form, by the name of its field."""
    sent = {field: file for field, file in request.files.items() if field != "dataset"}
    return {field: catalog().uploads.receive(file.stream, file.filename or "") for field, file in sent.items()}


def upload() -> Upload:
    """Take in the only file of a form, or the body itself, named by `filename` or Content-Disposition."""
    if request.mimetype == "multipart/form-data":
        files = [file for field, file in request.files.items() if field != "facts"]
        if len(files) != 1:
            raise Invalid("Send one file.", [Problem("one-file", "/file", "Send one file in the field `file`.")])
        return catalog().uploads.receive(files[0].stream, files[0].filename or "")
    name = request.args.get("filename") or parse_options_header(request.headers.get("Content-Disposition"))[1].get("filename")
    if not name:
        words = "Name the file, as `?filename=wells.csv` or in Content-Disposition."
        raise Invalid(words, [Problem("no-file-name", "/filename", words)])
    return catalog().uploads.receive(request.stream, name)


def sheet() -> tuple[IO[bytes], str]:
    """Return the only file of a form with its name, or the body, named by `filename`."""
    if request.mimetype != "multipart/form-data":
        return request.stream, request.args.get("filename", "sheet")
    if len(request.files) != 1:
        raise Invalid("Send one file.", [Problem("one-file", "/file", "Send one file in the field `file`.")])
    file = next(iter(request.files.values()))
    return file.stream, file.filename or "sheet"


def facts() -> dict[str, Any]:
    """Return what the field `facts` of a form says of the file."""
    return _part("facts") if request.form.get("facts") or "facts" in request.files else {}


def _part(name: str) -> dict[str, Any]:
    """Return the JSON object of a field of a form, which may come as a file."""
    file = request.files.get(name)
    if file is None:
        return parsed(request.form.get(name, ""), name)
    text = file.stream.read(bodies.TEXTS + 1)
    if len(text) > bodies.TEXTS:
        raise TooLarge(f"{name} has at most {bodies.TEXTS:,} bytes.")
    return parsed(text, name)


def base() -> int | None:
    """Return the revision that the request was made from: of If-Match, or 0 where If-None-Match is `*`."""
    if request.headers.get("If-None-Match", "").strip() == "*":
        return 0
    given = request.headers.get("If-Match", "").strip()
    if not given or given == "*":
        return None
    found = re.fullmatch(r'(?:W/)?"(\d{1,9})(?:-[^"]*)?"', given)
    if not found:
        raise BadRequest('If-Match must hold the ETag of the dataset as it was read, such as "3-5f1c".')
    return int(found[1])


def because() -> str:
    """Return the reason for the history."""
    return (request.args.get("because") or "")[:REASON]


def receipt(document: Mapping[str, Any], files: Mapping[str, Upload]) -> Receipt | None:
    """Return the receipt of a request that has a key; a request is what it does, to what, and the bytes that it brings."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return None
    if len(key) > KEY:
        raise BadRequest(f"An Idempotency-Key has at most {KEY} characters; this one has {len(key):,}.")
    sums = {id: (one.sha256, one.filename) for id, one in files.items()}
    told = [request.method, request.path, request.headers.get("If-Match", ""), dict(document), sums]
    return Receipt(key=_digest(current_actor(), key), request=canonical(told)[1])


def _digest(actor: Actor, key: str) -> str:
    return hashlib.sha256(f"{actor.id}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()


def parsed(text: str | bytes, where: str) -> dict[str, Any]:
    """Return a JSON object."""
    try:
        found = json.loads(text or "null")
    except (ValueError, RecursionError) as error:
        raise Invalid(words := f"JSON cannot be read in {where}: {error}.", [Problem("not-json", "", words)]) from None
    if not isinstance(found, dict):
        raise Invalid(words := f"There must be a JSON object in {where}.", [Problem("not-an-object", "", words)])
    return found
