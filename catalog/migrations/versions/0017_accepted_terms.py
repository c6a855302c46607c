"""The terms that somebody accepted who asks for access, word for word."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("access_request") as table:
        table.add_column(sa.Column("terms", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("access_request") as table:
        table.drop_column("terms")
