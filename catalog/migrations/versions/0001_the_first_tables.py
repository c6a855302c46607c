"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_agency")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_target", ["target"], unique=False)

    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("modified", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("created", sa.String(length=20), nullable=False),
        sa.Column("updated", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("name", name=op.f("uq_dataset_name")),
    )
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.create_index("ix_dataset_source", ["source"], unique=False)
        batch_op.create_index("ix_dataset_state_agency", ["state", "agency"], unique=False)
        batch_op.create_index("ix_dataset_state_updated", ["state", "updated"], unique=False)

    op.create_table(
        "file",
        sa.Column("dataset", sa.String(length=100), nullable=False),
        sa.Column("distribution", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.String(length=60), nullable=False),
        sa.Column("fetched", sa.String(length=20), nullable=False),
        sa.Column("checked", sa.String(length=20), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("table", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("dataset", "distribution", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index("ix_file_sha256", ["sha256"], unique=False)
        batch_op.create_index("ix_file_source_state_checked", ["source", "state", "checked"], unique=False)

    op.create_table(
        "harvest_run",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started", sa.String(length=20), nullable=False),
        sa.Column("finished", sa.String(length=20), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvest_run")),
    )
    with op.batch_alter_table("harvest_run", schema=None) as batch_op:
        batch_op.create_index("ix_harvest_run_source", ["source", "id"], unique=False)

    op.create_table(
        "harvest_source",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_harvest_source")),
    )
    op.create_table(
        "harvested_record",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("identifier", sa.String(length=500), nullable=False),
        sa.Column("dataset", sa.String(length=100), nullable=False),
        sa.Column("raw_hash", sa.String(length=64), nullable=False),
        sa.Column("modified", sa.String(length=60), nullable=False),
        sa.Column("seen_run", sa.Integer(), nullable=False),
        sa.Column("missing_runs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvested_record")),
        sa.UniqueConstraint("source", "identifier", name=op.f("uq_harvested_record_source_identifier")),
    )
    with op.batch_alter_table("harvested_record", schema=None) as batch_op:
        batch_op.create_index("ix_harvested_record_source_seen_run", ["source", "seen_run"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dataset", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "revision",
        sa.Column("dataset", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dataset"], ["dataset.id"], name=op.f("fk_revision_dataset")),
        sa.PrimaryKeyConstraint("dataset", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "run_problem",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["harvest_run.id"], name=op.f("fk_run_problem_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_problem")),
    )
    with op.batch_alter_table("run_problem", schema=None) as batch_op:
        batch_op.create_index("ix_run_problem_run", ["run", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("run_problem", schema=None) as batch_op:
        batch_op.drop_index("ix_run_problem_run")

    op.drop_table("run_problem")
    op.drop_table("revision")
    op.drop_table("outbox")
    with op.batch_alter_table("harvested_record", schema=None) as batch_op:
        batch_op.drop_index("ix_harvested_record_source_seen_run")

    op.drop_table("harvested_record")
    op.drop_table("harvest_source")
    with op.batch_alter_table("harvest_run", schema=None) as batch_op:
        batch_op.drop_index("ix_harvest_run_source")

    op.drop_table("harvest_run")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index("ix_file_source_state_checked")
        batch_op.drop_index("ix_file_sha256")

    op.drop_table("file")
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_state_updated")
        batch_op.drop_index("ix_dataset_state_agency")
        batch_op.drop_index("ix_dataset_source")

    op.drop_table("dataset")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_target")

    op.drop_table("audit")
    op.drop_table("agency")
