"""When those who answer requests for data were reminded last."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("wanted", sa.Column("reminded", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("wanted", "reminded")
