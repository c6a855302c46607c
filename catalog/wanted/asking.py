"""The side of those who miss data: to ask, to vote, to take back, to read the board."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from catalog.access import Action, Actor
from catalog.accounts.keys import fresh_id
from catalog.clock import Clock, stamp
from catalog.errors import Conflict, Denied, Invalid, Throttled
from catalog.granting.telling import Telling
from catalog.ports import Store, UnitOfWork
from catalog.reading import Reading
from catalog.wanted.alike import alternatives, compared
from catalog.wanted.changing import answer_due, changed, noted, tell_answering
from catalog.wanted.records import HIDDEN, NO_AGENCY, SHOWN, WAITING, Order, Sought, Wanted, WantedState
from catalog.wanted.seeing import Seeing, Seen, named, opened, oversees
from schemas.dates import utc
from schemas.forms.wanted import WantedForm, read
from schemas.problems import Problem

PER_DAY, AT_ONCE = 5, 30
"""Requests of one person in a day, and those that wait at once, at most."""


class Asking:
    """Takes requests and votes."""

    def __init__(self, store: Store, reading: Reading, clock: Clock, telling: Telling, seeing: Seeing) -> None:
        self._store, self._reading, self._clock, self._telling, self._seeing = store, reading, clock, telling, seeing

    def ask(self, actor: Actor, form: Mapping[str, Any]) -> Wanted:
        """Ask for data; raises Invalid with Problems, Throttled, and Denied for visitors."""
        _person(actor)
        given, problems = self.read(form)
        if problems:
            raise Invalid("The request is not complete.", problems)
        now = stamp(self._clock)
        made = Wanted(
            **given, id=fresh_id(), account=actor.id, due=answer_due(self._clock), created=now, updated=now,
            words=compared(given["title"], given["language"]),
        )  # fmt: skip
        with self._store.write() as work:
            self._bound(work, actor)
            work.wanted.add(made)
            work.wanted.vote(made.id, actor.id, now)
            noted(work, now, actor.id, "ask", made)
            tell_answering(self._telling, work, made)
        self._telling.wake()
        return replace(made, votes=1)

    def read(self, form: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """Return what a form says and what is wrong with it; an agency is one with public datasets."""
        given, problems = read(WantedForm(), form)
        if (name := given.get("agency", "")) and not named(self._reading, name):
            problems.append(Problem("bad-agency", "/agency", "Choose an agency of the list, or none."))
        return given, problems

    def vote(self, actor: Actor, id: str) -> None:
        """Vote for a request, once; voting again changes nothing."""
        self._counted(actor, id, "vote")

    def unvote(self, actor: Actor, id: str) -> None:
        """Take one's vote back; harmless where there is none."""
        self._counted(actor, id, "unvote")

    def withdraw(self, actor: Actor, id: str) -> None:
        """Take back a request of one's own that is not answered."""
        _person(actor)
        with self._store.write() as work:
            found = opened(work, actor, id)
            if found.account != actor.id:
                raise Denied("Only who asked takes a request back.", "own")
            if found.state is not WantedState.OPEN:
                raise Conflict("This request was answered meanwhile; look at it again.", found)
            changed(work, stamp(self._clock), actor, "withdraw", replace(found, state=WantedState.WITHDRAWN))

    def get(self, actor: Actor, id: str) -> Seen:
        """Return a request as the actor may see it; raises NotFound."""
        with self._store.read() as work:
            found = opened(work, actor, id)
        return self._seeing.seen(actor, [found])[0]

    def page(
        self, actor: Actor, *, text: str = "", state: str = "", agency: str = "", own: bool = False, order: str = Order.VOTES,
        skip: int = 0, limit: int = 20,
    ) -> tuple[list[Seen], int]:  # fmt: skip
        """Return a part of the board, or of the actor's own requests, and how many there are; raises Invalid."""
        _allowed(order in list(Order), "sort", "This order is not known; choose one of the list.")
        states = ("", *SHOWN, HIDDEN) if oversees(actor) else ("", *SHOWN)
        _allowed(state in states, "state", "This state is not known; choose one of the list.")
        known = agency in ("", NO_AGENCY, *actor.roles) or named(self._reading, agency)
        _allowed(known, "agency", "There is no such agency; choose one of the list.")
        account = actor.id if own and actor.kind == "account" else ""
        today = stamp(self._clock)[:10]
        sought = Sought(state=state, agency=agency, account=account, today=today, words=alternatives(text))
        with self._store.read() as work:
            found, total = work.wanted.page(sought, Order(order), skip=skip, limit=limit), work.wanted.count(sought)
        return self._seeing.seen(actor, found), total

    def _counted(self, actor: Actor, id: str, do: str) -> None:
        _person(actor)
        now = stamp(self._clock)
        with self._store.write() as work:
            found = opened(work, actor, id)
            if not found.public or found.state not in WAITING:
                raise Conflict("Nobody votes any more for a request that was decided.", found)
            board = work.wanted
            if board.vote(id, actor.id, now) if do == "vote" else board.unvote(id, actor.id):
                noted(work, now, actor.id, do, found)

    def _bound(self, work: UnitOfWork, actor: Actor) -> None:
        since = utc(self._clock() - timedelta(days=1))
        if work.wanted.count(Sought(account=actor.id, since=since)) >= PER_DAY:
            raise Throttled(f"You may ask for data {PER_DAY} times a day; ask again tomorrow.", 24 * 3600)
        if sum(work.wanted.count(Sought(account=actor.id, state=state)) for state in WAITING) >= AT_ONCE:
            raise Throttled(f"{AT_ONCE} of your requests wait for an answer; take one back before you ask again.", 24 * 3600)


def _person(actor: Actor) -> None:
    if actor.kind != "account":
        raise Denied("Sign in to ask for data or to vote.", "not-signed-in")
    if actor.scopes is not None and Action.DOWNLOAD.value not in actor.scopes:
        raise Denied(f"This token may not do this; make one with the scope {Action.DOWNLOAD.value}.", "scope")


def _allowed(holds: bool, field: str, words: str) -> None:
    if not holds:
        raise Invalid.at(field, words)
