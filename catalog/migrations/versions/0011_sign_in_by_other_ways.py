"""Links that work once, letters, identities at providers, second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "ticket",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("expires", sa.String(20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_ticket"),
    )
    op.create_index("ix_ticket_email", "ticket", ["email"])
    op.create_table(
        "letter",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("to", sa.String(254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_table(
        "identity",
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("resident", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.String(20), nullable=False),
        sa.Column("expires", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_identity_account"),
        sa.PrimaryKeyConstraint("provider", "subject", name="pk_identity"),
    )
    op.create_index("ix_identity_account", "identity", ["account"])
    op.create_table(
        "totp",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_totp_account"),
        sa.PrimaryKeyConstraint("account", name="pk_totp"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_recovery_code_account"),
        sa.PrimaryKeyConstraint("account", "digest", name="pk_recovery_code"),
    )


def downgrade() -> None:
    for name in ("recovery_code", "totp", "identity", "letter", "ticket"):
        op.drop_table(name)
