"""The side of the agencies and stewards: to answer a request for data, to pass it on, to hide what should not stand there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from catalog.access import VISITOR, Actor
from catalog.clock import Clock, stamp
from catalog.errors import Conflict, Denied, Gone, Invalid, NotFound, failed
from catalog.granting.telling import Telling
from catalog.ports import Store, UnitOfWork
from catalog.reading import Reading
from catalog.wanted.changing import answer_due, changed, tell_answering
from catalog.wanted.records import WAITING, Wanted, WantedState
from catalog.wanted.seeing import answers, named, opened, oversees
from catalog.wanted.wording import ANSWERED
from schemas.dates import iso_date, utc
from schemas.forms.rules import text_rules
from schemas.forms.wanted import REASON, WantedAnswer, read
from schemas.problems import Problem

TOLD = 500
"""Voters who get an e-mail of an answer at most, the first of them."""
LONGEST = timedelta(days=2 * 366)
"""So far ahead a promise may lie."""


class Answering:
    """Answers requests."""

    def __init__(self, store: Store, reading: Reading, clock: Clock, telling: Telling) -> None:
        self._store, self._reading, self._clock, self._telling = store, reading, clock, telling

    def answer(self, actor: Actor, id: str, form: Mapping[str, Any]) -> None:
        """Promise a day, name the dataset that holds the data, or refuse with a ground; an answer may be given anew."""
        self._require(actor, id)
        given, problems = read(WantedAnswer(), form)
        given["dataset"] = given.get("dataset", "").rstrip("/").rpartition("/")[2]
        problems += [] if problems else self._problems(given)
        if problems:
            raise Invalid("The answer is not complete.", problems)
        state = WantedState(given["state"])
        told = {WantedState.PROMISED: "due", WantedState.PUBLISHED: "dataset", WantedState.REFUSED: "ground"}[state]
        facts = {"dataset": "", "ground": "", "answer": given["answer"], "state": state, told: given[told]}
        self._changed(actor, id, state.value, facts, because=given[told], told=TOLD)

    def pass_on(self, actor: Actor, id: str, agency: str) -> None:
        """Address a request that waits to another agency, whose time to answer begins."""
        self._require(actor, id, steward=True)
        if not named(self._reading, agency):
            raise Invalid.at("agency", "Choose an agency of the list.")
        with self._store.write() as work:
            found = _open(work, actor, id, steward=True)
            if found.state not in WAITING:
                raise Conflict("This request was decided; it is passed on no more.", found)
            after = replace(found, agency=agency, state=WantedState.OPEN, due=answer_due(self._clock), answer="")
            tell_answering(self._telling, work, changed(work, self._now(), actor, "pass-on", after, agency))
        self._telling.wake()

    def hide(self, actor: Actor, id: str, because: str) -> None:
        """Take a request from view, with a reason that its author reads."""
        self._require(actor, id, steward=True)
        because = text_rules(because)
        if not 0 < len(because) <= REASON:
            raise Invalid.at("because", f"Write the reason, in at most {REASON} characters; the person who asked reads it.")
        self._changed(actor, id, "hide", {"hidden": because}, because, steward=True)

    def show(self, actor: Actor, id: str) -> None:
        """Show again what was hidden."""
        self._require(actor, id, steward=True)
        self._changed(actor, id, "show", {"hidden": ""}, steward=True)

    def _require(self, actor: Actor, id: str, *, steward: bool = False) -> None:
        with self._store.read() as work:
            _open(work, actor, id, steward=steward)

    def _changed(
        self, actor: Actor, id: str, action: str, facts: Mapping[str, Any], because: str = "", *, steward: bool = False,
        told: int = 0,
    ) -> None:  # fmt: skip
        """Change a request, and tell its author and as many of its voters."""
        with self._store.write() as work:
            found = _open(work, actor, id, steward=steward)
            after = changed(work, self._now(), actor, action, replace(found, **facts), because)
            people = work.accounts.get_many([after.account, *work.wanted.voters(id, told)])
            self._telling.write(work, ANSWERED, people.values(), f"/wanted/{id}", title=after.title)
        self._telling.wake()

    def _problems(self, given: Mapping[str, Any]) -> list[Problem]:
        today, latest = self._now()[:10], utc(self._clock() + LONGEST)[:10]
        due, state = given["due"], given["state"]
        checks = (
            (
                state != "promised" or (len(due) == 10 and iso_date(due) == due and today <= due <= latest), "due",
                f"Give the day on which the data will be public, from today to {latest}.",
            ),
            (
                state != "published" or self._public(given["dataset"]), "dataset",
                "Give the name or the address of a public dataset.",
            ),
            (state != "refused" or given["ground"], "ground", "Choose the ground of the refusal."),
            (state != "refused" or given["answer"], "answer", "Say in a sentence why, in at most 1,000 characters."),
        )  # fmt: skip
        return failed(checks)

    def _public(self, name: str) -> bool:
        """Tell whether everybody may see a dataset; others are as absent."""
        try:
            self._reading.entry(VISITOR, name)
        except (NotFound, Gone):
            return False
        return True

    def _now(self) -> str:
        return stamp(self._clock)


def _open(work: UnitOfWork, actor: Actor, id: str, *, steward: bool) -> Wanted:
    found = opened(work, actor, id)
    if not (oversees(actor) if steward else answers(actor, found)):
        who = "stewards of the site" if steward or not found.agency else "those who write for the agency that is asked"
        raise Denied(f"Only {who} may do this.", "role")
    if found.state is WantedState.WITHDRAWN:
        raise Conflict("This request was taken back.", found)
    return found
