"""Requests for access, and grants."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "access_request",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("agency", sa.String(100), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("organisation", sa.String(300), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("updated", sa.String(20), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_request"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_access_request_account"),
    )
    op.create_index("ix_access_request_account", "access_request", ["account", "created"])
    op.create_index("ix_access_request_agency", "access_request", ["agency", "due"])
    op.create_table(
        "access_grant",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("request", sa.String(40), nullable=False),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("agency", sa.String(100), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("starts", sa.String(20), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("given_by", sa.String(200), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("revoked", sa.String(20), nullable=False),
        sa.Column("revoked_because", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_grant"),
        sa.UniqueConstraint("request", name="uq_access_grant_request"),
        sa.ForeignKeyConstraint(["request"], ["access_request.id"], name="fk_access_grant_request"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_access_grant_account"),
    )
    op.create_index("ix_access_grant_account", "access_grant", ["account"])


def downgrade() -> None:
    op.drop_table("access_grant")
    op.drop_table("access_request")
