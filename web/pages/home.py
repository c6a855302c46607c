"""The home page: search, numbers, topics, what is new, and the way in for developers and agencies."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from catalog.errors import IndexUnavailable
from catalog.harvests.records import HarvestRun, RunState
from catalog.search.request import SearchPage
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("home", __name__), Lets.METADATA)
NEWEST = 6


@blueprint.get("/")
def home() -> str:
    """Show the home page."""
    late = [run for source in catalog().harvests.sources() if (run := _last(source.name)) and run.state in _TROUBLE]
    return render_template(
        "home.html", totals=catalog().reading.counts(), themes=_themes(), late=late,
        newest=catalog().reading.newest(current_actor(), NEWEST), examples=(_("population"), _("air temperature")),
    )  # fmt: skip


_TROUBLE = (RunState.INCOMPLETE, RunState.HELD)


def _last(source: str) -> HarvestRun | None:
    runs = catalog().harvests.runs(source, limit=1)
    return runs[0] if runs else None


def _themes() -> list[tuple[str, int]]:
    try:
        found: SearchPage = catalog().searching.search(
            current_actor(), "", {}, limit=0, language=current_language(), facets=("theme",)
        ).page
    except IndexUnavailable:
        return []
    return sorted(found.facets.get("theme", {}).items(), key=lambda item: -item[1])[:12]
