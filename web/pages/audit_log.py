"""The auditor's page: the log of who did what, filtered and page by page, its chain verified, and all of it as JSON lines."""

import json
from dataclasses import asdict

from flask import Blueprint, Response, render_template, request

from web.catalog import catalog
from web.identity import signed_in
from web.surfaces import Lets, declared
from web.whole import whole

blueprint = declared(Blueprint("audit_log", __name__, url_prefix="/audit-log"), Lets.STAFF)
ROWS = 50
FILTERS = ("target", "who", "action")


@blueprint.get("/")
def index() -> str:
    """Show entries, newest first."""
    given = {name: request.args.get(name, "").strip()[:200] for name in FILTERS}
    found = catalog().audit_log.page(signed_in(), before=whole(request.args.get("before")), limit=ROWS + 1, **given)
    return render_template(
        "audit_log.html", entries=found[:ROWS], given=given, before=found[ROWS - 1].number if len(found) > ROWS else 0,
        names=catalog().people.named(*{entry.actor for entry in found}),
    )  # fmt: skip


@blueprint.get("/verified")
def verified() -> str:
    """Check the whole chain, and show what is wrong with it."""
    return render_template("audit_log_verified.html", report=catalog().audit_log.verified(signed_in()))


@blueprint.get("/export.jsonl")
def export() -> Response:
    """Send the whole chain, oldest first, one entry a line."""
    entries = catalog().audit_log.export(signed_in())
    lines = (json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    made = Response(lines, mimetype="application/jsonl")
    made.headers["Content-Disposition"] = "attachment; filename=audit-log.jsonl"
    return made
