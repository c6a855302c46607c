"""Passkeys of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(1400), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("used", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_passkey_account"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
    )
    op.create_index("ix_passkey_account", "passkey", ["account"])


def downgrade() -> None:
    op.drop_table("passkey")
