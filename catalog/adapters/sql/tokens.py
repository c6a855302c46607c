"""API tokens by the hash of their secret."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from catalog.accounts.records import Token
from catalog.adapters.sql.account_tables import token

_BY_DIGEST = select(token).where(token.c.digest == bindparam("digest"))


class SqlTokens:
    """See `catalog.accounts.ports.Tokens`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: Token) -> None:
        """Add a token."""
        self._connection.execute(token.insert(), {**asdict(record), "scopes": json.dumps(record.scopes)})

    def find(self, digest: str) -> Token | None:
        """Return the token of a hash, or None."""
        row = self._connection.execute(_BY_DIGEST, {"digest": digest}).first()
        return _token(row) if row else None

    def of(self, account: str) -> list[Token]:
        """Return the tokens of an account, newest first."""
        query = select(token).where(token.c.account == account).order_by(token.c.created.desc(), token.c.id)
        return [_token(row) for row in self._connection.execute(query)]

    def touch(self, id: str, at: str) -> None:
        """Remember the last use."""
        self._connection.execute(token.update().where(token.c.id == id).values(used=at))

    def revoke(self, account: str, at: str, id: str = "") -> int:
        """Revoke one token of an account, or all."""
        live = (token.c.account == account) & (token.c.revoked == "")
        chosen = live & (token.c.id == id) if id else live
        return self._connection.execute(token.update().where(chosen).values(revoked=at)).rowcount


def _token(row: Row[Any]) -> Token:
    return Token(**{**row._mapping, "scopes": tuple(json.loads(row.scopes))})
