"""Identities at providers, codes of apps, passkeys."""

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select

from catalog.accounts.records import Codes, Identity, Passkey
from catalog.adapters.sql.account_tables import codes, identity, passkey, recovery

_OF_ACCOUNT = (
    select(identity).where(identity.c.account == bindparam("account")).order_by(identity.c.verified.desc(), identity.c.provider)
)


class SqlIdentities:
    """See `catalog.accounts.ports.Identities`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, provider: str, subject: str) -> Identity | None:
        """Return the identity, or None."""
        query = select(identity).where(identity.c.provider == provider, identity.c.subject == subject)
        row = self._connection.execute(query).first()
        return Identity(**row._mapping) if row else None

    def of(self, account: str) -> list[Identity]:
        """Return the identities of an account, last verified first."""
        return [Identity(**row._mapping) for row in self._connection.execute(_OF_ACCOUNT, {"account": account})]

    def put(self, record: Identity) -> None:
        """Add or replace."""
        same = (identity.c.provider == record.provider) & (identity.c.subject == record.subject)
        self._connection.execute(identity.delete().where(same))
        self._connection.execute(identity.insert(), asdict(record))


class SqlFactors:
    """See `catalog.accounts.ports.Factors`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def codes(self, account: str) -> Codes | None:
        """Return the codes of an account, or None."""
        row = self._connection.execute(select(codes).where(codes.c.account == account)).first()
        left = self._connection.scalars(select(recovery.c.digest).where(recovery.c.account == account))
        return Codes(**row._mapping, recovery=tuple(left)) if row else None

    def put_codes(self, record: Codes) -> None:
        """Add or replace."""
        self.remove_codes(record.account)
        row = {"account": record.account, "secret": record.secret, "step": record.step, "confirmed": record.confirmed}
        self._connection.execute(codes.insert(), row)
        if record.recovery:
            rows = [{"account": record.account, "digest": one} for one in record.recovery]
            self._connection.execute(recovery.insert(), rows)

    def use_step(self, account: str, step: int) -> bool:
        """Use a step of time up, unless it or a later one was used."""
        fresh = (codes.c.account == account) & (codes.c.step < step)
        return bool(self._connection.execute(codes.update().where(fresh).values(step=step)).rowcount)

    def use_recovery(self, account: str, digest: str) -> bool:
        """Use a recovery code up."""
        mine = (recovery.c.account == account) & (recovery.c.digest == digest)
        return bool(self._connection.execute(recovery.delete().where(mine)).rowcount)

    def remove_codes(self, account: str) -> None:
        """Forget the codes of an account."""
        self._connection.execute(recovery.delete().where(recovery.c.account == account))
        self._connection.execute(codes.delete().where(codes.c.account == account))

    def passkeys(self, account: str) -> list[Passkey]:
        """Return the passkeys of an account, oldest first."""
        query = select(passkey).where(passkey.c.account == account).order_by(passkey.c.created, passkey.c.id)
        return [Passkey(**row._mapping) for row in self._connection.execute(query)]

    def passkey(self, id: str) -> Passkey | None:
        """Return a passkey, or None."""
        row = self._connection.execute(select(passkey).where(passkey.c.id == id)).first()
        return Passkey(**row._mapping) if row else None

    def put_passkey(self, record: Passkey) -> None:
        """Add a passkey."""
        self._connection.execute(passkey.insert(), asdict(record))

    def use_passkey(self, record: Passkey, before: int) -> bool:
        """Write a use down, unless another came between."""
        same = (passkey.c.id == record.id) & (passkey.c.count == before)
        values = {"count": record.count, "used": record.used}
        return bool(self._connection.execute(passkey.update().where(same).values(**values)).rowcount)

    def remove_passkey(self, account: str, id: str) -> bool:
        """Forget a passkey of an account; tells whether there was one."""
        mine = (passkey.c.account == account) & (passkey.c.id == id)
        return bool(self._connection.execute(passkey.delete().where(mine)).rowcount)
