"""Accounts and their roles."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from catalog.access.base import Role, SiteRole
from catalog.accounts.records import Account, AccountState
from catalog.adapters.sql.account_tables import account, membership, site_role

_NAMES = tuple(f.name for f in fields(Account))
_COLUMNS = [account.c[name] for name in _NAMES]
_BY_ID = select(*_COLUMNS).where(account.c.id == bindparam("id"))
_OWN = membership.c.account == bindparam("id")
_ROLES = select(membership.c.agency, membership.c.role).where(_OWN).order_by(membership.c.agency)
_SITE_ROLES = select(site_role.c.role).where(site_role.c.account == bindparam("id"))


class SqlAccounts:
    """See `catalog.accounts.ports.Accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Account | None:
        """Return an account, or None."""
        row = self._connection.execute(_BY_ID, {"id": id}).first()
        return _account(row) if row else None

    def get_many(self, ids: Sequence[str]) -> dict[str, Account]:
        """Return the accounts that exist, by id."""
        rows = self._connection.execute(select(*_COLUMNS).where(account.c.id.in_(list(ids))))
        return {row.id: _account(row) for row in rows}

    def by_email(self, email: str) -> Account | None:
        """Return the account of an address, or None."""
        row = self._connection.execute(select(*_COLUMNS).where(account.c.email == email)).first()
        return _account(row) if row else None

    def add(self, record: Account) -> bool:
        """Add an account unless its address is taken."""
        if self.by_email(record.email):
            return False
        self._connection.execute(account.insert(), _row(record))
        return True

    def put(self, record: Account) -> None:
        """Replace an account."""
        self._connection.execute(account.update().where(account.c.id == record.id).values(**_row(record)))

    def count(self) -> int:
        """Return how many accounts there are."""
        return self._connection.scalar(select(func.count()).select_from(account)) or 0

    def roles(self, id: str) -> dict[str, Role]:
        """Return the roles of an account by agency."""
        return {agency: Role(role) for agency, role in self._connection.execute(_ROLES, {"id": id})}

    def members(self, agency: str) -> list[tuple[Account, Role]]:
        """Return the members of an agency by name."""
        query = select(membership.c.account, membership.c.role).where(membership.c.agency == agency)
        roles = {id: Role(role) for id, role in self._connection.execute(query)}
        found = sorted(self.get_many(list(roles)).values(), key=lambda one: (one.name.casefold(), one.email))
        return [(one, roles[one.id]) for one in found]

    def set_role(self, id: str, agency: str, role: Role | None) -> None:
        """Set the role for an agency, or take it."""
        self._connection.execute(membership.delete().where(membership.c.account == id, membership.c.agency == agency))
        if role:
            self._connection.execute(membership.insert(), {"account": id, "agency": agency, "role": role.value})

    def site_roles(self, id: str) -> frozenset[SiteRole]:
        """Return the roles for the whole site."""
        return frozenset(map(SiteRole, self._connection.scalars(_SITE_ROLES, {"id": id})))

    def with_site_role(self, role: SiteRole) -> list[Account]:
        """Return the accounts that have a role for the site."""
        holders = select(site_role.c.account).where(site_role.c.role == role.value)
        rows = self._connection.execute(select(*_COLUMNS).where(account.c.id.in_(holders)).order_by(account.c.id))
        return [_account(row) for row in rows]

    def set_site_role(self, id: str, role: SiteRole, *, given: bool) -> None:
        """Give a role for the whole site, or take it."""
        self._connection.execute(site_role.delete().where(site_role.c.account == id, site_role.c.role == role.value))
        if given:
            self._connection.execute(site_role.insert(), {"account": id, "role": role.value})


def _row(record: Account) -> dict[str, Any]:
    return {**{name: getattr(record, name) for name in _NAMES}, "state": record.state.value}


def _account(row: Row[Any]) -> Account:
    return Account(**{**{name: row._mapping[name] for name in _NAMES}, "state": AccountState(row.state)})
