"""Newer bytes of a file, which take the place of the good ones once they are known to be readable."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("file", sa.Column("arrived", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("file", "arrived")
