"""The tables of access on request."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from catalog.adapters.sql.tables import metadata

access_request = Table(
    "access_request", metadata,
    Column("id", String(40), primary_key=True),
    Column("dataset", String(100), nullable=False),
    Column("agency", String(100), nullable=False),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("kind", String(200), nullable=False),
    Column("organisation", String(300), nullable=False),
    Column("until", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Column("created", String(20), nullable=False),
    Column("updated", String(20), nullable=False),
    Column("history", Text, nullable=False),
    Column("from_version", Integer, nullable=False, server_default="0"),
    Column("to_version", Integer, nullable=False, server_default="0"),
    Column("terms", Text, nullable=False, server_default=""),
    Column("sharing", Text, nullable=False, server_default=""),
    Column("behalf", String(110), nullable=False, server_default=""),
    Index("ix_access_request_behalf", "behalf", "state"),
    Index("ix_access_request_account", "account", "created"),
    Index("ix_access_request_agency", "agency", "due"),
)  # fmt: skip

access_grant = Table(
    "access_grant", metadata,
    Column("id", String(40), primary_key=True),
    Column("request", ForeignKey("access_request.id"), nullable=False, unique=True),
    Column("dataset", String(100), nullable=False),
    Column("agency", String(100), nullable=False),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("starts", String(20), nullable=False),
    Column("until", String(10), nullable=False),
    Column("given_by", String(200), nullable=False),
    Column("agreement", Text, nullable=False),
    Column("revoked", String(20), nullable=False),
    Column("revoked_because", String(200), nullable=False),
    Column("count", Integer),
    Column("used", Integer, nullable=False, server_default="0"),
    Column("from_version", Integer, nullable=False, server_default="0"),
    Column("to_version", Integer, nullable=False, server_default="0"),
    Index("ix_access_grant_account", "account"),
)  # fmt: skip
