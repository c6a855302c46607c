"""Receipts of requests: what was answered under a key, for as long as the request may come again."""

import json

from sqlalchemy import Connection

from catalog.adapters.sql.tables import receipt
from catalog.records import Receipt


class SqlReceipts:
    """See `catalog.ports.Receipts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, now: str) -> Receipt | None:
        """Return the receipt under a key, None where there is none or it has expired."""
        row = self._connection.execute(receipt.select().where(receipt.c.key == key, receipt.c.expires > now)).first()
        return Receipt(key=row.key, request=row.request, expires=row.expires, result=json.loads(row.result)) if row else None

    def add(self, record: Receipt, now: str) -> None:
        """Add a receipt, and forget those that have expired."""
        self._connection.execute(receipt.delete().where(receipt.c.expires <= now))
        values = {"key": record.key, "request": record.request, "expires": record.expires}
        self._connection.execute(receipt.insert(), {**values, "result": json.dumps(record.result, ensure_ascii=False)})
