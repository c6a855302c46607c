"""The desk of an agency: what needs attention first, then drafts, datasets with their state, and harvest sources."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.access import Action
from harvesters.owned import sources_of
from web import sentences
from web.catalog import catalog
from web.charts import months
from web.identity import signed_in
from web.pages.staff import blueprint
from web.sentences import N_

SHOWN = 100
ATTENTION = {
    "held-run": N_("A harvest waits for a decision: much has vanished at the source"),
    "held": N_("Held back from publication"),
    "request": N_("Somebody asks for files; answer by the day that stands here"),
    "wanted": N_("Somebody misses data; the answer is due on the day that stands here"),
    "review": N_("A draft waits for approval"),
    "sent-back": N_("A draft was sent back"),
    "late": N_("The update is late"),
    "invalid": N_("A table has errors"),
    "unread": N_("A file cannot be read"),
    "broken": N_("A link does not answer"),
}
DRAFTS = {"editing": N_("being written"), "submitted": N_("waits for approval"), "scheduled": N_("scheduled")}


@blueprint.get("/dashboard")
def mine() -> Response | str:
    """Lead to the desk of the reader's agency, or let choose one of several."""
    names = sorted(signed_in().roles)
    if len(names) == 1:
        return redirect(url_for("staff.desk", name=names[0]), 303)
    with catalog().store.read() as work:
        agencies = work.agencies.get_many(names)
    return render_template("staff/choose.html", agencies=agencies)


@blueprint.get("/organization/<name>/dashboard")
def desk(name: str) -> str:
    """Show the desk of an agency to its members."""
    actor = signed_in()
    attention = catalog().workroom.attention(actor, name)
    with catalog().store.read() as work:
        agency = work.agencies.get(name)
    after = request.args.get("after", "0")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    datasets = catalog().workroom.datasets(actor, name, start, SHOWN + 1)
    drafts, uses = catalog().drafts.page(actor, [name]), catalog().workroom.uses(actor, name)
    taken, asked = [one.downloads for one in uses], [one.questions for one in uses]
    return render_template(
        "staff/desk.html", uses=uses, plots=((_("Downloads"), taken), (_("Questions of programs"), asked)), months=months,
        agency=agency, attention=attention, words=ATTENTION, drafts=drafts, draft_states=DRAFTS,
        datasets=datasets[:SHOWN], after=datasets[SHOWN - 1].number if len(datasets) > SHOWN else 0, states=sentences.STATES,
        sources=sources_of(catalog(), actor, name), may_publish=catalog().drafts.may(actor, Action.PUBLISH, name),
        may_edit=catalog().drafts.may(actor, Action.EDIT, name), names=catalog().people.named(*{one.editor for one in drafts}),
    )  # fmt: skip
