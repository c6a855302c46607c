"""The statistics of a table's columns as readers see them: facts in words, a histogram, the most frequent values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from schemas.table import Field
from web import quantities
from web.charts import histogram
from web.languages import current_language
from web.pages import distributions, filters
from web.pages.distributions import Link, Part, words


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its statistics; `facts` are pairs of words, `more` those that are folded away.

    `chart` shows the `bins`; `top` are the most frequent values, empty where every value is another.
    """

    number: int
    field: Field
    facts: tuple[tuple[str, str | Markup], ...]
    more: tuple[tuple[str, str], ...]
    chart: Markup
    ends: tuple[str, str]
    bins: tuple[Part, ...]
    top: tuple[Part, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a table; without `exact` they come from a part of its rows. `duplicates` is None where not counted."""

    rows: int
    duplicates: int | None
    exact: bool
    columns: tuple[Column, ...]


def statistics(profile: Mapping[str, Any], fields: Sequence[Field], link: Link) -> Statistics:
    """Return the statistics of the fields out of a profile (its contract: `catalog.tables.profile`), in their order."""
    known = {str(column["name"]): (number, column) for number, column in enumerate(profile["columns"], 1)}
    rows = int(profile["rows"])
    columns = tuple(_column(*known[field.name], field, rows, link) for field in fields if field.name in known)
    return Statistics(rows, profile["duplicates"], bool(profile["exact"]), columns)


def _column(number: int, column: Mapping[str, Any], field: Field, rows: int, link: Link) -> Column:
    bins, top = distributions.bins(column, field, link), distributions.top(column, field, link)
    ends = (words(column["min"], field), words(column["max"], field))
    chart = histogram([(part.share, part.href, f"{part.words}: {_count(part.count)}") for part in bins], _said(field, bins, ends))
    return Column(
        number, field, tuple(_facts(column, field, rows, link, drawn=bool(bins))), tuple(_more(column, field)),
        chart if bins else Markup(""), ends, bins, top,
        tuple(str(one) for one in column.get("examples") or ()) if not bins and not top else (),
    )  # fmt: skip


def _facts(column: Mapping[str, Any], field: Field, rows: int, link: Link, *, drawn: bool) -> list[tuple[str, str | Markup]]:
    empty = int(column["missing"]) + int(column["invalid"])
    said = _share(empty, rows)
    found: list[tuple[str, str | Markup]] = [
        (_("Without a value"), Markup('<a href="{}">{}</a>').format(link(filters.absent(field)), said) if empty else said)
    ]
    if column["invalid"]:
        found.append((_("Of them invalid"), _count(column["invalid"])))
    about = _count(column["distinct"])
    found.append((_("Distinct"), about if column["distinct_exact"] else _("about %(number)s", number=about)))
    if column["min"] is not None and not drawn:
        found.append((_("Range"), f"{words(column['min'], field)} – {words(column['max'], field)}"))
    if column.get("mean") is not None:
        found.append((_("Mean"), quantities.short(column["mean"], current_language())))
    if lengths := column.get("lengths"):
        found.append((_("Length"), _length(lengths)))
    return found


def _more(column: Mapping[str, Any], field: Field) -> list[tuple[str, str]]:
    found = []
    if column["min"] is not None:
        found += [(_("Smallest"), words(column["min"], field)), (_("Largest"), words(column["max"], field))]
    if column.get("std") is not None:
        found.append((_("Standard deviation"), quantities.short(column["std"], current_language())))
    for part, value in (column.get("quantiles") or {}).items():
        name = _("Median") if part == "0.5" else _("%(percent)s %% of the values are below", percent=f"{float(part) * 100:g}")
        found.append((name, words(value, field)))
    return found


def _said(field: Field, bins: Sequence[Part], ends: tuple[str, str]) -> str:
    if not bins:
        return ""
    highest = max(bins, key=lambda part: part.count)
    said: str = _(
        "Histogram of %(name)s from %(low)s to %(high)s; the highest bar, %(span)s, holds %(count)s values.",
        name=field.name, low=ends[0], high=ends[1], count=_count(highest.count), span=highest.words,
    )  # fmt: skip
    return said


def _count(number: int) -> str:
    return quantities.number(number, current_language())


def _share(part: int, whole: int) -> str:
    return f"{_count(part)} ({quantities.percent(part, whole, current_language())})" if part else _count(part)


def _length(lengths: Mapping[str, Any]) -> str:
    low, high = int(lengths["min"]), int(lengths["max"])
    said: str = ngettext("%(num)s letter", "%(num)s letters", high) if low == high else _(
        "%(low)s to %(high)s letters", low=_count(low), high=_count(high)
    )  # fmt: skip
    return said
