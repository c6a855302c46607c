"""What the address of a search asks for; every state of the form is an address."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _

from catalog.search import limits
from catalog.search.facets import facets
from catalog.search.request import Sort
from schemas.problems import Problem


@dataclass(frozen=True, slots=True)
class Query:
    """What the address asks for."""

    text: str
    filters: dict[str, tuple[str, ...]]
    limits: dict[str, str]
    sort: str
    page: int

    def link(self, **changes: Any) -> str:
        """Return the address of this search with changes; the page falls back to the first."""
        filters, limits = changes.get("filters", self.filters), changes.get("limits", self.limits)
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in filters.items() for value in values]
        pairs += limits.items()
        sort, page = changes.get("sort", self.sort), changes.get("page", 1)
        pairs += [("sort", sort)] if sort != Sort.RELEVANCE else []
        pairs += [("page", str(page))] if page > 1 else []
        return url_for("search.search") + (f"?{urlencode(pairs)}" if pairs else "")

    def machine(self, path: str) -> str:
        """Return the address of the same search for programs."""
        own = self.link().partition("?")[2]
        return path + (f"?{own}" if own else "")

    def without(self, name: str, value: str) -> "Query":
        """Return the query with one filter dropped, or with a limit where no value is given."""
        dropped = limits.SIDES if name == limits.BOX else (f"{name}_from", f"{name}_to")
        left = {key: tuple(v for v in values if (key, v) != (name, value)) for key, values in self.filters.items()}
        kept = {key: text for key, text in self.limits.items() if value or key not in dropped}
        return replace(self, filters={key: values for key, values in left.items() if values}, limits=kept, page=1)


def asked() -> tuple[Query, list[Problem]]:
    """Read the address; what cannot be understood is a problem, and the rest of the form stays."""
    args, problems = request.args, []
    filters = {name: tuple(dict.fromkeys(filter(None, args.getlist(name)))) for name in facets() if any(args.getlist(name))}
    given = {name: text for name in limits.parameters() if (text := args.get(name, "").strip()[:40])}
    sort, page = args.get("sort", "") or Sort.RELEVANCE.value, args.get("page", "1") or "1"
    if sort not in list(Sort):
        problems.append(Problem("bad-sort", "/sort", _("This order is not known; choose one of the list.")))
        sort = Sort.RELEVANCE.value
    if not (page.isascii() and page.isdigit() and 0 < int(page[:9]) < 10**8):
        problems.append(Problem("bad-page", "/page", _("A page is a number from 1 on.")))
        page = "1"
    return Query(args.get("q", "").strip()[:1000], filters, given, sort, int(page[:9])), problems
