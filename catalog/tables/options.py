"""What the job is told of a file: what a person corrected, what the source states, the schema, the splits wanted."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from catalog.records import Draft, FileRecord
from catalog.tables.validate import descriptor
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import load_dataset

LIKELY = {"kk": ("cp1251",), "ru": ("cp1251",), "ko": ("cp949", "cp1252")}
"""Encodings to try first for texts of few letters, by the language of the portal; cp1252 elsewhere."""


def job_options(file: FileRecord, dataset: Dataset | None, language: str) -> dict[str, Any]:
    """Return the options of the job that reads a file of a dataset from a portal in `language`."""
    filename = (file.arrived or {}).get("filename", file.filename)
    options: dict[str, Any] = {"filename": filename, "likely": (*LIKELY.get(language, ()), "cp1252")}
    distribution = next((d for d in dataset.distribution if d.id == file.distribution), None) if dataset else None
    if dataset is None or distribution is None:
        return options
    schema, recipe = distribution.table_schema, dataset.ml.splits
    options |= {"format": distribution.format, "stated": _stated(distribution), "schema": descriptor(schema) if schema else None}
    return options | {"splits": asdict(recipe) if recipe else None} | dict(distribution.correction)


def as_dataset(draft: Draft) -> Dataset | None:
    """Return what a draft says of its files as a dataset, None while it says nothing that can be used."""
    told = {key: draft.document[key] for key in ("distribution", "ml") if key in draft.document}
    return load_dataset({"name": "no-name", "title": {"und": "No title"}, **told})[0]


def _stated(distribution: Distribution) -> Mapping[str, Any]:
    """Return what the source says of encoding and dialect, in the forms of Data Package 1 (`csv`) and 2."""
    dialect = distribution.dialect.get("csv", distribution.dialect)
    delimiter = dialect.get("delimiter") if isinstance(dialect, Mapping) else None
    return {"encoding": distribution.encoding, "delimiter": delimiter if isinstance(delimiter, str) else None}
