"""Signing in with a password, and signing out."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from catalog.accounts.signing_in import Pending
from catalog.errors import Throttled, Unauthenticated
from web.catalog import catalog
from web.identity import at_browser, caller, farewell, welcome
from web.pages.account import blueprint
from web.pages.account.codes import asking
from web.returning import back

Answer = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.get("/sign-in")
def sign_in() -> str:
    """Show the form."""
    return form()


@blueprint.post("/sign-in")
def enter() -> Answer:
    """Sign in; the answer is the same for addresses that are not known."""
    try:
        visit = catalog().signing_in.by_password(request.form.get("email", ""), request.form.get("password", ""), caller())
    except Throttled as error:
        words = gettext("There were too many tries. Wait %(minutes)s minutes.", minutes=error.seconds // 60)
        return form(words), 429, {"Retry-After": str(error.seconds)}
    except Unauthenticated:
        return form(gettext("The e-mail address or the password is wrong.")), 400
    if isinstance(visit, Pending):
        return asking(visit, {})
    return welcome(redirect(back(url_for("account.show")), 303), visit)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    catalog().sessions.end(at_browser())
    return farewell(redirect(url_for("home.home"), 303))


def form(error: str = "") -> str:
    """Return the page with the form and every way to sign in."""
    email, ways = request.form.get("email", "")[:254], catalog().signing_on.providers
    ready = catalog().passkeys.ready
    return render_template("account/sign_in.html", error=error, email=email, next=back(""), providers=ways, passkeys=ready)
