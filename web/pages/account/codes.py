"""Codes of an app as a second step: asked when signing in, set up and taken away on a page of one's own."""

from base64 import b64encode
from io import BytesIO

import qrcode
import qrcode.image.svg
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.accounts.signing_in import Pending
from web.catalog import catalog
from web.identity import at_browser, caller, welcome
from web.pages.account import blueprint
from web.pages.account.answers import Answer, Errors, tried
from web.returning import back


@blueprint.post("/second-step")
def second_step() -> Answer:
    """Take the code after the password."""
    flow = request.form.get("flow", "")[:200]

    def change() -> Response:
        visit = catalog().signing_in.by_code(flow, request.form.get("code", "")[:100], caller())
        return welcome(redirect(back(url_for("account.show")), 303), visit)

    return tried(change, lambda errors: asking(flow, errors), "code")


def asking(flow: Pending | str, errors: Errors) -> str:
    """Return the page that asks for the code."""
    secret = flow if isinstance(flow, str) else flow.secret
    return render_template("account/second_step.html", flow=secret, next=back(""), errors=errors)


@blueprint.get("/codes")
def codes() -> str:
    """Show whether there are codes, and what to do."""
    return _page({})


@blueprint.post("/codes")
def begin_codes() -> Response:
    """Draw a secret for an app."""
    catalog().second_step.begin(at_browser())
    return redirect(url_for("account.codes"), 303)


@blueprint.post("/codes/confirm")
def confirm_codes() -> Answer:
    """Take the first code and show recovery codes, this once."""
    actor = at_browser()

    def change() -> Response:
        drawn = catalog().second_step.confirm(actor, request.form.get("code", "")[:100], caller())
        return Response(_page({}, drawn), mimetype="text/html")

    return tried(change, _page, "code")


@blueprint.post("/codes/remove")
def remove_codes() -> Answer:
    """Take the codes away."""
    actor = at_browser()

    def change() -> Response:
        catalog().second_step.remove(actor, request.form.get("code", "")[:100], caller())
        return redirect(url_for("account.codes"), 303)

    return tried(change, _page, "code")


def _page(errors: Errors, recovery: list[str] | None = None) -> str:
    actor = at_browser()
    state, setup = catalog().second_step.state(actor), catalog().second_step.shown(actor)
    picture = _picture(setup.address) if setup else ""
    words = {"state": state, "setup": setup, "picture": picture, "recovery": recovery or (), "errors": errors}
    return render_template("account/codes.html", **words)


def _picture(address: str) -> str:
    """Return a QR code as an address of data."""
    made = BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathFillImage).save(made)
    return "data:image/svg+xml;base64," + b64encode(made.getvalue()).decode()
