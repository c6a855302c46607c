"""The facets beside a result: values with words, counts and bars, and the filters that are on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from catalog.search.facets import facets
from catalog.search.limits import BOX, SIDES
from catalog.search.ranges import ranges
from catalog.search.searching import Results
from harvesters.base import source_kinds
from schemas.texts import Picked, pick
from web.catalog import catalog
from web.languages import current_language
from web.pages.asked import Query

SHOWN = 6
MOST = 60


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; `share` is its part of the greatest count."""

    code: str
    words: Picked
    count: int
    selected: bool
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with its values, the most frequent first; `rest` is folded away."""

    name: str
    first: tuple[Value, ...]
    rest: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is on."""

    facet: str
    value: str
    words: str


def groups(found: Results, filters: Mapping[str, tuple[str, ...]]) -> list[Group]:
    """Return the facets that have something to choose, or something chosen."""
    made = [_group(name, found.page.facets.get(name, {}), found.request.filters.get(name, ())) for name in facets()]
    return [group for group in made if group.first]


def active(query: Query) -> tuple[Active, ...]:
    """Return the filters that are on, in words; a limit has no value."""
    chosen = [Active(name, value, words(name, value).words) for name, values in query.filters.items() for value in values]
    chosen += [Active(name, "", said) for name in ranges() if (said := _between(query.limits, name))]
    box = [query.limits.get(side, "…") for side in SIDES]
    return (*chosen, *([Active(BOX, "", "; ".join(box))] if set(box) != {"…"} else []))


def _between(limits: Mapping[str, str], name: str) -> str:
    first, last = limits.get(f"{name}_from", ""), limits.get(f"{name}_to", "")
    if first and last:
        return str(_("from %(first)s to %(last)s", first=first, last=last))
    return str(_("from %(first)s", first=first)) if first else str(_("up to %(last)s", last=last)) if last else ""


def words(facet: str, code: str) -> Picked:
    """Return a value of a facet in words."""
    if facet == "agency":
        return _agencies([code])[code]
    if facet == "source":
        kind = source_kinds().get(code)
        return Picked(kind.title if kind else code, "en" if kind else "und")
    return facets()[facet].label(code, current_language()) if facet in facets() else Picked(code, "und")


def _group(name: str, counts: Mapping[str, int], selected: tuple[str, ...]) -> Group:
    every = {**counts, **{value: counts.get(value, 0) for value in selected}}
    order = sorted(every, key=lambda code: (code not in selected, -every[code], code))
    kept, greatest = order[:MOST], max(every.values(), default=0) or 1
    said = _agencies(kept) if name == "agency" else {code: words(name, code) for code in kept}
    values = [Value(code, said[code], every[code], code in selected, every[code] / greatest) for code in kept]
    shown = max(SHOWN, len(selected))
    return Group(name, tuple(values[:shown]), tuple(values[shown:]), len(order) - len(kept))


def _agencies(codes: Sequence[str]) -> dict[str, Picked]:
    titles = {name: agency.title for name, agency in catalog().reading.agencies_named(codes).items() if agency.title}
    return {code: pick(titles[code], current_language()) if code in titles else Picked(code, "und") for code in codes}
