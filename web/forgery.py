"""Changes that a browser makes with its cookie carry a token of the session; other sites cannot make them, programs need none.

Every form that posts holds `{{ csrf_field() }}`; scripts send the same in `X-CSRF-Token`. The token is made from the session, so
pages of visitors hold nothing random.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, render_template, request
from markupsafe import Markup

from web.catalog import current_actor
from web.identity import again
from web.surfaces import SAFE, said_by


def init_app(app: Flask) -> None:
    """Guard every change."""
    app.jinja_env.globals.update(csrf_field=csrf_field, csrf_token=csrf_token)

    @app.before_request
    def guard() -> tuple[str, int] | None:
        if request.method in SAFE or request.endpoint is None:
            return None
        session, said = current_actor().session, said_by(current_app, request.endpoint)
        if current_actor().kind == "account" and not session:  # a token, which no other site can send
            return None
        if (session or request.blueprint == "account") and _from_elsewhere():
            abort(403)
        if not session or (said and said.changes == "nothing"):
            return None
        given = request.headers.get("X-CSRF-Token", "") or request.form.get("csrf_token", "")
        if hmac.compare_digest(given.encode("utf-8", "surrogatepass"), csrf_token().encode()):
            return None
        return render_template("account/again.html", fields=again()), 403


def csrf_token() -> str:
    """Return the token of the session, empty for visitors."""
    session = current_actor().session
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"csrf|{session}".encode(), hashlib.sha256).hexdigest() if session else ""


def csrf_field() -> Markup:
    """Return the hidden field for a form, nothing for visitors."""
    token = csrf_token()
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token) if token else Markup("")


def _from_elsewhere() -> bool:
    """Tell whether a browser says that another site sent the request."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    if site:
        return site not in ("same-origin", "none")
    return bool(origin) and urlsplit(origin).netloc.lower() != request.host.lower()
