"""Versions for programs: bytes that never change, `manifest.json`, and everything in one `bundle.zip`."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, jsonify, redirect
from werkzeug.wrappers import Response as BaseResponse

from catalog.access import VISITOR
from catalog.errors import NotFound
from catalog.records import PARQUET, Version, VersionFile
from catalog.versions.addresses import file_path, made_path, version_path
from catalog.versions.package import as_of, paths
from schemas.profiles import profiles
from web.catalog import catalog, current_actor
from web.machines.downloads import sent
from web.machines.exports import base_url, conditional, write_context
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("version_files", __name__), Lets.BYTES)
_VERSION = "/dataset/<name>/versions/<int(max=2147483647):number>"
ASK_AGAIN = "public, no-cache"
"""Bytes of a version never change, but they may be taken down, so caches ask by ETag before they give them again."""
PRIVATE = "private, no-cache"


@blueprint.get(f"{_VERSION}/files/<distribution>/<path:filename>")
def file(name: str, number: int, distribution: str, filename: str) -> Response:
    """Send a file as it was in a version."""
    found = catalog().versions.open(current_actor(), name, number, distribution)
    return _kept(sent(found), public=found.public)


@blueprint.get(f"{_VERSION}/made/<distribution>/<made>")
def made(name: str, number: int, distribution: str, made: str) -> Response:
    """Send what was made of a file of a version."""
    found = catalog().versions.open_made(current_actor(), name, number, distribution, made)
    return _kept(sent(found), public=found.public)


@blueprint.get(f"/dataset/<name>/resource/<distribution>/{PARQUET}")
def table(name: str, distribution: str) -> BaseResponse:
    """Lead to the newest Parquet of a file."""
    version = catalog().versions.with_table(current_actor(), name, distribution)
    return _lead(made_path(version, distribution, PARQUET))


@blueprint.get(f"{_VERSION}/manifest.json")
def manifest(name: str, number: int) -> Response:
    """List every file of a version with its size, SHA-256, media type and rows."""
    version = catalog().versions.get(current_actor(), name, number)
    return _asked_again(jsonify(manifest_of(version)), version)


@blueprint.get("/dataset/<name>/bundle.zip")
def newest_bundle(name: str) -> BaseResponse:
    """Lead to the bundle of the newest version."""
    version = catalog().versions.newest(current_actor(), name)
    if version is None:
        raise NotFound("This dataset has no version yet; one is made when its files were fetched and checked.")
    return _lead(f"{version_path(version)}/bundle.zip")


@blueprint.get(f"{_VERSION}/bundle.zip")
def bundle(name: str, number: int) -> Response:
    """Send a version as a Data Package in a ZIP, written while it is sent."""
    version = catalog().versions.get(current_actor(), name, number)
    descriptor = _descriptor(version)
    response = Response(catalog().versions.bundle(current_actor(), version, descriptor), mimetype="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename={name}-{version.version}.zip"
    hashes = "".join(file.sha256 for file in version.files).encode()
    response.set_etag(hashlib.sha256(descriptor + hashes).hexdigest(), weak=True)
    return _asked_again(response, version)


def manifest_of(version: Version) -> dict[str, Any]:
    """Return what `manifest.json` says; sizes in bytes, `path` as in the bundle."""
    where = paths(version)
    return {
        "dataset": version.dataset, "number": version.number, "version": version.version, "created": version.at,
        "because": version.because, "files": [_listed(version, file, where[file.distribution]) for file in version.files],
    }  # fmt: skip


def _listed(version: Version, file: VersionFile, path: str) -> dict[str, Any]:
    made = [
        {"name": one.name, "url": base_url() + made_path(version, file.distribution, one.name), "bytes": one.byte_size,
         "sha256": one.sha256, "mediaType": one.media_type, "rows": one.rows, "split": one.split}
        for one in file.derived
    ]  # fmt: skip
    return {
        "distribution": file.distribution, "path": path, "url": base_url() + file_path(version, file),
        "bytes": file.byte_size, "sha256": file.sha256, "mediaType": file.media_type, "rows": file.rows, "made": made,
    }  # fmt: skip


def _descriptor(version: Version) -> bytes:
    """Return the datapackage.json of the bundle: that of the dataset with this version's files, at relative paths."""
    if not version.files:
        raise NotFound(f"Version {version.number} holds no file.")
    dataset = as_of(catalog().downloads.entry(current_actor(), version.dataset, version.number), version, base_url())
    found = json.loads(profiles()["datapackage"].write(dataset, write_context()))
    for resource, path in zip(found["resources"], paths(version).values(), strict=True):
        resource["path"] = path
    found["created"] = version.at
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _kept(response: Response, *, public: bool) -> Response:
    response.headers["Cache-Control"] = ASK_AGAIN if public else PRIVATE
    return response


def _asked_again(response: Response, version: Version) -> Response:
    """Let clients ask again cheaply; what is not for everybody is not kept by caches between."""
    entry = catalog().downloads.entry(current_actor(), version.dataset, version.number)
    made = conditional(response)
    if not catalog().downloads.decide(VISITOR, entry).allowed:
        made.headers["Cache-Control"] = PRIVATE
    return made


def _lead(address: str) -> BaseResponse:
    response = redirect(address)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
