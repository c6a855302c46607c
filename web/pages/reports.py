"""A Frictionless report as readers need it: errors by type, where the first ones stand, and what to do about each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 10
"""Places shown of each type of error."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error was found: row counts from 1 with the header, as in a spreadsheet; empty where there is no such place."""

    row: int | None
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """All errors of one type (a code of Frictionless), with what to do and the first places."""

    code: str
    title: str
    advice: str
    count: int
    places: tuple[Place, ...]


def groups(report: Mapping[str, Any] | None, language: str) -> tuple[Group, ...]:
    """Return the errors of a report by type, most frequent first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for error in all_errors(report):
        found.setdefault(str(error.get("type", "error")), []).append(error)
    made = [_group(code, errors, language) for code, errors in found.items()]
    return tuple(sorted(made, key=lambda group: -group.count))


def total(report: Mapping[str, Any] | None) -> int:
    """Return how many errors the report counts; it may list fewer."""
    counted = ((report or {}).get("stats") or {}).get("errors")
    return counted if isinstance(counted, int) else sum(1 for _ in all_errors(report))


def all_errors(report: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    """Yield the errors of a report in order."""
    yield from (report or {}).get("errors") or ()
    for task in (report or {}).get("tasks") or ():
        yield from task.get("errors") or ()


def _group(code: str, errors: list[Mapping[str, Any]], language: str) -> Group:
    from catalog.tables.advice import advice

    places = tuple(
        Place(error.get("rowNumber"), _column(error), _value(error), _message(error)) for error in errors[:SHOWN]
    )
    return Group(code, str(errors[0].get("title") or code), advice(code, language), len(errors), places)


def _column(error: Mapping[str, Any]) -> str:
    return str(error.get("fieldName") or error.get("fieldNumber") or "")


def _message(error: Mapping[str, Any]) -> str:
    return str(error.get("note") or error.get("message") or "")[:300]


def _value(error: Mapping[str, Any]) -> str:
    return "" if error.get("cell") is None else str(error["cell"])[:100]
