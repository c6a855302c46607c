"""`/healthz`: whether the database and the index answer, for probes."""

from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from catalog.search.request import SearchRequest
from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("health", __name__), Lets.WORDS)


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """Answer 200 when all is well, else 503 with what is not."""
    checks = {"database": _answers(lambda: catalog().reading.counts()), "index": _answers(_ask_index)}
    good = all(checks.values())
    return jsonify(status="ok" if good else "failing", **checks), 200 if good else 503


def _ask_index() -> object:
    return catalog().index.search(SearchRequest(limit=0))


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:  # the border of a probe: whatever is wrong, the answer is no
        return False
    return True
