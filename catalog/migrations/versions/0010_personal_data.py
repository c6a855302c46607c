"""What may be public of files, who let pass what was found in them, what was taken down, and how often files were fetched."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
_FILE = sa.table("file", *(sa.column(name) for name in ("dataset", "distribution", "sha256", "checked", "cleared", "table")))


def upgrade() -> None:
    op.add_column("file", sa.Column("scan", sa.Text()))
    op.add_column("file", sa.Column("cleared", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("file") as batch:
        batch.alter_column("cleared", server_default=None)
    _clear()
    op.create_table(
        "clearance",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("distribution", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("asked_at", sa.String(20), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.String(20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_clearance"),
    )
    op.create_table(
        "takedown",
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "sha256", name="pk_takedown"),
    )
    op.create_table(
        "download",
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "sha256", "day", name="pk_download"),
    )


def _clear() -> None:
    """Leave public what is public and in which nothing was found; `qoima personal rescan` looks at all of it again."""
    connection = op.get_bind()
    connection.execute(_FILE.update().where(_FILE.c.sha256 != "", _FILE.c.checked != "").values(cleared=_FILE.c.sha256))
    found = connection.execute(sa.select(_FILE).where(_FILE.c.table.like('%"personal_data": [{%'))).all()
    for row in found:
        levels = {one["level"] for one in json.loads(row.table)["personal_data"] if one["kind"] != "kz-bin"}
        if levels & {"certain", "likely"}:
            mine = (_FILE.c.dataset == row.dataset) & (_FILE.c.distribution == row.distribution)
            connection.execute(_FILE.update().where(mine).values(cleared=""))


def downgrade() -> None:
    for name in ("download", "takedown", "clearance"):
        op.drop_table(name)
    op.drop_column("file", "cleared")
    op.drop_column("file", "scan")
