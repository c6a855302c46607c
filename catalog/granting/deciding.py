"""The agency's side: its inbox, and the decisions of its publishers."""

from collections.abc import Iterable, Mapping

from catalog.access import Action, Actor
from catalog.accounts.keys import fresh_id
from catalog.clock import Clock, stamp
from catalog.errors import Conflict, Denied, Invalid, NotFound
from catalog.granting.agreements import Notary
from catalog.granting.asking import VERSIONS, moved
from catalog.granting.records import OPEN, AccessRequest, Grant, RequestState
from catalog.granting.sharing import SAFEGUARDS, unjudged
from catalog.granting.telling import Telling
from catalog.granting.terms import as_accepted
from catalog.granting.versions import Bounds, bounds
from catalog.ports import Store, UnitOfWork
from catalog.reading import Reading
from catalog.records import CatalogRecord
from catalog.versions.present import present
from schemas.access import AccessLevel
from schemas.dates import iso_date

REASON = 200
"""Characters of the reason of a refusal or revocation at most."""


CHANGED = "The terms of these files are not those that were accepted any more; refuse, so that they can be asked for anew."


class Granting:
    """Decides requests, and revokes what was granted."""

    def __init__(self, store: Store, reading: Reading, clock: Clock, notary: Notary, telling: Telling) -> None:
        self._store, self._reading, self._clock, self._notary, self._telling = store, reading, clock, notary, telling

    def inbox(self, actor: Actor, agency: str) -> list[AccessRequest]:
        """Return the requests to an agency that the actor may decide, those that wait first."""
        with self._store.read() as work:
            found = work.requests.of_agency(agency)
            records = work.datasets.get_many([one.dataset for one in found])
        return [one for one in found if one.arrived and self._may(actor, records.get(one.dataset))]

    def grants(self, requests: Iterable[AccessRequest]) -> dict[str, Grant]:
        """Return the grants that requests led to, by the id of the request."""
        with self._store.read() as work:
            return work.grants.of_requests([one.id for one in requests])

    def get(self, actor: Actor, id: str) -> tuple[AccessRequest, Grant | None]:
        """Return a request that the actor may decide, with the grant that it led to; raises NotFound."""
        with self._store.read() as work:
            found = work.requests.get(id)
            record = work.datasets.get(found.dataset) if found else None
            if found is None or not found.arrived or not self._may(actor, record):
                raise NotFound("There is no such request.")
            return found, work.grants.of_request(id)

    def present(self, request: AccessRequest) -> int:
        """Return the number of the version of the files that are held now."""
        with self._store.read() as work:
            return _present(work, request)

    def approve(
        self, actor: Actor, id: str, until: str = "", because: str = "", form: Mapping[str, str] | None = None
    ) -> Grant:
        """Grant access through the day `until`, that of the request when empty, to the versions that the fields of `form` say
        (see `bounds`), those of the request when they say nothing; of what is shared each safeguard must be satisfied
        (see `unjudged`).
        """
        request, now = self.get(actor, id)[0], stamp(self._clock)
        until = until.strip() or request.until
        if len(until) != 10 or iso_date(until) != until or until < now[:10]:
            raise Invalid.at("until", "Give a day from today on, such as 2027-06-30.")
        if request.account == actor.id:
            raise Denied("Nobody decides about a request of their own; ask a colleague.", "own-request")
        if missing := unjudged(request.sharing, form or {}):
            words = "Say of each safeguard that it is satisfied, or refuse, or ask back"
            raise Invalid.at("satisfied", f"{words}; not satisfied: {', '.join(missing)}.")
        with self._store.write() as work:
            record = work.datasets.get(request.dataset)
            if record is None or record.dataset.access.level is not AccessLevel.ON_REQUEST:
                raise Conflict("These files are not given on request any more; their access rule was changed.", record)
            if not as_accepted(request, record.dataset.access):
                raise Conflict(CHANGED, record)
            first, last = self._bounds(work, request, form or {})
            agreement = self._notary.agreement(request, record.dataset.access, until, now, (first, last))
            grant = Grant(
                id=fresh_id(), request=id, dataset=request.dataset, agency=request.agency, account=request.account,
                kind=request.kind, starts=now, until=until, given_by=actor.id, agreement=agreement,
                count=record.dataset.access.count, from_version=first, to_version=last,
            )  # fmt: skip
            moved(work, request, OPEN, RequestState.APPROVED, actor, now, because)
            work.grants.add(grant)
            if request.sharing:
                told = f"request:{request.id} satisfied:{','.join(SAFEGUARDS)}"
                work.audit(at=now, actor=actor.id, action="access:safeguards", target=request.dataset, because=told)
            work.audit(at=now, actor=actor.id, action="access:grant", target=request.dataset, because=f"grant:{grant.id}")
            self._telling.asker(work, request)
        self._telling.wake()
        return grant

    def refuse(self, actor: Actor, id: str, because: str) -> None:
        """Refuse with a reason."""
        self._answer(actor, id, RequestState.REFUSED, OPEN, said(because))

    def ask_back(self, actor: Actor, id: str, question: str) -> None:
        """Ask for more information; the time to decide stands still until it comes."""
        self._answer(actor, id, RequestState.ASKED_BACK, (RequestState.PENDING,), said(question, 2000))

    def revoke(self, actor: Actor, id: str, because: str) -> None:
        """Take back what a request was granted; holds from the next request for bytes on."""
        request, grant = self.get(actor, id)
        reason, now = said(because), stamp(self._clock)
        with self._store.write() as work:
            if grant is None or not work.grants.revoke(grant.id, now, reason):
                raise Conflict("There is nothing to revoke, or it was revoked before.", request)
            work.audit(at=now, actor=actor.id, action="access:revoke", target=request.dataset, because=f"grant:{grant.id}")
            self._telling.asker(work, request)
        self._telling.wake()

    def _bounds(self, work: UnitOfWork, request: AccessRequest, form: Mapping[str, str]) -> Bounds:
        found = bounds(form, _present(work, request), (request.from_version, request.to_version))
        if found is None:
            raise Invalid.at("versions", VERSIONS)
        return found

    def _answer(self, actor: Actor, id: str, after: RequestState, before: tuple[RequestState, ...], words: str) -> None:
        request = self.get(actor, id)[0]
        with self._store.write() as work:
            moved(work, request, before, after, actor, stamp(self._clock), words)
            self._telling.asker(work, request)
        self._telling.wake()

    def _may(self, actor: Actor, record: CatalogRecord | None) -> bool:
        return record is not None and self._reading.decide(actor, Action.REVIEW, record).allowed


def _present(work: UnitOfWork, request: AccessRequest) -> int:
    return present(work, request.dataset, work.files.of(request.dataset))


def said(words: str, most: int = REASON) -> str:
    """Return the words of a reason; raises Invalid where there are none, or too many."""
    if not 0 < len(words.strip()) <= most:
        raise Invalid.at("because", f"Write the reason, in at most {most} characters; the person who asked reads it.")
    return words.strip()
