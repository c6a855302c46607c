"""Accounts are added, and given and refused roles; rights stop with the next request."""

from dataclasses import replace

from catalog.access import Action, Actor, decide
from catalog.access.base import Role, SiteRole
from catalog.accounts import emails, keys, passwords
from catalog.accounts.acting import called
from catalog.accounts.records import Account, AccountState
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import as_record
from catalog.errors import Denied, Invalid, NotFound
from catalog.ports import Store, UnitOfWork
from schemas.agents import Agency
from schemas.forms import load_agency
from schemas.problems import Problem

NAME_LENGTH = 200


class People:
    """Changes accounts and their roles."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def add(self, actor: Actor, email: str, name: str = "", password: str = "", language: str = "") -> Account:
        """Add an account; raises Invalid where the address is wrong or taken, or the password is too weak."""
        _require_site(actor)
        with self._store.write() as work:
            return self.add_in(work, actor, email, name, password, language)

    def add_in(self, work: UnitOfWork, actor: Actor, email: str, name: str, password: str, language: str = "") -> Account:
        """Add an account within a transaction."""
        address = emails.normal(email)
        if password:
            passwords.check(password, address)
        account = Account(
            id=keys.fresh_id(), email=address, name=name.strip()[:NAME_LENGTH], language=language, created=stamp(self._clock),
            password=passwords.hashed(password) if password else "",
        )  # fmt: skip
        if not work.accounts.add(account):
            message = f"There is an account of {address} already."
            raise Invalid(message, [Problem("email-taken", "/email", message)])
        self._note(work, actor, "account:add", account)
        return account

    def found(self, email: str) -> Account:
        """Return the account of an address; raises NotFound."""
        with self._store.read() as work:
            account = work.accounts.by_email(emails.spelled(email))
        if account is None:
            raise NotFound(f"There is no account of {email!r}; add it with: qoima account add {email}.")
        return account

    def get(self, id: str) -> Account:
        """Return an account by its id; raises NotFound."""
        with self._store.read() as work:
            account = work.accounts.get(id)
        if account is None:
            raise NotFound("There is no such account.")
        return account

    def named(self, *ids: str) -> dict[str, str]:
        """Return how accounts are called, by id; ids of what is no account (a harvest) are left out."""
        with self._store.read() as work:
            return {id: called(account) for id, account in work.accounts.get_many(ids).items()}

    def give(self, actor: Actor, email: str, agency: str, role: Role) -> Account:
        """Give an account a role for an agency, in place of the one it had."""
        with self._store.write() as work:
            manageable(work, actor, agency)
            account = work.accounts.by_email(emails.spelled(email))
            if account is None:
                raise NotFound(f"There is no account of {email!r}; invite it first.")
            self.give_in(work, actor, account, agency, role)
        return account

    def give_in(self, work: UnitOfWork, actor: Actor, account: Account, agency: str, role: Role) -> None:
        """Give a role within a transaction; the last administrator of an agency keeps theirs unless the site decides."""
        before = work.accounts.roles(account.id).get(agency)
        if before is role:
            return
        self._keep_one(work, actor, account, agency, role)
        work.accounts.set_role(account.id, agency, role)
        self._note(work, actor, "account:role", account, agency, before=before.value if before else "", after=role.value)

    def remove(self, actor: Actor, id: str, agency: str) -> None:
        """Take an account out of an agency; where it has no other role, its tokens and sessions end too."""
        with self._store.write() as work:
            manageable(work, actor, agency)
            account = _member(work, id, agency)
            self._keep_one(work, actor, account, agency, None)
            before = work.accounts.roles(id)[agency]
            work.accounts.set_role(id, agency, None)
            self._note(work, actor, "account:role-end", account, agency, before=before.value)
            if not work.accounts.roles(id) and not work.accounts.site_roles(id):
                self._end(work, account)

    def change_role(self, actor: Actor, id: str, agency: str, role: Role) -> None:
        """Give a member another role."""
        with self._store.write() as work:
            manageable(work, actor, agency)
            self.give_in(work, actor, _member(work, id, agency), agency, role)

    def members(self, actor: Actor, agency: str) -> tuple[Agency, list[tuple[Account, Role]]]:
        """Return an agency with its members, to its members; raises NotFound for others."""
        with self._store.read() as work:
            return known(work, actor, agency), work.accounts.members(agency)

    def agency(self, name: str) -> Agency:
        """Return an agency, public or not; raises NotFound."""
        with self._store.read() as work:
            if found := work.agencies.get(name):
                return found
        raise NotFound("There is no such agency.")

    def agencies(self, actor: Actor) -> list[tuple[Agency, Role]]:
        """Return the agencies that somebody works for."""
        with self._store.read() as work:
            found = work.agencies.get_many(list(actor.roles))
        return [(found[name], role) for name, role in actor.roles.items() if name in found]

    def give_site(self, actor: Actor, email: str, role: SiteRole, *, given: bool = True) -> Account:
        """Give an account a role for the whole site, or take it."""
        _require_site(actor)
        account = self.found(email)
        with self._store.write() as work:
            work.accounts.set_site_role(account.id, role, given=given)
            self._note(work, actor, "account:site-role" if given else "account:site-role-end", account, after=role.value)
        return account

    def disable(self, actor: Actor, email: str, because: str = "") -> Account:
        """Let an account sign in no more; its sessions and tokens end."""
        _require_site(actor)
        account = replace(self.found(email), state=AccountState.DISABLED)
        with self._store.write() as work:
            work.accounts.put(account)
            self._end(work, account)
            self._note(work, actor, "account:disable", account, because)
        return account

    def ensure_agency(self, actor: Actor, name: str, title: str, language: str) -> bool:
        """Make an agency where there is none of this name; tells whether it was made."""
        _require_site(actor)
        record, problems = load_agency({"name": name, "title": {language: title or name}})
        if record is None:
            raise Invalid(f"{name!r} cannot be the name of an agency.", problems)
        with self._store.write() as work:
            if work.agencies.get(name):
                return False
            work.agencies.put(record)
            work.audit(at=stamp(self._clock), actor=actor.id, action="agency:add", target=f"agency:{name}", because="")
        return True

    def _keep_one(self, work: UnitOfWork, actor: Actor, account: Account, agency: str, role: Role | None) -> None:
        administrators = [one.id for one, held in work.accounts.members(agency) if held is Role.ADMINISTRATOR]
        if administrators == [account.id] and role is not Role.ADMINISTRATOR and not _site(actor):
            message = "An agency keeps at least one administrator; make another member one first."
            raise Invalid(message, [Problem("last-administrator", "/role", message)])

    def _end(self, work: UnitOfWork, account: Account) -> None:
        work.tokens.revoke(account.id, stamp(self._clock))
        work.sessions.remove(account.id)

    def _note(
        self, work: UnitOfWork, actor: Actor, action: str, account: Account, because: str = "", before: str = "", after: str = ""
    ) -> None:
        target = f"account:{account.id}"
        work.audit(
            at=stamp(self._clock), actor=actor.id, action=action, target=target, because=because, before=before, after=after
        )


def known(work: UnitOfWork, actor: Actor, agency: str) -> Agency:
    """Return an agency to those who work in it or for the site; raises NotFound for others."""
    record, found = as_record(agency), work.agencies.get(agency)
    if found is None or not any(decide(actor, action, record).allowed for action in (Action.READ, Action.MANAGE)):
        raise NotFound("There is no such agency.")
    return found


def manageable(work: UnitOfWork, actor: Actor, agency: str) -> Agency:
    """Return an agency whose members the actor may change; raises NotFound or Denied."""
    found = known(work, actor, agency)
    decision = decide(actor, Action.MANAGE, as_record(agency))
    if not decision.allowed:
        raise Denied(decision.message, decision.reason)
    return found


def _member(work: UnitOfWork, id: str, agency: str) -> Account:
    account = work.accounts.get(id)
    if account is None or agency not in work.accounts.roles(id):
        raise NotFound("There is no such member of this agency.")
    return account


def _site(actor: Actor) -> bool:
    return actor.kind == "system" or (SiteRole.ADMINISTRATOR in actor.site_roles and actor.scopes is None)


def _require_site(actor: Actor) -> None:
    if not _site(actor):
        raise Denied("Only administrators of the site do this.", "not-administrator")
