"""Tables put into a catalogue as validation leaves them: a dataset, a file, its Parquet."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.publishing import Origin
from catalog.records import PARQUET, Derivative, FileRecord, FileState
from catalog.tables.query.warm import Warm
from schemas.dataset import Dataset
from schemas.distribution import Distribution

NAME, FILE = "rivers", "levels"


def publish(catalog: Catalog, **changes: Any) -> None:
    """Publish a dataset with one file."""
    facts: dict[str, Any] = {"name": NAME, "title": {"en": "Rivers"}, "distribution": (Distribution(id=FILE, format="CSV"),)}
    catalog.publishing.publish(SYSTEM, Dataset(**(facts | changes)), "test", Origin(source="test", kind="ckan", files="copy"))


def put(catalog: Catalog, *made: Derivative, **tables: pyarrow.Table) -> None:
    """Keep tables as what was made of the file; `whole` is all of it, other names are splits."""
    kept = tuple(_kept(catalog, name, table) for name, table in tables.items())
    with catalog.store.write() as work:
        work.files.put(FileRecord(
            dataset=NAME, distribution=FILE, state=FileState.STORED, filename="levels.csv", sha256="0" * 64, cleared="0" * 64,
            derived=(*kept, *made),
        ))  # fmt: skip


def copies(catalog: Catalog, limit: int = 2**40) -> Warm:
    """Copy every table of the file for quick questions, in the folder where the catalogue looks for them."""
    warm = Warm(catalog.files_store, catalog.settings.home / "cache" / "tables", limit)
    for table in catalog.reading.entry(VISITOR, NAME).files[0].derived:
        warm.make(table)
    return warm


def keep(catalog: Catalog, body: bytes) -> tuple[str, int]:
    """Put bytes into the file store; returns their SHA-256 and number."""
    digest = hashlib.sha256(body).hexdigest()
    path = Path(catalog.temporary) / digest
    path.write_bytes(body)
    catalog.files_store.put(path, digest)
    return digest, len(body)


def _kept(catalog: Catalog, name: str, table: pyarrow.Table) -> Derivative:
    body = io.BytesIO()
    parquet.write_table(table, body, row_group_size=1_000, write_page_index=True)
    digest, size = keep(catalog, body.getvalue())
    split = "" if name == "whole" else name
    return Derivative(
        name=f"{split}.parquet" if split else PARQUET, sha256=digest, byte_size=size, rows=table.num_rows, split=split
    )
