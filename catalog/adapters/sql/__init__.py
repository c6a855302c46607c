"""The catalogue's records in SQLite or PostgreSQL, through SQLAlchemy Core."""

from catalog.adapters.sql.store import SqlStore

__all__ = ["SqlStore"]
