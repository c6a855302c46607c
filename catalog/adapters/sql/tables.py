"""The tables. Queried properties are columns; the record itself is one JSON document per revision."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

agency = Table(
    "agency", metadata,
    Column("name", String(100), primary_key=True),
    Column("document", Text, nullable=False),
)  # fmt: skip

dataset = Table(
    "dataset", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("agency", String(100), nullable=False, default=""),
    Column("level", String(16), nullable=False),
    Column("labels", Text, nullable=False),
    Column("modified", String(40), nullable=False, default=""),
    Column("content_hash", String(64), nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("source", String(100), nullable=False, default=""),
    Column("source_kind", String(40), nullable=False, default=""),
    Column("created", String(20), nullable=False),
    Column("updated", String(20), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("quality", String(16), nullable=False, default="", server_default=""),
    Column("audited", Integer, nullable=False, default=0, server_default="0"),
    Index("ix_dataset_state_agency", "state", "agency"),
    Index("ix_dataset_state_updated", "state", "updated"),
    Index("ix_dataset_source", "source"),
)  # fmt: skip

revision = Table(
    "revision", metadata,
    Column("dataset", ForeignKey("dataset.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", String(20), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("because", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("document", Text, nullable=False),
)  # fmt: skip

file = Table(
    "file", metadata,
    Column("dataset", String(100), primary_key=True),
    Column("distribution", String(200), primary_key=True),
    Column("position", Integer, nullable=False, default=0),
    Column("source", String(100), nullable=False, default=""),
    Column("state", String(16), nullable=False),
    Column("url", Text, nullable=False, default=""),
    Column("filename", Text, nullable=False, default=""),
    Column("media_type", String(200), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, default=""),
    Column("byte_size", Integer),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", String(60), nullable=False, default=""),
    Column("fetched", String(20), nullable=False, default=""),
    Column("checked", String(20), nullable=False, default=""),
    Column("valid", Boolean),
    Column("problem", Text),
    Column("report", Text),
    Column("table", Text),
    Column("derived", Text),
    Column("arrived", Text),
    Column("scan", Text),
    Column("cleared", String(64), nullable=False, default=""),
    Index("ix_file_source_state_checked", "source", "state", "checked"),
    Index("ix_file_sha256", "sha256"),
)  # fmt: skip

clearance = Table(
    "clearance", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("dataset", String(100), nullable=False),
    Column("distribution", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", String(20), nullable=False),
    Column("because", Text, nullable=False),
    Column("decided_by", String(200), nullable=False, default=""),
    Column("decided_at", String(20), nullable=False, default=""),
    Column("answer", Text, nullable=False, default=""),
)  # fmt: skip

takedown = Table(
    "takedown", metadata,
    Column("dataset", String(100), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("at", String(20), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("because", Text, nullable=False),
)  # fmt: skip

download = Table(
    "download", metadata,
    Column("dataset", String(100), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("filename", Text, nullable=False),
    Column("count", Integer, nullable=False),
)  # fmt: skip

draft = Table(
    "draft", metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(100), nullable=False, default=""),
    Column("agency", String(100), nullable=False),
    Column("author", String(200), nullable=False),
    Column("editors", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("base", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("created", String(20), nullable=False),
    Column("updated", String(20), nullable=False),
    Column("comment", Text, nullable=False, default=""),
    Column("due", String(20), nullable=False, default=""),
    Index("ix_draft_agency_updated", "agency", "updated"),
    Index("ix_draft_name", "name"),
    Index("ix_draft_state_due", "state", "due"),
)  # fmt: skip

version = Table(
    "version", metadata,
    Column("dataset", String(100), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("version", String(40), nullable=False),
    Column("at", String(20), nullable=False),
    Column("because", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("croissant", Text),
)  # fmt: skip

outbox = Table(
    "outbox", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dataset", String(100), nullable=False),
)  # fmt: skip

job = Table(
    "job", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("key", String(200), nullable=False),
    Column("due", String(20), nullable=False),
    Column("state", String(16), nullable=False),
    Column("lease", String(20), nullable=False, default=""),
    Column("owner", String(200), nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("progress", String(200), nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("again", String(20), nullable=False, default=""),
    UniqueConstraint("kind", "key"),
    Index("ix_job_state_due", "state", "due"),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(20), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(60), nullable=False),
    Column("target", String(200), nullable=False),
    Column("because", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("after", String(64), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_target", "target"),
    Index("ix_audit_actor", "actor"),
)  # fmt: skip

audit_head = Table(
    "audit_head", metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip

receipt = Table(
    "receipt", metadata,
    Column("key", String(64), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("result", Text, nullable=False),
    Index("ix_receipt_expires", "expires"),
)  # fmt: skip

harvest_source = Table(
    "harvest_source", metadata,
    Column("name", String(100), primary_key=True),
    Column("document", Text, nullable=False),
)  # fmt: skip

harvest_run = Table(
    "harvest_run", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started", String(20), nullable=False),
    Column("finished", String(20), nullable=False, default=""),
    Column("counts", Text, nullable=False),
    Column("problems", Integer, nullable=False, default=0),
    Column("checkpoint", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Index("ix_harvest_run_source", "source", "id"),
)  # fmt: skip

run_problem = Table(
    "run_problem", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", ForeignKey("harvest_run.id"), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("code", String(60), nullable=False),
    Column("path", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("severity", String(16), nullable=False),
    Index("ix_run_problem_run", "run", "id"),
)  # fmt: skip

harvested_record = Table(
    "harvested_record", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(100), nullable=False),
    Column("identifier", String(500), nullable=False),
    Column("dataset", String(100), nullable=False),
    Column("raw_hash", String(64), nullable=False),
    Column("modified", String(60), nullable=False, default=""),
    Column("seen_run", Integer, nullable=False, default=0),
    Column("missing_runs", Integer, nullable=False, default=0),
    UniqueConstraint("source", "identifier"),
    Index("ix_harvested_record_source_seen_run", "source", "seen_run"),
)  # fmt: skip

audit_result = Table(
    "audit_result", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dataset", String(100), nullable=False),
    Column("as_of", String(20), nullable=False),
    Column("checked_at", String(20), nullable=False),
    Column("rules", String(40), nullable=False),
    Column("band", String(16), nullable=False),
    *(Column(name, Float, nullable=False) for name in (
        "mqa", "mqa_maximum", "mqa_possible", "data", "data_maximum", "data_possible")),
    Column("findings", Text, nullable=False),
    Column("evidence", LargeBinary, nullable=False),
    Column("until", String(20), nullable=False, default=""),
    Column("stamp", String(64), nullable=False, default=""),
    Column("failed", Text, nullable=False, default="", server_default=""),
    Index("ix_audit_result_dataset", "dataset", "id"),
)  # fmt: skip

link = Table(
    "link", metadata,
    Column("key", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("host", String(300), nullable=False),
    Column("verdict", String(16), nullable=False, default="unknown"),
    Column("kind", String(20), nullable=False, default=""),
    Column("status", Integer, nullable=False, default=0),
    Column("since", String(20), nullable=False, default=""),
    Column("checked", String(20), nullable=False, default=""),
    Column("checks", Integer, nullable=False, default=0),
    Column("failing", String(20), nullable=False, default=""),
    Column("due", String(20), nullable=False),
    Index("ix_link_due", "due"),
)  # fmt: skip

link_use = Table(
    "link_use", metadata,
    Column("dataset", String(100), primary_key=True),
    Column("link", String(64), primary_key=True),
    Index("ix_link_use_link", "link"),
)  # fmt: skip

link_check = Table(
    "link_check", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("link", String(64), nullable=False),
    Column("at", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", Integer, nullable=False),
    Column("method", String(8), nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Index("ix_link_check_link", "link", "id"),
)  # fmt: skip

fixity = Table(
    "fixity", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("at", String(20), nullable=False),
    Index("ix_fixity_at", "at"),
)  # fmt: skip
