"""Audits of datasets, links with their history, and fixity of stored files."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("dataset", sa.Column("quality", sa.String(16), nullable=False, server_default=""))
    op.add_column("dataset", sa.Column("audited", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "audit_result",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("as_of", sa.String(20), nullable=False),
        sa.Column("checked_at", sa.String(20), nullable=False),
        sa.Column("rules", sa.String(40), nullable=False),
        sa.Column("band", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in (
            "mqa", "mqa_maximum", "mqa_possible", "data", "data_maximum", "data_possible")),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.String(20), nullable=False),
        sa.Column("stamp", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_result"),
    )  # fmt: skip
    op.create_index("ix_audit_result_dataset", "audit_result", ["dataset", "id"])
    op.create_table(
        "link",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(300), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(20), nullable=False),
        sa.Column("checked", sa.String(20), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failing", sa.String(20), nullable=False),
        sa.Column("due", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_link"),
    )
    op.create_index("ix_link_due", "link", ["due"])
    op.create_table(
        "link_use",
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "link", name="pk_link_use"),
    )
    op.create_index("ix_link_use_link", "link_use", ["link"])
    op.create_table(
        "link_check",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(8), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_check"),
    )
    op.create_index("ix_link_check_link", "link_check", ["link", "id"])
    op.create_table(
        "fixity",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_fixity"),
    )
    op.create_index("ix_fixity_at", "fixity", ["at"])


def downgrade() -> None:
    for name in ("fixity", "link_check", "link_use", "link", "audit_result"):
        op.drop_table(name)
    op.drop_column("dataset", "audited")
    op.drop_column("dataset", "quality")
