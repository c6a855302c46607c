"""Every surface of the site and the command line with what it lets out; each is declared beside its view.

`declared(Blueprint(…), Lets.METADATA)` says it for all views of a blueprint, `@surface(Lets.BYTES)` for one view. A view that
takes unsafe methods also names what it changes. A test walks the list and fails on a route that says nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import click
from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from catalog.access import Action

B = TypeVar("B", bound=Blueprint)
V = TypeVar("V", bound=Callable[..., Any])
_KEY = "qoima-surfaces"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Lets(StrEnum):
    """What leaves: the site's own words; metadata; bytes of files and what is made from them; the asker's own things; what
    staff of an agency or the site works with; how harvests went."""

    WORDS = "words"
    METADATA = "metadata"
    BYTES = "bytes"
    OWN = "own"
    STAFF = "staff"
    OPERATIONS = "operations"


DECIDED_BY = {Lets.METADATA: Action.READ.value, Lets.BYTES: Action.DOWNLOAD.value}
"""The action of `catalog.access.decide` that lets each of them out."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a view or a blueprint says of itself. `changes` names an action, `own` where only the asker's
    things change, or `nothing` where an unsafe method only asks."""

    lets: tuple[Lets, ...]
    changes: str = ""


LIBRARIES = {"api-docs": Says((Lets.WORDS,))}
"""Blueprints that libraries bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One way in: a route with its methods, or a command. `actions` decide; `says` is None where nobody declared it."""

    kind: str
    name: str
    address: str
    methods: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    says: Says | None = None
    actions: tuple[str, ...] = field(default=())


def declared(blueprint: B, *lets: Lets, changes: str = "") -> B:
    """Say what the views of a blueprint let out, but for those that say it themselves."""
    said = Says(lets, changes)

    def remember(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(_KEY, {})[blueprint.name] = said

    blueprint.record(remember)
    return blueprint


def surface(*lets: Lets, changes: str = "") -> Callable[[V], V]:
    """Say what one view lets out."""

    def mark(view: V) -> V:
        view.__dict__[_KEY] = Says(lets, changes)
        return view

    return mark


def routes(app: Flask) -> Iterator[Surface]:
    """Yield every route of the site."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        said = said_by(app, rule.endpoint)
        yield Surface(
            kind="route", name=rule.endpoint, address=rule.rule, methods=tuple(sorted(rule.methods or ())),
            parameters=tuple(sorted(rule.arguments)), says=said, actions=_actions(said),
        )  # fmt: skip


def said_by(app: Flask, endpoint: str) -> Says | None:
    """Return what a view says of itself, or its blueprint for it; None where nobody declared it."""
    own: Says | None = getattr(app.view_functions[endpoint], _KEY, None)
    whole: dict[str, Says] = LIBRARIES | app.extensions.get(_KEY, {})
    return own or whole.get(endpoint.rpartition(".")[0])


def _actions(said: Says | None) -> tuple[str, ...]:
    if said is None:
        return ()
    return (*(DECIDED_BY[one] for one in said.lets if one in DECIDED_BY), *((said.changes,) if said.changes else ()))


def commands(root: click.Group, above: str = "qoima") -> Iterator[Surface]:
    """Yield every command; all of them act as the operator, who may do everything and has a shell on the machine."""
    for name, command in sorted(root.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield Surface(kind="command", name=f"{above} {name}", address=f"{above} {name}", actions=("system",))


def undeclared(found: Iterator[Surface]) -> list[str]:
    """Return what nobody declared, and what takes unsafe methods without naming what it changes."""
    return [
        f"{one.address} ({one.name}): declare what it lets out, with declared() or @surface() of web/surfaces.py"
        if one.says is None else f"{one.address} ({one.name}): takes {', '.join(unsafe)} but names nothing in `changes`"
        for one in found
        if ((unsafe := sorted(set(one.methods) - SAFE)) and not (one.says and one.says.changes)) or one.says is None
    ]  # fmt: skip
