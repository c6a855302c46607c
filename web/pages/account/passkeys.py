"""Passkeys: listed, added and removed on a page of one's own; signing in with one. The browser's part is `static/passkeys.js`."""

from flask import Response as FlaskResponse
from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from catalog.accounts.passkeys import Asked
from catalog.errors import Unauthenticated
from web.catalog import catalog
from web.identity import at_browser, caller, welcome
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried
from web.pages.account.signing_in import form
from web.returning import back

ASKED, LONGEST = "qoima_passkey", 20_000
"""The cookie that ties a challenge to the browser, and characters of an answer of a device."""


@blueprint.get("/passkeys")
def passkeys() -> str:
    """List the passkeys, with the form for another."""
    return _page({})


@blueprint.post("/passkeys/options")
def passkey_options() -> Response:
    """Answer what the device is to be asked for a new passkey."""
    return _asked(catalog().passkeys.begin_adding(at_browser()))


@blueprint.post("/passkeys")
def add_passkey() -> Answer:
    """Keep the passkey that the device made."""
    actor = at_browser()

    def change() -> Response:
        catalog().passkeys.add(actor, _secret(), _answer(), request.form.get("label", "")[:200])
        return redirect(url_for("account.passkeys"), 303)

    return tried(change, _page, "passkey")


@blueprint.post("/passkeys/remove")
def remove_passkey() -> Answer:
    """Forget a passkey; nobody signs in with it from now on."""
    actor = at_browser()

    def change() -> Response:
        catalog().passkeys.remove(actor, request.form.get("id", "")[:2000])
        return redirect(url_for("account.passkeys"), 303)

    return tried(change, _page, "passkey")


@blueprint.post("/sign-in/passkey/options")
def sign_in_options() -> Response:
    """Answer what the device is to be asked for signing in."""
    return _asked(catalog().passkeys.begin())


@blueprint.post("/sign-in/passkey")
def enter_by_passkey() -> Answer:
    """Sign in with what the device answered."""
    try:
        visit = catalog().passkeys.enter(_secret(), _answer(), caller())
    except Unauthenticated as error:
        return form(gettext(str(error))), 400
    return welcome(redirect(back(url_for("account.show")), 303), visit)


def _asked(asked: Asked) -> Response:
    response = FlaskResponse(asked.options, mimetype="application/json")
    secure = current_app.config["QOIMA_SECURE"]
    response.set_cookie(ASKED, asked.secret, max_age=300, path="/", samesite="Strict", secure=secure, httponly=True)
    return response


def _secret() -> str:
    return request.cookies.get(ASKED, "")[:200]


def _answer() -> str:
    return request.form.get("answer", "")[:LONGEST]


def _page(errors: Errors) -> str:
    found = catalog().passkeys.of(at_browser())
    return render_template("account/passkeys.html", passkeys=found, ready=catalog().passkeys.ready, errors=errors)
