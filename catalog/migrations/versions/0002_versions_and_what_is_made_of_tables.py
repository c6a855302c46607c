"""Versions of files, and what is made of tables."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "version",
        sa.Column("dataset", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("croissant", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("dataset", "number", name=op.f("pk_version")),
    )
    op.add_column("file", sa.Column("derived", sa.Text(), nullable=True))
    op.execute("update file set checked = '' where state = 'stored'")  # read again, so that statistics are made


def downgrade() -> None:
    op.drop_column("file", "derived")
    op.drop_table("version")
