"""Who asks: a browser with the cookie of a session, or a program with a token; everybody else is a visitor.

Tokens come as `Authorization: Bearer`, as the header's whole value or in `X-CKAN-API-Key` (as CKAN's clients send them), or as
the password of Basic. Never in an address. A token that does not hold is refused even where a visitor may read.
"""

import ipaddress
from dataclasses import replace

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from catalog.access import VISITOR, Actor
from catalog.accounts.keys import PREFIX
from catalog.accounts.signing_in import Visit
from catalog.accounts.throttle import Caller
from catalog.errors import Unauthenticated
from web import languages, purposes
from web.catalog import catalog, current_actor
from web.surfaces import Lets, said_by

MARK, YEAR = "qoima_device", 365 * 24 * 3600
PRIVATE = "private, no-store"
_PERSONAL = frozenset({Lets.OWN, Lets.STAFF})


def init_app(app: Flask, *, secure: bool) -> None:
    """Learn who asks before every request; caches keep nothing that goes to somebody known or is one's own."""
    app.config["QOIMA_SESSION_COOKIE"] = "__Host-qoima_session" if secure else "qoima_session"
    app.config["QOIMA_SECURE"] = secure
    app.context_processor(lambda: {"actor": current_actor()})

    @app.before_request
    def identify() -> None:
        g.actor = VISITOR
        g.actor = _identified()
        if purpose := purposes.stated():
            g.actor = replace(g.actor, purpose=purpose)

    @app.after_request
    def keep_private(response: Response) -> Response:
        if current_actor() != VISITOR or "Set-Cookie" in response.headers or _is_personal():
            response.headers["Cache-Control"] = PRIVATE
            response.vary.update(("Cookie", "Authorization"))
        return response


def led_to_sign_in(pages: frozenset[str]) -> BaseResponse | None:
    """Return what leads somebody unknown on a page to signing in; None where a program asks, or showed a token."""
    if request.blueprint not in pages or _shown():
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("account.sign_in", next=languages.address(languages.current_language())), 303)
    return make_response(render_template("account/again.html", fields=again()), 401)


def signed_in() -> Actor:
    """Return the account that asks, in a browser or with a token; raises Unauthenticated for visitors."""
    if current_actor().kind != "account":
        raise Unauthenticated("Sign in to see this.")
    return current_actor()


def at_browser() -> Actor:
    """Return the account that is signed in with a browser; raises Unauthenticated for others, tokens too."""
    if not current_actor().session:
        raise Unauthenticated("Sign in with a browser to do this.")
    return current_actor()


def caller() -> Caller:
    """Return where the request comes from, for counting tries."""
    return Caller(network=_network(), agent=request.user_agent.string[:200], mark=request.cookies.get(MARK, "")[:200])


def welcome(response: BaseResponse, visit: Visit) -> BaseResponse:
    """Give the browser the cookies of a session that has just begun, in place of any that it had."""
    secure = current_app.config["QOIMA_SECURE"]
    name = current_app.config["QOIMA_SESSION_COOKIE"]
    response.set_cookie(name, visit.secret, path="/", samesite="Lax", secure=secure, httponly=True)
    response.set_cookie(MARK, visit.mark, max_age=YEAR, path="/", samesite="Lax", secure=secure, httponly=True)
    return response


def farewell(response: BaseResponse) -> BaseResponse:
    """Take the session's cookie from the browser."""
    secure = current_app.config["QOIMA_SECURE"]
    response.delete_cookie(current_app.config["QOIMA_SESSION_COOKIE"], path="/", samesite="Lax", secure=secure, httponly=True)
    return response


def again() -> list[tuple[str, str]]:
    """Return what a form sent, so that it can be sent again: nothing is lost when a session ends in the middle."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def _is_personal() -> bool:
    said = said_by(current_app, request.endpoint) if request.endpoint in current_app.view_functions else None
    return said is not None and not _PERSONAL.isdisjoint(said.lets)


def _identified() -> Actor:
    if secret := _shown():
        return catalog().tokens.actor(secret[:200])
    cookie = request.cookies.get(current_app.config["QOIMA_SESSION_COOKIE"], "")
    return (catalog().sessions.actor(cookie[:200]) if cookie else None) or VISITOR


def _shown() -> str:
    """Return the token that the request shows, empty where it shows none, `-` where what it shows is none."""
    header = request.headers.get("Authorization", "").strip()
    if not header or header.startswith(PREFIX):
        return header or request.headers.get("X-CKAN-API-Key", "").strip()
    given = request.authorization
    return (given and (given.password if given.type == "basic" else given.token)) or "-"


def _network() -> str:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
