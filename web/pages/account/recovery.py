"""A forgotten password: asking for a link, and choosing a new one with it."""

from flask import Response as Made
from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.catalog import catalog
from web.identity import caller
from web.languages import current_language
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried


@blueprint.get("/recovery")
def recover() -> str:
    """Ask for the address."""
    return _asking({})


@blueprint.post("/recovery")
def send_link() -> Answer:
    """Send a link; the answer is the same for every address."""
    email = request.form.get("email", "")[:254]

    def change() -> Response:
        catalog().recovering.ask(email, caller(), current_language())
        return make_response(render_template("account/sent.html", email=email))

    return tried(change, _asking, "email")


@blueprint.get("/recovery/<secret>")
def choose(secret: str) -> Made:
    """Ask for a new password."""
    catalog().recovering.look(secret[:200])
    return unnamed(_choosing({}))


@blueprint.post("/recovery/<secret>")
def choose_password(secret: str) -> Answer:
    """Set the new password."""

    def change() -> Response:
        catalog().recovering.choose(secret[:200], request.form.get("password", ""))
        return redirect(url_for("account.sign_in"), 303)

    return tried(change, _choosing, "password")


def unnamed(page: str) -> Made:
    """Return a page whose address holds a secret: no other site learns it by a link."""
    made = make_response(page)
    made.headers["Referrer-Policy"], made.headers["Cache-Control"] = "no-referrer", "private, no-store"
    return made


def _asking(errors: Errors) -> str:
    ready = catalog().mailing.ready
    return render_template("account/recover.html", errors=errors, email=request.form.get("email", "")[:254], ready=ready)


def _choosing(errors: Errors) -> str:
    return render_template("account/choose.html", errors=errors)
