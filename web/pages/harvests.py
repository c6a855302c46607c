"""Where datasets come from: harvest sources, their runs, and what went wrong in each run."""

from flask import Blueprint, render_template, request

from harvesters.base import source_kinds
from web.catalog import catalog
from web.surfaces import Lets, declared
from web.whole import whole

blueprint = declared(Blueprint("harvests", __name__), Lets.OPERATIONS)
RUNS = 20
PROBLEMS = 100


@blueprint.get("/harvest/")
def index() -> str:
    """Show every source with its last run."""
    sources = catalog().harvests.sources()
    last = {source.name: next(iter(catalog().harvests.runs(source.name, limit=1)), None) for source in sources}
    return render_template("harvests.html", sources=sources, last=last, kinds=source_kinds())


@blueprint.get("/harvest/source/<name>")
def source(name: str) -> str:
    """Show a source and its runs, newest first."""
    found = catalog().harvests.source(name)
    runs = catalog().harvests.runs(name, whole(request.args.get("before")), RUNS + 1)
    older = runs[RUNS - 1].id if len(runs) > RUNS else 0
    return render_template("source.html", source=found, runs=runs[:RUNS], older=older, kinds=source_kinds())


@blueprint.get("/harvest/run/<int:number>")
def run(number: int) -> str:
    """Show a run: counts, and its problems a page at a time."""
    found, after = catalog().harvests.run(number), whole(request.args.get("after"))
    problems = catalog().harvests.problems(number, after, PROBLEMS)
    following = after + len(problems) if after + len(problems) < found.problems and problems else 0
    return render_template("run.html", run=found, problems=problems, after=after, following=following)
