"""Accounts with roles, API tokens and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "membership",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("agency", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_membership_account"),
        sa.PrimaryKeyConstraint("account", "agency", name="pk_membership"),
    )
    op.create_index("ix_membership_agency", "membership", ["agency"])
    op.create_table(
        "site_role",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_site_role_account"),
        sa.PrimaryKeyConstraint("account", "role", name="pk_site_role"),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("prefix", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("expires", sa.String(20), nullable=False),
        sa.Column("used", sa.String(20), nullable=False),
        sa.Column("revoked", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_api_token_account"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )
    op.create_index("ix_api_token_account", "api_token", ["account"])
    op.create_table(
        "account_session",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("seen", sa.String(20), nullable=False),
        sa.Column("expires", sa.String(20), nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_account_session_account"),
        sa.PrimaryKeyConstraint("id", name="pk_account_session"),
        sa.UniqueConstraint("digest", name="uq_account_session_digest"),
    )
    op.create_index("ix_account_session_account", "account_session", ["account"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_key_at", "attempt", ["key", "at"])


def downgrade() -> None:
    for name in ("attempt", "account_session", "api_token", "site_role", "membership", "account"):
        op.drop_table(name)
