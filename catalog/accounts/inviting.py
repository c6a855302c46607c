"""Invitations: a link for one address that works once and gives a role; whoever opens it chooses a password, or signs in."""

from collections.abc import Callable
from datetime import timedelta

from catalog.access import Actor
from catalog.access.base import Role
from catalog.accounts import emails, keys, passwords
from catalog.accounts.letters import INVITATION
from catalog.accounts.mailing import Mailing
from catalog.accounts.people import People, manageable
from catalog.accounts.records import Account, Ticket
from catalog.clock import Clock, stamp
from catalog.errors import Denied, NotFound
from catalog.ports import Store
from schemas.dates import utc

KIND, LIFE = "invite", timedelta(days=7)
_GONE = "This invitation is not known, was used or has expired; ask for another one."


class Inviting:
    """Invites people and lets them in."""

    def __init__(self, store: Store, clock: Clock, people: People, mailing: Mailing, address: Callable[[str], str]) -> None:
        self._store, self._clock, self._people, self._mailing, self._address = store, clock, people, mailing, address

    def invite(self, actor: Actor, email: str, agency: str, role: Role, language: str = "") -> str:
        """Invite somebody to an agency by e-mail; returns the link, for those who hand it over themselves."""
        to, secret = emails.normal(email), keys.fresh()
        link = f"{self._address(language)}/account/invitation/{secret}"
        facts = {"agency": agency, "role": role.value, "by": actor.id, "language": language}
        ticket = Ticket(digest=keys.digest(secret), kind=KIND, email=to, expires=utc(self._clock() + LIFE), facts=facts)
        with self._store.write() as work:
            found = manageable(work, actor, agency)
            work.tickets.add(ticket)
            title = found.title.get(language) or next(iter(found.title.values()), agency)
            self._mailing.write_in(work, INVITATION, to, language, agency=title, link=link)
            told = {"action": "account:invite", "target": f"agency:{agency}", "after": role.value}
            work.audit(at=stamp(self._clock), actor=actor.id, because="", **told)
        self._mailing.wake()
        return link

    def look(self, secret: str) -> tuple[Ticket, bool]:
        """Return an invitation, and whether its address has an account already; raises NotFound."""
        with self._store.read() as work:
            ticket = work.tickets.find(KIND, keys.digest(secret), stamp(self._clock))
            if ticket is None:
                raise NotFound(_GONE)
            return ticket, work.accounts.by_email(ticket.email) is not None

    def accept(self, actor: Actor, secret: str, name: str = "", password: str = "") -> Account:
        """Take part: with a new account, or with the one that is signed in, which must be that of the address."""
        with self._store.write() as work:
            ticket = work.tickets.take(KIND, keys.digest(secret), stamp(self._clock))
            if ticket is None:
                raise NotFound(_GONE)
            account = work.accounts.by_email(ticket.email)
            if account and account.id != actor.id:
                raise Denied("This invitation is for another account; sign in with that one.", "other-account")
            if account is None:
                passwords.check(password, ticket.email)
                account = self._people.add_in(work, actor, ticket.email, name, password, ticket.facts.get("language", ""))
            self._people.give_in(work, actor, account, ticket.facts["agency"], Role(ticket.facts["role"]))
        return account
