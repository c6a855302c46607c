"""`/api/v1/sources` and `/api/v1/runs`: where datasets come from, and how the last harvests went."""

from dataclasses import asdict
from typing import Any

from flask_smorest import Blueprint
from marshmallow import fields

from catalog.harvests.records import HarvestRun
from web.api.agencies import Page, Paging
from web.api.paging import cursor, place
from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_harvests", __name__, url_prefix="/api/v1", description="Harvest sources and runs"), Lets.OPERATIONS
)


@blueprint.get("/sources")
@blueprint.response(200, Page)
def sources() -> dict[str, Any]:
    """Portals that are harvested."""
    found = catalog().harvests.sources()
    items = [{"name": s.name, "kind": s.kind, "url": s.url, "title": s.title, "schedule": s.schedule} for s in found]
    return {"total": len(items), "items": items, "next": None}


@blueprint.get("/runs")
@blueprint.arguments(Paging.from_dict({"source": fields.String(load_default="")}, name="RunQuery"), location="query")
@blueprint.response(200, Page)
def runs(query: dict[str, Any]) -> dict[str, Any]:
    """Runs, newest first."""
    found = catalog().harvests.runs(query["source"], place(query["cursor"], 0), query["limit"] + 1)
    shown = found[: query["limit"]]
    return {"items": [_run(run) for run in shown], "next": cursor(shown[-1].id) if len(found) > len(shown) else None}


@blueprint.get("/runs/<int:number>/problems")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, Page)
def problems(query: dict[str, Any], number: int) -> dict[str, Any]:
    """What went wrong in a run, in order."""
    run, after = catalog().harvests.run(number), place(query["cursor"], 0)
    found = catalog().harvests.problems(number, after, query["limit"])
    items = [{"identifier": item.identifier, **asdict(item.problem)} for item in found]
    after += len(found)
    return {"total": run.problems, "items": items, "next": cursor(after) if after < run.problems and found else None}


def _run(run: HarvestRun) -> dict[str, Any]:
    return {key: value for key, value in asdict(run).items() if key != "checkpoint"}
