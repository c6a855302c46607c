"""Which versions of the files requests and grants are for; those that are there are for all."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
_TABLES, _COLUMNS = ("access_request", "access_grant"), ("from_version", "to_version")


def upgrade() -> None:
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            for column in _COLUMNS:
                table.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            for column in _COLUMNS:
                table.drop_column(column)
