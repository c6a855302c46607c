"""Receipts of requests that may be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("expires", sa.String(20), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_receipt"),
    )
    op.create_index("ix_receipt_expires", "receipt", ["expires"])


def downgrade() -> None:
    op.drop_table("receipt")
