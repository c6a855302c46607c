"""The switch for weak sight: larger letters, wider spacing, black on white or white on black, kept in a cookie."""

import re
from dataclasses import dataclass, replace

from flask import Blueprint, Flask, redirect, request
from werkzeug.wrappers import Response

from web.returning import back
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("appearance", __name__), Lets.WORDS, changes="own")

COOKIE = "qoima_view"
YEAR = 365 * 24 * 3600
_FORM = re.compile(r"s([1-3])([nw])([bd])", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """How the reader wants pages: `size` 1 to 3, `wide` letter spacing, `dark` for white on black."""

    size: int = 1
    wide: bool = False
    dark: bool = False

    def __str__(self) -> str:
        return f"s{self.size}{'w' if self.wide else 'n'}{'d' if self.dark else 'b'}"


def init_app(app: Flask) -> None:
    """Tell every template what the reader chose; None stands for the ordinary look."""
    app.context_processor(lambda: {"view": chosen()})


def chosen() -> View | None:
    """Return what the cookie says."""
    match = _FORM.fullmatch(request.cookies.get(COOKIE, ""))
    return View(int(match[1]), match[2] == "w", match[3] == "d") if match else None


@blueprint.post("/appearance")
def change() -> Response:
    """Keep a choice and return to the page it was made on."""
    response = redirect(back(), 303)
    view = _changed(chosen(), request.form.get("view", ""))
    if view is None:
        response.delete_cookie(COOKIE, path="/", samesite="Lax", secure=request.is_secure, httponly=True)
    else:
        response.set_cookie(
            COOKIE, str(view), max_age=YEAR, path="/", samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


def _changed(now: View | None, wish: str) -> View | None:
    view = now or View()
    changes = {
        "on": View(size=2), "size-1": replace(view, size=1), "size-2": replace(view, size=2), "size-3": replace(view, size=3),
        "wide": replace(view, wide=True), "narrow": replace(view, wide=False),
        "dark": replace(view, dark=True), "light": replace(view, dark=False),
    }  # fmt: skip
    return None if wish == "off" else changes.get(wish, now)
