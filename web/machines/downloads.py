"""The bytes of a file, with ranges, ETag and SHA-256; always as an attachment, never run by a browser."""

from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from catalog.downloads import Download
from catalog.publication import download_path
from web.catalog import catalog, current_actor
from web.purposes import carried
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("downloads", __name__), Lets.BYTES)
_ACTIVE = ("html", "svg", "xml", "javascript")


@blueprint.get("/dataset/<name>/resource/<distribution>/download")
def short(name: str, distribution: str) -> BaseResponse:
    """Lead to the address with the file's name."""
    found = catalog().downloads.open(current_actor(), name, distribution)
    return redirect(carried(download_path(name, distribution, found.filename)))


@blueprint.get("/dataset/<name>/resource/<distribution>/download/<path:filename>")
def download(name: str, distribution: str, filename: str) -> Response:
    """Send a file, or the part of it that is asked for."""
    return sent(catalog().downloads.open(current_actor(), name, distribution))


def sent(found: Download) -> Response:
    """Return the answer with the bytes, or with the part of them that the request asks for."""
    if request.method == "GET" and (request.range is None or request.headers["Range"].startswith("bytes=0-")):
        catalog().download_counts.note(found.dataset, found.sha256, found.filename)
    if request.if_none_match.contains(found.sha256):
        return _headers(Response(status=304), found)
    span = _span(found)
    if span is None:
        return _headers(Response(_body(found, 0, None), headers={"Content-Length": str(found.byte_size)}), found)
    start, end = span
    headers = {"Content-Length": str(end - start), "Content-Range": f"bytes {start}-{end - 1}/{found.byte_size}"}
    return _headers(Response(_body(found, start, end), status=206, headers=headers), found)


def _body(found: Download, start: int, end: int | None) -> Iterable[bytes]:
    return found.stream(start, end) if request.method == "GET" else ()


def _span(found: Download) -> tuple[int, int] | None:
    """Return the range that is asked for; None for all, 416 for one that cannot be met or several at once."""
    asked = request.range
    if asked is None or asked.units != "bytes" or (request.if_range.etag and request.if_range.etag != found.sha256):
        return None
    span = asked.range_for_length(found.byte_size) if len(asked.ranges) == 1 else None
    if span is None:
        abort(Response(status=416, headers={"Content-Range": f"bytes */{found.byte_size}"}))
    return span


def _headers(response: Response, found: Download) -> Response:
    active = any(word in found.media_type for word in _ACTIVE)
    response.mimetype = "application/octet-stream" if active or not found.media_type else found.media_type
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.filename or 'file', safe='')}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Checksum-SHA256"] = found.sha256
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(found.sha256)).decode()}:"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(found.sha256)
    return response
