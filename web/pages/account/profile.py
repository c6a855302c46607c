"""One's own account: name, language, roles, password, and the browsers that are signed in."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from catalog.clock import stamp
from web import sentences
from web.catalog import catalog
from web.identity import at_browser, caller
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried

DONE = {
    "profile": sentences.N_("Your profile was saved."),
    "password": sentences.N_("The password was changed; other browsers were signed out."),
}


@blueprint.get("/")
def show() -> str:
    """Show the account."""
    return _page({})


@blueprint.post("/profile")
def save() -> Response:
    """Save name and language."""
    catalog().own.change(at_browser(), request.form.get("name", ""), request.form.get("language", ""))
    return redirect(url_for("account.show", done="profile"), 303)


@blueprint.post("/password")
def change_password() -> Answer:
    """Change the password."""
    actor, old, new = at_browser(), request.form.get("old", ""), request.form.get("new", "")

    def change() -> Response:
        catalog().own.change_password(actor, old, new, caller())
        return redirect(url_for("account.show", done="password"), 303)

    return tried(change, _page, "old")


@blueprint.post("/sessions/<id>/end")
def end_session(id: str) -> Response:
    """Sign another browser out."""
    catalog().sessions.end(at_browser(), id)
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sessions/end-others")
def end_others() -> Response:
    """Sign all other browsers out."""
    catalog().sessions.end_others(at_browser())
    return redirect(url_for("account.show"), 303)


def _page(errors: Errors) -> str:
    actor, done = at_browser(), request.args.get("done", "")
    account, agencies = catalog().people.get(actor.id), catalog().people.agencies(actor)
    return render_template(
        "account/show.html", account=account, agencies=agencies, role_words=sentences.ACCOUNT_ROLES, errors=errors,
        providers=catalog().signing_on.providers, now=stamp(catalog().clock), sessions=catalog().sessions.of(actor),
        done=gettext(DONE[done]) if done in DONE else "",
    )  # fmt: skip
