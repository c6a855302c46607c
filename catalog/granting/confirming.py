"""The asking agency's side: its publishers confirm what its members ask of other agencies, before those see it."""

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import as_record
from catalog.errors import Denied, NotFound
from catalog.granting.asking import moved
from catalog.granting.deciding import said
from catalog.granting.records import AccessRequest, RequestState
from catalog.granting.sharing import AGENCY
from catalog.granting.telling import Telling
from catalog.ports import Store

_WAITS = (RequestState.UNCONFIRMED,)


class Confirming:
    """Confirms requests on behalf of an agency, or rejects them."""

    def __init__(self, store: Store, clock: Clock, telling: Telling) -> None:
        self._store, self._clock, self._telling = store, clock, telling

    def waiting(self, actor: Actor, agency: str) -> list[AccessRequest]:
        """Return the requests of members of an agency that the actor may confirm, oldest first."""
        if not _may(actor, agency):
            return []
        with self._store.read() as work:
            return work.requests.unconfirmed(AGENCY + agency)

    def get(self, actor: Actor, id: str) -> AccessRequest:
        """Return a request on behalf of an agency whose publisher the actor is; raises NotFound."""
        with self._store.read() as work:
            found = work.requests.get(id)
        if found is None or not found.behalf.startswith(AGENCY) or not _may(actor, found.behalf.removeprefix(AGENCY)):
            raise NotFound("There is no such request.")
        return found

    def confirm(self, actor: Actor, id: str) -> None:
        """Authorise a request of a colleague; from now on the agency that is asked sees it, and its time to decide runs."""
        request = self.get(actor, id)
        if request.account == actor.id:
            raise Denied("Nobody confirms a request of their own; ask a colleague.", "own-request")
        with self._store.write() as work:
            changed = moved(work, request, _WAITS, RequestState.PENDING, actor, stamp(self._clock), "")
            self._telling.agency(work, changed)
        self._telling.wake()

    def reject(self, actor: Actor, id: str, because: str) -> None:
        """End a request of a member; the agency that was to be asked never sees it."""
        request = self.get(actor, id)
        with self._store.write() as work:
            moved(work, request, _WAITS, RequestState.REFUSED, actor, stamp(self._clock), said(because))
            self._telling.asker(work, request)
        self._telling.wake()


def _may(actor: Actor, agency: str) -> bool:
    return decide(actor, Action.PUBLISH, as_record(agency)).allowed
