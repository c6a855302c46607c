"""The tables of accounts."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from catalog.adapters.sql.tables import metadata

account = Table(
    "account", metadata,
    Column("id", String(40), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    Column("password", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created", String(20), nullable=False),
)  # fmt: skip

membership = Table(
    "membership", metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("agency", String(100), primary_key=True),
    Column("role", String(16), nullable=False),
    Index("ix_membership_agency", "agency"),
)  # fmt: skip

site_role = Table(
    "site_role", metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
)  # fmt: skip

token = Table(
    "api_token", metadata,
    Column("id", String(40), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("label", String(100), nullable=False),
    Column("prefix", String(20), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("used", String(20), nullable=False),
    Column("revoked", String(20), nullable=False),
    Index("ix_api_token_account", "account"),
)  # fmt: skip

session = Table(
    "account_session", metadata,
    Column("id", String(40), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created", String(20), nullable=False),
    Column("seen", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("method", String(40), nullable=False),
    Index("ix_account_session_account", "account"),
)  # fmt: skip

attempt = Table(
    "attempt", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(40), nullable=False),
    Column("at", String(20), nullable=False),
    Index("ix_attempt_key_at", "key", "at"),
)  # fmt: skip

ticket = Table(
    "ticket", metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("email", String(254), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("facts", Text, nullable=False),
    Index("ix_ticket_email", "email"),
)  # fmt: skip

letter = Table(
    "letter", metadata,
    Column("id", String(40), primary_key=True),
    Column("to", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip

identity = Table(
    "identity", metadata,
    Column("provider", String(100), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("resident", Boolean, nullable=False),
    Column("verified", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
    Index("ix_identity_account", "account"),
)  # fmt: skip

codes = Table(
    "totp", metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("confirmed", String(20), nullable=False),
)  # fmt: skip

recovery = Table(
    "recovery_code", metadata,
    Column("account", ForeignKey("account.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
)  # fmt: skip

passkey = Table(
    "passkey", metadata,
    Column("id", String(1400), primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("label", String(100), nullable=False),
    Column("created", String(20), nullable=False),
    Column("used", String(20), nullable=False),
    Index("ix_passkey_account", "account"),
)  # fmt: skip
