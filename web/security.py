"""Security headers on every answer, errors included; nothing from another host runs or is loaded."""

import secrets
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from flask import Flask, Response, g

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HSTS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, *, secure: bool) -> None:
    """Add the headers to every answer; `secure` tells that people reach the site by https."""

    @app.before_request
    def name_the_request() -> None:
        g.request_id = secrets.token_hex(8)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = request_id()
        shared = "Access-Control-Allow-Origin" in response.headers
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response


def policy_with_images(address: str) -> str:
    """Return the policy of a page that also shows images, such as tiles of a map, from the host of an address."""
    parts = urlsplit(address)
    return POLICY.replace("img-src 'self'", f"img-src 'self' {parts.scheme}://{parts.netloc}")


def protect_file(headers: Headers) -> None:
    """Add the headers to a static file, which is served before the site is asked."""
    for name, value in HEADERS.items():
        headers[name] = value


def request_id() -> str:
    """Return the id under which the log knows this request."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    known: str = g.request_id
    return known
