"""The board of missing data: requests and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "wanted",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("title", sa.String(150), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("agency", sa.String(100), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hidden", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("updated", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wanted"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_wanted_account"),
    )
    op.create_index("ix_wanted_votes", "wanted", ["votes", "created"])
    op.create_index("ix_wanted_created", "wanted", ["created"])
    op.create_index("ix_wanted_agency", "wanted", ["agency", "state"])
    op.create_index("ix_wanted_account", "wanted", ["account", "created"])
    op.create_table(
        "wanted_vote",
        sa.Column("wanted", sa.String(40), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("wanted", "account", name="pk_wanted_vote"),
        sa.ForeignKeyConstraint(["wanted"], ["wanted.id"], name="fk_wanted_vote_wanted"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_wanted_vote_account"),
    )


def downgrade() -> None:
    op.drop_table("wanted_vote")
    op.drop_table("wanted")
