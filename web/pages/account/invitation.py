"""Taking part by invitation: with a new account, or with the one that is signed in."""

from flask import Response as Made
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import languages, sentences
from web.catalog import catalog, current_actor
from web.identity import caller, welcome
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried
from web.pages.account.recovery import unnamed


@blueprint.get("/invitation/<secret>")
def invitation(secret: str) -> Made:
    """Show what one is invited to."""
    return unnamed(_page(secret[:200], {}))


@blueprint.post("/invitation/<secret>")
def accept(secret: str) -> Answer:
    """Take part; a new account is signed in at once."""
    key, actor, form = secret[:200], current_actor(), request.form

    def change() -> Response:
        account = catalog().inviting.accept(actor, key, form.get("name", ""), form.get("password", ""))
        response = redirect(url_for("account.show"), 303)
        if actor.session:
            return response
        with catalog().store.write() as work:
            return welcome(response, catalog().signing_in.enter(work, account, caller(), "invitation"))

    return tried(change, lambda errors: _page(key, errors), "password")


def _page(secret: str, errors: Errors) -> str:
    ticket, known = catalog().inviting.look(secret)
    mine = known and current_actor().session and catalog().people.get(current_actor().id).email == ticket.email
    return render_template(
        "account/invitation.html", ticket=ticket, known=known, mine=mine, errors=errors, name=request.form.get("name", "")[:200],
        agency=catalog().people.agency(ticket.facts["agency"]), role_words=sentences.ACCOUNT_ROLES,
        here=languages.address(languages.current_language()),
    )  # fmt: skip
