"""On whose behalf somebody asks, and the three safeguards that they state."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("access_request") as table:
        table.add_column(sa.Column("sharing", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("behalf", sa.String(110), nullable=False, server_default=""))
        table.create_index("ix_access_request_behalf", ["behalf", "state"])


def downgrade() -> None:
    with op.batch_alter_table("access_request") as table:
        table.drop_index("ix_access_request_behalf")
        table.drop_column("behalf")
        table.drop_column("sharing")
