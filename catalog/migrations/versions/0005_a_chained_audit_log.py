"""The audit log becomes a hash chain; what was written before is chained in its order."""

import secrets

import sqlalchemy as sa
from alembic import op

from catalog.audit import GENESIS, AuditEntry, chained, commitment

revision = "0005"
down_revision = "0004"

_TEXTS = ("at", "actor", "action", "target", "because", "before", "after")
_WIDTHS = {"at": 20, "actor": 200, "action": 60, "target": 200, "before": 64, "after": 64}


def upgrade() -> None:
    op.rename_table("audit", "audit_before")
    op.drop_index("ix_audit_target", "audit_before")
    made = [sa.Column("salt", sa.String(32)), sa.Column("commitment", sa.String(64)), sa.Column("hash", sa.String(64))]
    told = [sa.Column(name, sa.String(_WIDTHS[name]) if name in _WIDTHS else sa.Text()) for name in _TEXTS]
    for column in (*told, *made):
        column.nullable = False
    key = sa.Column("number", sa.Integer(), autoincrement=False, nullable=False)
    chain = op.create_table("audit", key, *told, *made, sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_chain")))
    number = sa.Column("id", sa.Integer(), nullable=False)
    head = op.create_table(
        "audit_head", number, sa.Column("number", sa.Integer(), nullable=False), sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )  # fmt: skip
    last = _chain(chain)
    op.bulk_insert(head, [{"id": 1, "number": last[0], "hash": last[1]}])
    op.drop_table("audit_before")
    op.create_index("ix_audit_target", "audit", ["target"])
    op.create_index("ix_audit_actor", "audit", ["actor"])


def _chain(chain: sa.Table) -> tuple[int, str]:
    number, before, connection = 0, GENESIS, op.get_bind()
    old = sa.table("audit_before", sa.column("id"), *(sa.column(name) for name in _TEXTS))
    while rows := connection.execute(sa.select(old).order_by(old.c.id).offset(number).limit(5_000)).all():
        made = []
        for row in rows:
            number, salt = number + 1, secrets.token_hex(16)
            told = {name: getattr(row, name) for name in _TEXTS}
            entry = AuditEntry(number=number, salt=salt, commitment=commitment(row.actor, row.because, salt), **told)
            before = chained(before, entry)
            made.append({**told, "number": number, "salt": salt, "commitment": entry.commitment, "hash": before})
        connection.execute(chain.insert(), made)
    return number, before


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_index("ix_audit_actor", "audit")
    with op.batch_alter_table("audit") as batch:
        for name in ("salt", "commitment", "hash"):
            batch.drop_column(name)
        batch.alter_column("number", new_column_name="id")
