"""Resumable uploads by the tus protocol 1.0.0 (https://tus.io): creation, expiration, checksum, termination."""

import base64
import binascii
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.exceptions import ClientDisconnected

from catalog.access import Action
from catalog.errors import Busy, Conflict, Denied, Invalid
from catalog.resuming import Growing
from web.bodies import UPLOAD, takes
from web.catalog import catalog, current_actor
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("tus", __name__), Lets.OWN, changes="own")
VERSION = "1.0.0"
PIECE = 256 * 1024
CHECKSUMS = ("sha256", "sha1", "md5")
WRONG_SUM = 460


@blueprint.before_request
def same_version() -> Response | None:
    """Refuse clients of another version of the protocol."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        return Response(f"Speak tus {VERSION}.\n", 412, {"Tus-Version": VERSION})
    return None


@blueprint.after_request
def say_version(response: Response) -> Response:
    """Name the version in every answer."""
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/uploads/", methods=["OPTIONS"], provide_automatic_options=False)
def offered() -> Response:
    """Say what this server can do."""
    told = {
        "Tus-Version": VERSION, "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(catalog().settings.upload_limit), "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }  # fmt: skip
    return Response(status=204, headers=told)


@blueprint.route("/uploads/", methods=["POST"], provide_automatic_options=False)
def create() -> Response:
    """Begin an upload of `Upload-Length` bytes under the `filename` of `Upload-Metadata`."""
    actor = current_actor()
    if not any(catalog().drafts.may(actor, Action.EDIT, agency) for agency in actor.roles):
        raise Denied("Uploads are for editors of agencies.", "role")
    made = catalog().resuming.begin(actor, _number("Upload-Length"), _metadata().get("filename", ""))
    return _answer(made, 201, Location=url_for("tus.standing", id=made.id, _external=False))


@blueprint.route("/uploads/<id>", methods=["HEAD"], provide_automatic_options=False)
def standing(id: str) -> Response:
    """Say how far an upload is."""
    known = catalog().resuming.standing(current_actor(), id)
    answer = _answer(known, 200)
    answer.headers["Upload-Length"] = str(known.length)
    return answer


@blueprint.route("/uploads/<id>", methods=["PATCH"], provide_automatic_options=False)
@takes(UPLOAD)
def append(id: str) -> Response:
    """Add bytes where the upload stands; what arrives before the connection is lost is kept."""
    if request.mimetype != "application/offset+octet-stream":
        abort(415)
    try:
        return _answer(catalog().resuming.append(current_actor(), id, _number("Upload-Offset"), _pieces(), _checksum()), 204)
    except Busy as error:
        return Response(f"{error}\n", 423)
    except Conflict as error:
        return Response(f"{error}\n", 409)
    except Invalid as error:
        return Response(f"{error}\n", WRONG_SUM)


@blueprint.route("/uploads/<id>", methods=["DELETE"], provide_automatic_options=False)
def remove(id: str) -> Response:
    """Give an upload up."""
    catalog().resuming.remove(current_actor(), id)
    return Response(status=204)


def _answer(known: Growing, status: int, **more: str) -> Response:
    return Response(status=status, headers={"Upload-Offset": str(known.offset), "Upload-Expires": known.expires, **more})


def _pieces() -> Iterator[bytes]:
    while True:
        try:
            piece = request.stream.read(PIECE)
        except (ClientDisconnected, OSError):  # the client vanished; what came is kept, and it asks how far that was
            return
        if not piece:
            return
        yield piece


def _number(header: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        abort(400)
    return int(given)


def _metadata() -> dict[str, str]:
    """Return what the client says of the file: pairs of a name and a value in base64."""
    found = {}
    for pair in request.headers.get("Upload-Metadata", "")[:4096].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            abort(400)
    return found


def _checksum() -> tuple[str, bytes] | None:
    given = request.headers.get("Upload-Checksum", "")
    if not given:
        return None
    algorithm, _, value = given.partition(" ")
    try:
        summed = base64.b64decode(value, validate=True)
    except binascii.Error:
        abort(400)
    return (algorithm, summed) if algorithm in CHECKSUMS else abort(400)
