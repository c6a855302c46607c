"""Signing in with an identity provider."""

import hmac

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from catalog.errors import Invalid, Unauthenticated
from web.catalog import catalog, current_actor
from web.identity import caller, welcome
from web.pages.account import blueprint
from web.pages.account.signing_in import form
from web.returning import back, local

FLOW = "qoima_flow"
"""The cookie that keeps the state, so that only the browser that began can end."""


@blueprint.post("/sign-on/<provider>")
def sign_on(provider: str) -> Response:
    """Send the browser to a provider, by a page of its own: browsers let no form lead to another site (`form-action`)."""
    way = catalog().signing_on.begin(provider, back(url_for("account.show")))
    response = make_response(render_template("account/leaving.html", way=way.address))
    secure = current_app.config["QOIMA_SECURE"]
    response.set_cookie(FLOW, way.state, max_age=600, path="/account/sign-on", samesite="Lax", secure=secure, httponly=True)
    return response


@blueprint.get("/sign-on")
def signed_on() -> Response | tuple[str, int]:
    """Take the browser back, with the code that the provider gave it."""
    state = request.args.get("state", "")[:200]
    if not hmac.compare_digest(state.encode(), request.cookies.get(FLOW, "").encode()):
        return form(gettext("Signing in was begun in another browser or took too long. Begin again.")), 400
    try:
        visit, place = catalog().signing_on.finish(current_actor(), state, request.args.get("code", "")[:2000], caller())
    except Unauthenticated:
        return form(gettext("The provider did not confirm who you are. Begin again.")), 400
    except Invalid as error:
        return form(gettext(str(error))), 400
    response = welcome(redirect(local(place), 303), visit)
    response.delete_cookie(FLOW, path="/account/sign-on")
    return response
