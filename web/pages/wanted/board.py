"""The board: what people miss, narrowed by state and agency, and one request with its answer."""

from dataclasses import asdict, dataclass, replace
from math import ceil
from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.wanted.records import Order
from catalog.wanted.seeing import oversees
from web import sentences
from web.catalog import catalog, current_actor
from web.identity import signed_in
from web.pages.wanted import agencies, blueprint, seen
from web.whole import whole

SIZE, LAST = 20, 500
"""Requests on a page, and the last page that is shown."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the address asks for."""

    q: str
    state: str
    agency: str
    sort: str
    own: str
    page: int

    def link(self, **changes: Any) -> str:
        """Return the address of this listing with changes; the page falls back to the first."""
        given = asdict(replace(self, **{"page": 1, **changes}))
        usual = {"sort": Order.VOTES.value, "page": 1}
        return url_for("wanted.board", **{name: value for name, value in given.items() if value and value != usual.get(name)})


@blueprint.get("/")
def board() -> Response | str:
    """Show a page of the board, or of one's own requests."""
    query = _asked()
    actor = signed_in() if query.own else current_actor()
    found, total = catalog().wanted.page(
        actor, text=query.q, state=query.state, agency=query.agency, own=bool(query.own), order=query.sort,
        skip=(query.page - 1) * SIZE, limit=SIZE,
    )  # fmt: skip
    pages = min(LAST, max(1, ceil(total / SIZE)))
    if query.page > pages:
        above = (sentences.N_("Missing data"), url_for("wanted.board"))
        return make_response(render_template("past_the_end.html", last=query.link(page=pages), pages=pages, above=above), 404)
    return render_template(
        "wanted/board.html", overseen=oversees(actor), query=query, found=found, total=total, pages=pages,
        states=sentences.WANTED_STATES, orders=sentences.WANTED_ORDERS,
        agencies=agencies(),
    )  # fmt: skip


@blueprint.get("/<wanted>")
def show(wanted: str) -> str:
    """Show a request with its answer."""
    return render_template("wanted/show.html", seen=seen(wanted), states=sentences.WANTED_STATES)


def _asked() -> Query:
    args = request.args
    return Query(
        args.get("q", "").strip()[:150], args.get("state", ""), args.get("agency", "")[:100],
        args.get("sort") or Order.VOTES.value, args.get("own", "")[:1], min(whole(args.get("page")) or 1, LAST + 1),
    )  # fmt: skip
