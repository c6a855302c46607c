"""The versions of a dataset's files, the difference of two of them, and the history of its description."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.versions.addresses import file_path, made_path, version_path
from catalog.versions.difference import Difference, FileChange, Level, Matched
from web.catalog import catalog, current_actor
from web.sentences import N_
from web.surfaces import Lets, declared
from web.whole import whole

blueprint = declared(Blueprint("versions", __name__), Lets.METADATA, Lets.BYTES)
_NUMBER = "int(min=1, max=2147483647)"
SHOWN, FILES = 20, 50
"""Versions of a page, and files of a version that are listed; the manifest lists all."""
LEVELS = {
    Level.MAJOR: N_("Major: rows were changed or removed, or it cannot be told"),
    Level.MINOR: N_("Minor: something was added, everything older is still there"),
    Level.PATCH: N_("Patch: the same rows in other packaging"),
}
CHANGES = {
    FileChange.ADDED: N_("added"),
    FileChange.REMOVED: N_("removed"),
    FileChange.SAME: N_("not changed"),
    FileChange.PACKAGING: N_("the same rows in other packaging"),
    FileChange.CHANGED: N_("changed"),
    FileChange.UNREAD: N_("changed, but it cannot be told what"),
}
MATCHED = {
    Matched.PRIMARY_KEY: N_("Rows are matched by the primary key: %(key)s."),
    Matched.SPLIT_KEY: N_("Rows are matched by the key of the splits: %(key)s."),
    Matched.WHOLE_ROW: N_("There is no key, so only whole rows are compared: a changed row is one removed and one added."),
}


@blueprint.get("/dataset/<name>/versions")
def index(name: str) -> Response | str:
    """Show the versions of a dataset, newest first, and every revision of its description."""
    if (old := whole(request.args.get("from"))) and (new := whole(request.args.get("to"))):
        return redirect(url_for("versions.difference", name=name, before=old, after=new))
    entry, before = catalog().reading.entry(current_actor(), name), whole(request.args.get("before"))
    found = catalog().versions.of(current_actor(), name, before=before, limit=SHOWN + 1)
    return render_template(
        "versions/index.html", dataset=entry.dataset, record=entry.record, versions=found[:SHOWN],
        decisions={one.number: catalog().downloads.decide(current_actor(), entry.of_version(one.number)) for one in found},
        decision=catalog().downloads.decide(current_actor(), entry), more=len(found) > SHOWN, before=before,
        revisions=catalog().reading.revisions(current_actor(), name), most_files=FILES, **_ADDRESSES,
    )  # fmt: skip


@blueprint.get(f"/dataset/<name>/versions/<{_NUMBER}:before>..<{_NUMBER}:after>")
def difference(name: str, before: int, after: int) -> str:
    """Show what differs between two versions."""
    entry = catalog().reading.entry(current_actor(), name)
    found = catalog().versions.difference(current_actor(), name, before, after)
    versions = [catalog().versions.get(current_actor(), name, number) for number in (before, after)]
    return render_template(
        "versions/difference.html", dataset=entry.dataset, difference=found, versions=versions, counted=_counted(found),
        levels=LEVELS, changes=CHANGES, matched=MATCHED, most_files=FILES, **_ADDRESSES,
    )  # fmt: skip


_ADDRESSES = {"version_path": version_path, "file_path": file_path, "made_path": made_path}


def _counted(found: Difference) -> dict[str, int]:
    """Return how many files there are of each kind of change."""
    kinds = [file.change for file in found.files]
    return {kind: kinds.count(kind) for kind in FileChange if kind in kinds}
