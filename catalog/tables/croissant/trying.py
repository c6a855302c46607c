"""The job of the sandbox that tries out a Croissant document: mlcroissant validates it and loads a record of every RecordSet.

Runs without a network: the files stand on disk, and anything else that mlcroissant would fetch is a failure. It reads whole
tables into memory, so of a big one it gets the first rows, under their own hash.
"""

import hashlib
import json
import warnings
from itertools import islice
from pathlib import Path
from typing import Any

import mlcroissant
import pyarrow
from pyarrow import parquet

BIG = 16 * 2**20
HEAD = 1000
MESSAGE = 500
Document = dict[str, Any]


def try_out(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"loaded", "problems", "shortened"}` for the document at `path`; `mapping` has local files by FileObject id.

    `loaded` counts the records read of each RecordSet: one is enough, none is a problem.
    """
    document: Document = json.loads(Path(job["path"]).read_text("utf-8"))
    files = {place: Path(path) for place, path in job["mapping"].items()}
    shortened = _shorten(document, files, Path(job["folder"]))
    loaded: dict[str, int] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = mlcroissant.Dataset(jsonld=document, mapping=files)
            for record_set in dataset.metadata.record_sets:
                loaded[record_set.uuid] = len(list(islice(dataset.records(record_set.uuid), 1)))
    except MemoryError:
        raise  # the parent tells that apart
    except Exception as error:  # the one border of a job: whatever the library throws is about this document
        return {"loaded": loaded, "problems": [_said(error)], "shortened": shortened}
    empty = [f"No record of {place} could be loaded." for place, count in loaded.items() if not count]
    return {"loaded": loaded, "problems": empty, "shortened": shortened}


def _shorten(document: Document, files: dict[str, Path], folder: Path) -> list[str]:
    """Put the first rows in place of every big table; returns the ids of those FileObjects."""
    nodes = {node["@id"]: node for node in document["distribution"]}
    big = [place for place, path in files.items() if path.stat().st_size > BIG]
    for number, place in enumerate(big):
        with parquet.ParquetFile(files[place]) as table:
            batches = list(islice(table.iter_batches(HEAD), 1))
            head = pyarrow.Table.from_batches(batches, table.schema_arrow)
        path = folder / f"head-{number}.parquet"
        parquet.write_table(head, path)
        nodes[place]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        files[place] = path
    return big


def _said(error: BaseException) -> str:
    """Return what went wrong, with the first cause that a library names."""
    cause = error.__cause__ or error
    return f"{type(cause).__name__}: {str(cause)[:MESSAGE]}"
