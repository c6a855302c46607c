"""An empty store on each database; on PostgreSQL in a schema of its own, so that tests may run beside each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from catalog.adapters.sql import SqlStore
from tests.payloads import missing

ENGINES = ["sqlite", "postgresql"]


@contextmanager
def empty_store(engine: str, folder: Path) -> Iterator[SqlStore]:
    """Give a store whose tables are new, and remove them."""
    with _schema() if engine == "postgresql" else _file(folder) as url:
        opened = SqlStore(url)
        opened.upgrade()
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def _file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/catalog.db"


@contextmanager
def _schema() -> Iterator[str]:
    server = os.environ.get("QOIMA_TEST_POSTGRESQL") or missing("A PostgreSQL server (QOIMA_TEST_POSTGRESQL)")
    engine, name = create_engine(str(server)), f"test_{uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"create schema {name}"))
    try:
        options = {"options": f"-csearch_path={name} -csynchronous_commit=off"}
        yield make_url(str(server)).update_query_dict(options).render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"drop schema {name} cascade"))
        engine.dispose()
