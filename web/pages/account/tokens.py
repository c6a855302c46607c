"""One's own API tokens: made, shown once, listed with their last use, revoked."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.accounts.records import SCOPES
from catalog.accounts.tokens import Shown
from catalog.clock import stamp
from catalog.errors import Invalid
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog
from web.identity import at_browser
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried

DAYS = (1, 7, 30, 90, 366)


@blueprint.get("/tokens")
def tokens() -> str:
    """List the tokens, with the form for another."""
    return _page({})


@blueprint.post("/tokens")
def make_token() -> Answer:
    """Make a token and show it, this once."""
    actor, days = at_browser(), request.form.get("days", "")

    def change() -> Response:
        if not request.form.getlist("scope"):
            message = "Choose at least one thing that the token may do."
            raise Invalid(message, [Problem("no-scope", "/scope", message)])
        chosen = int(days) if days in map(str, DAYS) else 90
        made = catalog().tokens.make(actor, request.form.get("label", ""), request.form.getlist("scope")[:20], chosen)
        return Response(_page({}, made), mimetype="text/html")

    return tried(change, _page, "label")


@blueprint.post("/tokens/<id>/revoke")
def revoke_token(id: str) -> Response:
    """Revoke a token; programs that use it are refused from now on."""
    catalog().tokens.revoke(at_browser(), id)
    return redirect(url_for("account.tokens"), 303)


def _page(errors: Errors, made: Shown | None = None) -> str:
    found = catalog().tokens.of(at_browser())
    chosen = set(request.form.getlist("scope"))
    return render_template(
        "account/tokens.html", tokens=found, made=made, errors=errors, scopes=SCOPES, days=DAYS, now=stamp(catalog().clock),
        label=request.form.get("label", "") if errors else "", chosen=chosen, scope_words=sentences.SCOPES,
    )  # fmt: skip
