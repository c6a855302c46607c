"""Sources that an agency keeps itself: they publish in its name only, and its publishers decide about held runs."""

import json
from collections.abc import Mapping
from dataclasses import replace

from catalog.access import Action, Actor
from catalog.bootstrap import Catalog
from catalog.errors import Denied, Invalid, NotFound
from catalog.harvests.records import HarvestRun, HarvestSource, RunState
from harvesters.base import source_kinds
from harvesters.own_name import OWN
from harvesters.vanished import release
from schemas.agents import Agency
from schemas.forms import dump_agency
from schemas.problems import Problem


def sources_of(catalog: Catalog, actor: Actor, agency: str) -> list[tuple[HarvestSource, HarvestRun | None]]:
    """Return the sources of an agency, each with its last run; nothing for others than its members."""
    if not catalog.drafts.may(actor, Action.READ, agency):
        return []
    sources = [source for source in catalog.harvests.sources() if source.agency == agency]
    return [(source, next(iter(catalog.harvests.runs(source.name, limit=1)), None)) for source in sources]


def owned(catalog: Catalog, actor: Actor, agency: str, name: str) -> HarvestSource:
    """Return a source that the actor decides about for an agency; raises NotFound or Denied."""
    source = next((one for one, _ in sources_of(catalog, actor, agency) if one.name == name), None)
    if source is None:
        raise NotFound("The agency has no such source.")
    _require(catalog, actor, agency)
    return source


def add(catalog: Catalog, actor: Actor, agency: str, given: Mapping[str, str]) -> HarvestSource:
    """Add a source for an agency; raises Invalid with every Problem."""
    _require(catalog, actor, agency)
    problems = []
    if given.get("kind") not in source_kinds():
        problems.append(Problem("unknown-value", "/kind", "Choose the kind of the portal."))
    if any(source.name == given.get("name") for source in catalog.harvests.sources()):
        problems.append(Problem("name-taken", "/name", "There is a source of that name already; choose another name."))
    if problems:
        raise Invalid("The source cannot be added.", problems)
    with catalog.store.read() as work:
        own = work.agencies.get(agency) or Agency(name=agency)
    options = {OWN: json.dumps(dump_agency(own), ensure_ascii=False)}
    source = HarvestSource(**given, agency=agency, options=options)  # type: ignore[arg-type]
    catalog.harvests.add(source, actor.id)
    return source


def pause(catalog: Catalog, actor: Actor, source: HarvestSource, *, paused: bool) -> None:
    """Let a source rest, or go on."""
    catalog.harvests.add(replace(source, paused=paused), actor.id)


def release_held(catalog: Catalog, actor: Actor, source: HarvestSource, number: int, because: str) -> int:
    """Let what vanished in a held run of a source be withdrawn; returns how many datasets went."""
    run = catalog.harvests.run(number)
    if run.source != source.name or run.state is not RunState.HELD:
        raise NotFound("The source has no such held run.")
    if not because.strip():
        message = "Say why the datasets may go."
        raise Invalid(message, [Problem("no-reason", "/because", message)])
    gone = release(catalog, source, run, actor.id, because.strip())
    catalog.indexing.drain()
    return gone


def _require(catalog: Catalog, actor: Actor, agency: str) -> None:
    if not catalog.drafts.may(actor, Action.PUBLISH, agency):
        raise Denied("Only publishers of this agency do this.", "role")
