"""Search as a JSON endpoint without a database: Flask, our grammar, the index, and the answer written out."""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, request
from werkzeug.test import EnvironBuilder

from catalog.access import VISITOR, Actor
from catalog.adapters.whoosh_index import WhooshIndex
from catalog.search.request import SearchRequest
from catalog.search.searching import Searching
from tests.benchmarks.searching.corpus import FACETS


class Names:
    """Stands for the entries of hits: their names."""

    def entries(self, actor: Actor, names: Iterable[str]) -> list[Any]:
        return list(names)


def endpoint(index: WhooshIndex) -> Flask:
    """Return an application with one route."""
    app, searching = Flask("bench"), Searching(index, Names())

    @app.get("/search")
    def search() -> Any:
        given = {name: tuple(request.args.getlist(name)) for name in FACETS}
        found = searching.search(
            VISITOR, request.args.get("q", ""), given, sort=request.args["sort"], offset=int(request.args["offset"]),
            language=request.args["language"], facets=tuple(FACETS),
        )  # fmt: skip
        return jsonify(total=found.page.total, hits=found.entries, facets=found.page.facets)

    return app


def timed(app: Flask, asked: SearchRequest, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds from the request's environment to the last byte."""
    pairs = [("q", " ".join(asked.words)), ("sort", asked.sort.value), ("offset", str(asked.offset))]
    pairs += [("language", asked.language), *((name, value) for name, values in asked.filters.items() for value in values)]
    environ = EnvironBuilder(path="/search", query_string=urlencode(pairs)).get_environ()
    started = clock()
    body = b"".join(app(environ, lambda status, headers, exc=None: None))  # type: ignore[arg-type, return-value]
    took = clock() - started
    assert "total" in json.loads(body)
    return took
