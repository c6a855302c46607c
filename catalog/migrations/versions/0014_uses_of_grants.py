"""How often files left by a grant, and how often they may."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("access_grant") as table:
        table.add_column(sa.Column("count", sa.Integer()))
        table.add_column(sa.Column("used", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("access_grant") as table:
        table.drop_column("used")
        table.drop_column("count")
