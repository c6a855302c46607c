"""Names of the checks that failed, beside each audit, for counts over many datasets."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("audit_result", sa.Column("failed", sa.Text(), nullable=False, server_default=""))
    table = sa.table("audit_result", sa.column("id"), sa.column("findings"), sa.column("failed"))
    for row in op.get_bind().execute(sa.select(table.c.id, table.c.findings)).all():
        failed = {one["check"] for one in json.loads(row.findings) if one["status"] == "fail"}
        kept = " ".join(sorted(one for one in failed if one.startswith("mqa.")))
        op.get_bind().execute(table.update().where(table.c.id == row.id).values(failed=kept))


def downgrade() -> None:
    op.drop_column("audit_result", "failed")
