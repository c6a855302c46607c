"""An identity provider for the demo and for tests: whoever asks chooses one of three people, and there is no password.

It speaks OpenID Connect (discovery, code flow with PKCE, signed ID tokens) and says of each person whether they are a resident.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from web.demo.base import application, here

CLIENT, SECRET = "qoima-demo", "demo-client-secret"
PEOPLE = {
    "resident": {"name": "Arman, resident", "residency": "KZ", "residency_expires": 4102444800},
    "visitor": {"name": "Nora, not resident", "residency": "NO", "residency_expires": 4102444800},
    "expired": {"name": "Beken, residency expired", "residency": "KZ", "residency_expires": 1577836800},
}


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """The provider as `serve_portals` serves it."""

    name: str = "identity"
    title: str = "the identity provider of the demo"
    offset: int = 8
    app: Callable[[], Flask] = lambda: provider()


def described(address: str) -> list[dict[str, Any]]:
    """Return the file of providers that names this one."""
    residency = {"claim": "residency", "value": "KZ", "expires_claim": "residency_expires"}
    facts = {"issuer": address, "client_id": CLIENT, "client_secret": SECRET, "residency": residency}
    return [{"name": "demo", "title": "Demo identity", **facts}]


def provider() -> Flask:
    """Return the provider."""
    app, codes = application("identity"), dict[str, dict[str, str]]()
    key = RSAKey.generate_key(2048, {"kid": "demo", "use": "sig"})

    @app.get("/.well-known/openid-configuration")
    def about() -> Response:
        return jsonify(
            issuer=here(), authorization_endpoint=here("/authorize"), token_endpoint=here("/token"), jwks_uri=here("/jwks"),
            response_types_supported=["code"], subject_types_supported=["public"], code_challenge_methods_supported=["S256"],
            id_token_signing_alg_values_supported=["RS256"],
        )  # fmt: skip

    @app.get("/jwks")
    def jwks() -> Response:
        return jsonify(keys=[key.as_dict(private=False)])

    @app.get("/authorize")
    def authorize() -> BaseResponse | str:
        asked = request.args.to_dict()
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            abort(400)
        if asked.get("person") not in PEOPLE:
            return _choice(asked)
        code = secrets.token_urlsafe(24)
        codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}", 303)

    @app.post("/token")
    def token() -> Response | tuple[Response, int]:
        asked, given = codes.pop(request.form.get("code", ""), None), request.authorization
        digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not asked or not given or (given.username, given.password) != (CLIENT, SECRET) or proof != asked.get("code_challenge"):
            return jsonify(error="invalid_grant"), 400
        now, who = int(time.time()), asked["person"]
        times = {"iat": now, "exp": now + 300, "nonce": asked.get("nonce", "")}
        claims = {"iss": here(), "aud": CLIENT, "sub": who, **times, **PEOPLE[who]}
        signed = jwt.encode({"alg": "RS256", "kid": "demo"}, claims, key)
        return jsonify(access_token=secrets.token_urlsafe(16), token_type="Bearer", id_token=signed, expires_in=300)

    return app


def _choice(asked: dict[str, str]) -> Markup:
    links = (
        Markup('<li><a href="?{}">{}</a></li>').format(urlencode({**asked, "person": who}), told["name"])
        for who, told in PEOPLE.items()
    )
    page = Markup("<!doctype html><html lang=en><title>Demo identity</title><h1>Who are you?</h1><ul>{}</ul>")
    return page.format(Markup("").join(links))
