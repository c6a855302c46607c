"""The tables of the board of missing data."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from catalog.adapters.sql.tables import metadata

wanted = Table(
    "wanted", metadata,
    Column("id", String(40), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("title", String(150), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("language", String(10), nullable=False),
    Column("agency", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due", String(10), nullable=False),
    Column("dataset", String(100), nullable=False),
    Column("ground", String(40), nullable=False),
    Column("answer", Text, nullable=False),
    Column("hidden", String(200), nullable=False),
    Column("reminded", String(10), nullable=False, server_default=""),
    Column("words", Text, nullable=False),
    Column("created", String(20), nullable=False),
    Column("updated", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("votes", Integer, nullable=False),
    Index("ix_wanted_votes", "votes", "created"),
    Index("ix_wanted_created", "created"),
    Index("ix_wanted_agency", "agency", "state"),
    Index("ix_wanted_account", "account", "created"),
)  # fmt: skip

wanted_vote = Table(
    "wanted_vote", metadata,
    Column("wanted", ForeignKey("wanted.id"), primary_key=True),
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("at", String(20), nullable=False),
)  # fmt: skip
