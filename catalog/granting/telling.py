"""Tells people by e-mail that something waits for them: those who decide, those who asked, and stewards when time is over."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from catalog.access.base import Role, SiteRole
from catalog.accounts.letters import Wording
from catalog.accounts.mailing import Mailing
from catalog.accounts.records import Account, AccountState
from catalog.clock import Clock, stamp
from catalog.granting.records import AccessRequest, Step
from catalog.granting.wording import ANSWERED, ASKED, CONFIRM, LATE, REMINDER
from catalog.ports import Store, UnitOfWork

REMIND = "access:remind"
"""The kind of job that looks for requests that wait too long."""
DAYS = timedelta(days=3)
"""So long before the day on which an answer is due those who decide are reminded."""
REMINDED, ESCALATED = "reminded", "escalated"
_DECIDE = frozenset({Role.PUBLISHER, Role.ADMINISTRATOR})


class Telling:
    """Writes the letters within the transaction of the change; `address` gives the site's address in a language."""

    def __init__(self, store: Store, clock: Clock, mailing: Mailing, address: Callable[[str], str]) -> None:
        self._store, self._clock, self._mailing, self._address = store, clock, mailing, address

    def agency(self, work: UnitOfWork, request: AccessRequest, wording: Wording = ASKED) -> None:
        """Write to those of the agency who decide."""
        members = [account for account, role in work.accounts.members(request.agency) if role in _DECIDE]
        self._of(work, request, wording, members, f"/organization/{request.agency}/requests/{request.id}")

    def colleagues(self, work: UnitOfWork, request: AccessRequest, agency: str) -> None:
        """Write to those of the asking agency who may confirm a request, but for the person who asked."""
        known = work.accounts.members(agency)
        members = (account for account, role in known if role in _DECIDE and account.id != request.account)
        self._of(work, request, CONFIRM, members, f"/organization/{agency}/requests/outgoing/{request.id}")

    def asker(self, work: UnitOfWork, request: AccessRequest) -> None:
        """Write to the person who asked."""
        account = work.accounts.get(request.account)
        self._of(work, request, ANSWERED, [account] if account else [], f"/account/requests/{request.id}")

    def remind(self) -> int:
        """Remind agencies of requests that are due soon, and tell stewards of late ones, each once; returns of how many."""
        now = stamp(self._clock)
        soon, today = (date.fromisoformat(now[:10]) + DAYS).isoformat(), now[:10]
        told = 0
        with self._store.write() as work:
            for request in work.requests.due(soon):
                step = ESCALATED if request.due < today else REMINDED
                if any(one.state == step and one.at[:10] >= request.updated[:10] for one in request.history):
                    continue
                if step == ESCALATED:
                    path = f"/organization/{request.agency}/requests/{request.id}"
                    self._of(work, request, LATE, work.accounts.with_site_role(SiteRole.STEWARD), path)
                else:
                    self.agency(work, request, REMINDER)
                history = (*request.history, Step(at=now, by="system", state=step))
                work.requests.change(replace(request, history=history), request.state)
                because = f"request:{request.id}"
                work.audit(at=now, actor="system", action=f"access:{step}", target=request.dataset, because=because)
                told += 1
        self.wake()
        return told

    def wake(self) -> None:
        """Let workers send what was written."""
        self._mailing.wake()

    def write(self, work: UnitOfWork, wording: Wording, people: Iterable[Account], path: str, **facts: str) -> None:
        """Write to people, each in their language, with a link to a page."""
        for one in people:
            if one.state is AccountState.ACTIVE:
                link = self._address(one.language) + path
                self._mailing.write_in(work, wording, one.email, one.language, link=link, **facts)

    def _of(self, work: UnitOfWork, request: AccessRequest, wording: Wording, people: Iterable[Account], path: str) -> None:
        facts = {"dataset": request.dataset, "agency": request.agency, "organisation": request.organisation, "due": request.due}
        self.write(work, wording, people, path, **facts)
