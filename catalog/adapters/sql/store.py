"""Units of work over one database; SQLite runs in WAL mode with full synchronisation, so that what is acknowledged stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

import catalog.migrations
from catalog.adapters.sql.accounts import SqlAccounts
from catalog.adapters.sql.agencies import SqlAgencies
from catalog.adapters.sql.attempts import SqlAttempts
from catalog.adapters.sql.audit import SqlAudit
from catalog.adapters.sql.clearances import SqlClearances
from catalog.adapters.sql.datasets import SqlDatasets
from catalog.adapters.sql.drafts import SqlDrafts
from catalog.adapters.sql.factors import SqlFactors, SqlIdentities
from catalog.adapters.sql.files import SqlFiles
from catalog.adapters.sql.granting import SqlGrants, SqlRequests
from catalog.adapters.sql.harvests import SqlHarvests
from catalog.adapters.sql.jobs import SqlJobQueue
from catalog.adapters.sql.outbox import SqlOutbox
from catalog.adapters.sql.quality import SqlQuality
from catalog.adapters.sql.receipts import SqlReceipts
from catalog.adapters.sql.sessions import SqlSessions
from catalog.adapters.sql.tables import metadata
from catalog.adapters.sql.takedowns import SqlTakedowns
from catalog.adapters.sql.tickets import SqlLetters, SqlTickets
from catalog.adapters.sql.tokens import SqlTokens
from catalog.adapters.sql.versions import SqlVersions
from catalog.adapters.sql.wanted import SqlBoard
from catalog.audit import AuditEntry
from catalog.errors import Conflict, Invalid

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000")
"""How SQLite is opened: what is committed has reached the disk."""


class SqlUnitOfWork:
    """One transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.datasets = SqlDatasets(connection)
        self.agencies = SqlAgencies(connection)
        self.files = SqlFiles(connection)
        self.versions = SqlVersions(connection)
        self.clearances = SqlClearances(connection)
        self.takedowns = SqlTakedowns(connection)
        self.drafts = SqlDrafts(connection)
        self.outbox = SqlOutbox(connection)
        self.jobs = SqlJobQueue(connection)
        self.receipts = SqlReceipts(connection)
        self.quality = SqlQuality(connection)
        self.harvests = SqlHarvests(connection)
        self.audit_log = SqlAudit(connection)
        self.accounts = SqlAccounts(connection)
        self.requests = SqlRequests(connection)
        self.grants = SqlGrants(connection)
        self.wanted = SqlBoard(connection)
        self.tokens = SqlTokens(connection)
        self.sessions = SqlSessions(connection)
        self.attempts = SqlAttempts(connection)
        self.tickets = SqlTickets(connection)
        self.letters = SqlLetters(connection)
        self.identities = SqlIdentities(connection)
        self.factors = SqlFactors(connection)

    def audit(
        self, *, at: str, actor: str, action: str, target: str, because: str, before: str = "", after: str = ""
    ) -> None:
        """Write down who did what to what, when and why, in the transaction of the change."""
        entry = AuditEntry(
            number=0, at=at, actor=actor, action=action, target=target, because=because, before=before, after=after
        )
        self.audit_log.add(entry)


class SqlStore:
    """The database behind a SQLAlchemy URL; opened on first use."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """Return the engine, made on first use (after a worker forked)."""
        if self._engine is None:
            self._engine = _sqlite(self._url) if self._url.get_backend_name() == "sqlite" else create_engine(self._url)
            event.listen(self._engine, "handle_error", _refuse)
        return self._engine

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        """Give a transaction that commits at its end, or changes nothing; raises Conflict where others wrote the same."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(qoima_write=True)
            try:
                with connection.begin():
                    work = SqlUnitOfWork(connection)
                    yield work
                    work.audit_log.flush()
            except IntegrityError as error:
                raise Conflict("Somebody else wrote the same at this moment; look at it and try again.") from error

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """Give a consistent view for reading."""
        with self.engine.connect() as connection:
            yield SqlUnitOfWork(connection)

    def upgrade(self) -> None:
        """Bring the tables to the newest form; harmless when they are."""
        if self._url.get_backend_name() == "sqlite" and self._url.database not in (None, "", ":memory:"):
            Path(str(self._url.database)).parent.mkdir(parents=True, exist_ok=True)
        with self.engine.connect() as connection, connection.begin():
            upgrade(_alembic(connection), "head")

    def check(self) -> list[str]:
        """Return how the tables differ from what the code expects; empty when they agree."""
        with self.engine.connect() as connection:
            return [str(difference) for difference in compare_metadata(MigrationContext.configure(connection), metadata)]

    def close(self) -> None:
        """Close every connection."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _refuse(context: ExceptionContext) -> None:
    """Tell whoever gave a text that a database cannot keep, in an address or a form, that it is theirs to correct."""
    given = context.original_exception
    if isinstance(given, UnicodeEncodeError) or "NUL (0x00)" in str(given):
        raise Invalid("A text holds a character that cannot be kept, such as NUL; take it out and try again.") from given


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(catalog.migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


def _sqlite(url: Any) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 60, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("qoima_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
