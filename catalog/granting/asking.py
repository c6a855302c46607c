"""The asker's side: to ask, to answer what the agency asks back, to withdraw, to see what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from catalog.access import Action, Actor
from catalog.access.base import RESIDENTS
from catalog.accounts.keys import fresh_id
from catalog.clock import Clock, stamp
from catalog.errors import Conflict, Denied, Invalid, NotFound, failed
from catalog.granting.records import UNDECIDED, AccessRequest, Grant, RequestState, Step
from catalog.granting.sharing import AGENCY, stated, unfit
from catalog.granting.telling import Telling
from catalog.granting.terms import terms
from catalog.granting.versions import bounds
from catalog.ports import Store, UnitOfWork
from catalog.reading import Entry, Reading
from catalog.versions.present import present
from schemas.access import AccessLevel
from schemas.dates import iso_date, utc
from schemas.problems import Problem

SHORTEST, LONGEST, DAYS = 30, 4000, 30
"""Characters of a purpose; days in which an agency answers when it states none."""
_LONGEST = timedelta(days=5 * 366)
VERSIONS = "Choose the versions: all, this one, or from a number to another that is not smaller."


class Requests:
    """Takes requests."""

    def __init__(self, store: Store, reading: Reading, clock: Clock, telling: Telling) -> None:
        self._store, self._reading, self._clock, self._telling = store, reading, clock, telling

    def ask(self, actor: Actor, name: str, form: Mapping[str, str]) -> AccessRequest:
        """Ask for the files of a dataset; raises NotFound, Denied, Conflict for a second one, and Invalid with Problems."""
        _person(actor)
        entry = self._reading.entry(actor, name)
        if entry.dataset.access.level is not AccessLevel.ON_REQUEST or entry.dataset.publisher is None:
            raise Denied("These files are not given on request; their page tells who may have them.", "level")
        if unmet := self.unmet(actor, entry):
            raise Denied("You may not ask for these files: their rule names who may.", unmet)
        now, versions = stamp(self._clock), bounds(form, self.present(entry))
        problems = self._problems(entry, form, now)
        if versions is None:
            problems.append(Problem("bad-versions", "/versions", VERSIONS))
        sharing, wrong = stated(actor, form)
        problems += wrong
        if versions is None or problems:
            raise Invalid("The request is not complete.", problems)
        if sharing and unfit(sharing, actor, entry.dataset.access):
            raise Denied("These files are not for those on whose behalf you ask: their rule names who may have them.", "audience")
        due = self._clock() + timedelta(days=entry.dataset.access.decision_days or DAYS)
        state = RequestState.UNCONFIRMED if sharing and sharing.behalf.startswith(AGENCY) else RequestState.PENDING
        made = AccessRequest(
            id=fresh_id(), dataset=name, agency=entry.dataset.publisher.name, account=actor.id, state=state, sharing=sharing,
            purpose=form["purpose"].strip(), kind=form.get("kind", ""), organisation=form["organisation"].strip(),
            until=form["until"].strip(), due=utc(due)[:10], created=now, updated=now,
            history=(Step(at=now, by=actor.id, state=state.value),), from_version=versions[0],
            to_version=versions[1], terms=terms(name, entry.dataset.access, form.get("language", ""), now),
        )  # fmt: skip
        with self._store.write() as work:
            if any(one.dataset == name and one.state in UNDECIDED for one in work.requests.of_account(actor.id)):
                raise Conflict("You asked for these files already; see your requests.")
            work.requests.add(made)
            work.audit(at=now, actor=actor.id, action="access:ask", target=name, because=f"request:{made.id}")
            if state is RequestState.PENDING:
                self._telling.agency(work, made)
            else:
                self._telling.colleagues(work, made, made.behalf.removeprefix(AGENCY))
        self._telling.wake()
        return made

    def present(self, entry: Entry) -> int:
        """Return the number of the version of the files that are held now."""
        with self._store.read() as work:
            return present(work, entry.dataset.name, entry.files)

    def unmet(self, actor: Actor, entry: Entry) -> str:
        """Return which condition somebody does not meet who wants to ask: `residents` or `audience`; empty for none."""
        audience = set(entry.dataset.access.audience)
        if not audience or audience & actor.recipients:
            return ""
        return RESIDENTS if RESIDENTS in audience else "audience"

    def get(self, actor: Actor, id: str) -> AccessRequest:
        """Return a request of one's own; raises NotFound."""
        with self._store.read() as work:
            found = work.requests.get(id)
        if found is None or found.account != actor.id:
            raise NotFound("There is no such request.")
        return found

    def of(self, actor: Actor) -> list[AccessRequest]:
        """Return one's requests, newest first."""
        with self._store.read() as work:
            return work.requests.of_account(actor.id)

    def grants(self, actor: Actor) -> list[Grant]:
        """Return one's grants, newest first, also those that hold no more."""
        with self._store.read() as work:
            return work.grants.of_account(actor.id)

    def granted(self, actor: Actor, id: str) -> Grant | None:
        """Return the grant that one's request led to, None where there is none."""
        with self._store.read() as work:
            found = work.grants.of_request(id)
        return found if found and found.account == actor.id else None

    def answer(self, actor: Actor, id: str, words: str) -> None:
        """Answer what the agency asked back; the time to decide goes on by as long as it stood still."""
        if not words.strip():
            raise Invalid("Write an answer.", [Problem("empty", "/words", "Write an answer.")])
        self._move(actor, id, (RequestState.ASKED_BACK,), RequestState.PENDING, words)

    def withdraw(self, actor: Actor, id: str) -> None:
        """Take a request back that is not decided."""
        self._move(actor, id, UNDECIDED, RequestState.WITHDRAWN, "")

    def _move(self, actor: Actor, id: str, before: tuple[RequestState, ...], after: RequestState, words: str) -> None:
        _person(actor)
        with self._store.write() as work:
            changed = moved(work, self.get(actor, id), before, after, actor, stamp(self._clock), words)
            if after is RequestState.PENDING:
                self._telling.agency(work, changed)
        self._telling.wake()

    def _problems(self, entry: Entry, form: Mapping[str, str], now: str) -> list[Problem]:
        purpose, until = form.get("purpose", "").strip(), form.get("until", "").strip()
        latest = utc(self._clock() + _LONGEST)[:10]
        kinds = entry.dataset.access.purposes
        checks = (
            (
                SHORTEST <= len(purpose) <= LONGEST, "purpose",
                f"Say in {SHORTEST} to {LONGEST} characters what the files are for.",
            ),
            (0 < len(form.get("organisation", "").strip()) <= 300, "organisation", "Name your organisation, or write: private."),
            (
                len(until) == 10 and iso_date(until) == until and now[:10] <= until <= latest, "until",
                f"Give the last day of your project, from today to {latest}, such as {latest}.",
            ),
            (not kinds or form.get("kind") in kinds, "kind", "Choose the kind of use."),
            (
                form.get("terms") == "yes" and form.get("terms_sha256", "") in ("", _read(entry, form)), "terms",
                "Accept the terms as they are now, or the agency cannot decide.",
            ),
        )  # fmt: skip
        return failed(checks)


def moved(
    work: UnitOfWork, request: AccessRequest, before: tuple[RequestState, ...], after: RequestState, actor: Actor, now: str,
    words: str,
) -> AccessRequest:  # fmt: skip
    """Bring a request into another state, with its history and in the audit log; raises Conflict where it moved meanwhile."""
    step = Step(at=now, by=actor.id, state=after.value, words=words.strip()[:LONGEST])
    due = request.due
    if request.state in (RequestState.ASKED_BACK, RequestState.UNCONFIRMED) and after is RequestState.PENDING:
        due = _later(request, now)
    changed = replace(request, state=after, updated=now, due=due, history=(*request.history, step))
    if request.state not in before or not work.requests.change(changed, request.state):
        raise Conflict("This request was decided or changed meanwhile; look at it again.", request)
    work.audit(at=now, actor=actor.id, action=f"access:{after.value}", target=request.dataset, because=f"request:{request.id}")
    return changed


def _later(request: AccessRequest, now: str) -> str:
    stood = date.fromisoformat(now[:10]) - date.fromisoformat(request.updated[:10])
    return (date.fromisoformat(request.due) + stood).isoformat()


def _read(entry: Entry, form: Mapping[str, str]) -> str:
    """Return the hash of the terms in the language in which they are accepted."""
    return terms(entry.dataset.name, entry.dataset.access, form.get("language", "")).sha256


def _person(actor: Actor) -> None:
    if actor.kind != "account" or (actor.scopes is not None and Action.DOWNLOAD.value not in actor.scopes):
        raise Denied("Sign in to ask for files.", "not-signed-in")
