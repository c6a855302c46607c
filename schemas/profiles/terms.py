"""Mappings between a dataset document and a JSON standard are tables of terms, not branches."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

Convert = Callable[[Any], Any]


def same(value: Any) -> Any:
    """Return the value as it is."""
    return value


@dataclass(frozen=True, slots=True)
class Term:
    """`property` of our document stands under `key` there; `out` writes a value, `into` reads one, None means nothing."""

    property: str
    key: str
    out: Convert = same
    into: Convert = same


def write_terms(document: Mapping[str, Any], terms: Iterable[Term]) -> dict[str, Any]:
    """Return the properties that the terms name, in the standard's words."""
    found = {term.key: term.out(document[term.property]) for term in terms if document.get(term.property) not in (None, "")}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def read_terms(record: Mapping[str, Any], terms: Iterable[Term]) -> dict[str, Any]:
    """Return the properties that a record gives; of several keys for one property the first that says something holds."""
    found: dict[str, Any] = {}
    for term in terms:
        if term.property not in found and record.get(term.key) not in (None, "", [], {}):
            value = term.into(record[term.key])
            if value not in (None, "", [], {}):
                found[term.property] = value
    return found


def leftover(document: Mapping[str, Any], back: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a standard lost: the properties of `document` that come `back` differently, distributions by their id.

    None stands for what `back` has and `document` has not.
    """
    lost = {key: value for key, value in document.items() if key != "distribution" and back.get(key) != value}
    lost |= {key: None for key in back if key not in document and key != "distribution"}
    theirs = {d.get("id"): d for d in back.get("distribution", [])}
    files: dict[str, Any] = {key: None for key in theirs if key not in {d["id"] for d in document.get("distribution", [])}}
    for own in document.get("distribution", []):
        other = theirs.get(own["id"], {})
        difference = {key: value for key, value in own.items() if other.get(key) != value}
        difference |= {key: None for key in other if key not in own}
        if difference:
            files[own["id"]] = difference
    return lost | ({"distribution": files} if files else {})


def regain(document: dict[str, Any], extension: Any) -> dict[str, Any]:
    """Return a document with what `leftover` kept of it."""
    if not isinstance(extension, Mapping):
        return document
    files = extension.get("distribution")
    whole = _merged(document, {key: value for key, value in extension.items() if key != "distribution"})
    if isinstance(files, Mapping):
        ours = [d for d in document.get("distribution", []) if files.get(d.get("id"), d) is not None]
        whole["distribution"] = [_merged(d, files.get(d.get("id"))) for d in ours]
    return whole


def with_own_ids(distributions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every distribution an id that no other of the dataset has; the first of equal ones keeps its own."""
    taken = {one["id"] for one in distributions}
    seen: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}
    for one in distributions:
        if one["id"] in seen:
            others = (f"{one['id']}-{number}" for number in numbers.setdefault(one["id"], count(2)))
            one["id"] = next(free for free in others if free not in taken and free not in seen)
        seen.add(one["id"])
    return distributions


def _merged(document: Mapping[str, Any], changes: Any) -> dict[str, Any]:
    merged = {**document, **(changes if isinstance(changes, Mapping) else {})}
    return {key: value for key, value in merged.items() if value is not None}
