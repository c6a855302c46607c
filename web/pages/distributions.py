"""How the values of a column are spread: the bars of its histogram and its most frequent values, each with its filter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

from schemas.table import Field
from schemas.texts import pick
from web import quantities
from web.languages import current_language
from web.pages import filters

Link = Callable[[str], str]
"""Turns a filter (`"year" >= 2020`) into the address of the rows that pass it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some values of a column: a bar of its histogram, or one frequent value; `share` is of the greatest count."""

    words: str
    count: int
    share: float
    href: str


def bins(column: Mapping[str, Any], field: Field, link: Link) -> tuple[Part, ...]:
    """Return the bars of a column's histogram, none where it has no histogram."""
    drawn = column.get("histogram") or {}
    counts, edges = list(drawn.get("counts") or ()), list(drawn.get("edges") or ())
    if not counts or len(edges) != len(counts) + 1:
        return ()
    greatest, words = max(counts) or 1, _edges(edges)
    spans = zip(counts, pairwise(edges), pairwise(words), strict=True)
    return tuple(
        Part(f"{low} – {high}", count, count / greatest, link(filters.between(field, start, end, last=number == len(counts))))
        for number, (count, (start, end), (low, high)) in enumerate(spans, 1)
    )


def top(column: Mapping[str, Any], field: Field, link: Link) -> tuple[Part, ...]:
    """Return the most frequent values with their labels; none where every value occurs once, which is no distribution."""
    found = [(str(one["value"]), int(one["count"])) for one in column.get("top") or ()]
    greatest = max((count for _, count in found), default=0)
    if greatest < 2:
        return ()
    labels = {one.value: one.label for one in field.categories}
    return tuple(
        Part(_labelled(value, labels), count, count / greatest, link(filters.equals(field, value))) for value, count in found
    )


def words(value: Any, field: Field) -> str:
    """Return a value of a column as readers write it, empty for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _moment(value)
    return str(value) if field.type == "year" else quantities.short(value, current_language(), 10)


def _labelled(value: str, labels: Mapping[str, Any]) -> str:
    return f"{value} ({pick(labels[value], current_language()).words})" if labels.get(value) else value


def _edges(edges: list[Any]) -> list[str]:
    """Return the edges of bars in words, with just as many digits as tell them apart."""
    if isinstance(edges[0], str):
        return [_moment(edge) for edge in edges]
    step = (edges[-1] - edges[0]) / (len(edges) - 1)
    digits = max(0, 1 - floor(log10(step))) if step > 0 else 6
    return [quantities.short(round(edge, digits), current_language(), 15) for edge in edges]


def _moment(iso: str) -> str:
    day = iso.removesuffix("Z").removesuffix("T00:00:00")
    return quantities.moment(day, current_language())
