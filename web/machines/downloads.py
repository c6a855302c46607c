"""The bytes of a file, with ranges, ETag and SHA-256; always as an attachment, never run by a browser."""

from base64 import b64encode
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from catalog.downloads import Download
from catalog.publication import download_path
from web.catalog import catalog, current_actor

blueprint = Blueprint("downloads", __name__)
_ACTIVE = ("html", "svg", "xml", "javascript")


@blueprint.get("/dataset/<name>/resource/<distribution>/download")
def short(name: str, distribution: str) -> BaseResponse:
    """Lead to the address with the file's name."""
    file = catalog().downloads.open(current_actor(), name, distribution).file
    return redirect(download_path(name, distribution, file.filename))


@blueprint.get("/dataset/<name>/resource/<distribution>/download/<path:filename>")
def download(name: str, distribution: str, filename: str) -> Response:
    """Send a file, or the part of it that is asked for."""
    found = catalog().downloads.open(current_actor(), name, distribution)
    size = found.file.byte_size or 0
    if request.if_none_match.contains(found.file.sha256):
        return _headers(Response(status=304), found)
    span = _span(found, size)
    if span is None:
        return _headers(Response(found.stream(0, None), headers={"Content-Length": str(size)}), found)
    start, end = span
    headers = {"Content-Length": str(end - start), "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return _headers(Response(found.stream(start, end), status=206, headers=headers), found)


def _span(found: Download, size: int) -> tuple[int, int] | None:
    """Return the range that is asked for; None for all, 416 for one that cannot be met or several at once."""
    asked = request.range
    if asked is None or asked.units != "bytes" or (request.if_range.etag and request.if_range.etag != found.file.sha256):
        return None
    span = asked.range_for_length(size) if len(asked.ranges) == 1 else None
    if span is None:
        abort(Response(status=416, headers={"Content-Range": f"bytes */{size}"}))
    return span


def _headers(response: Response, found: Download) -> Response:
    file = found.file
    active = any(word in file.media_type for word in _ACTIVE)
    response.mimetype = "application/octet-stream" if active or not file.media_type else file.media_type
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.filename or 'file', safe='')}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Checksum-SHA256"] = file.sha256
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(file.sha256)
    return response
