"""`/is-valid`, `/splits`, `/parquet`, `/size`, `/info` and `/statistics`: what is known of tables without reading rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response

from catalog.records import PROFILE, Derivative, Version
from catalog.tables.query.table import NoTable, Table, parts
from catalog.versions.addresses import made_path
from web.api.viewer.answers import answer, blueprint
from web.api.viewer.features import feature
from web.api.viewer.parameters import OfDataset, OfSplit
from web.api.viewer.statistics import statistics
from web.catalog import catalog, current_actor
from web.machines.exports import base_url

_MEASURED = ("num_bytes_parquet_files", "num_bytes_memory", "num_rows")


@blueprint.get("/is-valid")
@blueprint.arguments(OfDataset, location="query")
@blueprint.alt_response(200, description="What can be asked")
def is_valid(query: dict[str, Any]) -> Response:
    """Tell what can be asked of a dataset, of a table or of a split."""
    tables = [table for table in _tables(query) if not query["split"] or query["split"] in table.parts]
    there = bool(tables)
    described = any(table.file.made(PROFILE) for table in tables)
    search = any(table.texts for table in tables)
    return answer({"preview": there, "viewer": there, "search": search, "filter": there, "statistics": described})


@blueprint.get("/splits")
@blueprint.arguments(OfDataset(exclude=("split",)), location="query")
@blueprint.alt_response(200, description="Splits of every table")
def list_splits(query: dict[str, Any]) -> Response:
    """Every split of a dataset, or of one table of it."""
    found = [_named(table, split) for table in _tables(query) for split in table.parts]
    return answer({"splits": found, "pending": [], "failed": []})


@blueprint.get("/parquet")
@blueprint.arguments(OfDataset(exclude=("split",)), location="query")
@blueprint.alt_response(200, description="Addresses of Parquet files")
def parquet(query: dict[str, Any]) -> Response:
    """Parquet files of the newest version; what no version holds yet is pending."""
    version = catalog().versions.newest(current_actor(), query["dataset"])
    found, pending = list[dict[str, Any]](), list[dict[str, Any]]()
    for table in _tables(query):
        stored = version.file(table.file.distribution) if version else None
        if version is None or stored is None or not parts(stored.derived):
            pending += [_named(table, split) for split in table.parts]
            continue
        found += [_file(version, table, split, made) for split, made in parts(stored.derived).items()]
    revision = version.version if version else ""
    return answer({"parquet_files": found, "pending": pending, "failed": [], "partial": False}, X_Revision=revision)


@blueprint.get("/size")
@blueprint.arguments(OfDataset(exclude=("split",)), location="query")
@blueprint.alt_response(200, description="Bytes and rows")
def size(query: dict[str, Any]) -> Response:
    """Bytes and rows of a dataset, of its tables and their splits."""
    tables = _tables(query)
    parts = {table.file.distribution: _sizes(table) for table in tables}
    configs = [_config(table, parts[table.file.distribution]) for table in tables]
    listed = [size for sizes in parts.values() for size in sizes]
    if query["config"]:
        found: dict[str, Any] = {"config": configs[0], "splits": listed}
    else:
        total = _summed(configs, "num_bytes_original_files", *_MEASURED)
        found = {"dataset": {"dataset": query["dataset"], **total}, "configs": configs, "splits": listed}
    return answer({"size": found, "pending": [], "failed": [], "partial": False})


@blueprint.get("/info")
@blueprint.arguments(OfDataset(exclude=("split",)), location="query")
@blueprint.alt_response(200, description="Features and splits")
def info(query: dict[str, Any]) -> Response:
    """Features, splits and sizes of every table, or of one, as `datasets.DatasetInfo` reads them."""
    infos = {table.file.distribution: _info(table) for table in _tables(query)}
    version = catalog().versions.newest(current_actor(), query["dataset"])
    body: dict[str, Any] = {
        "dataset_info": infos[query["config"]] if query["config"] else infos,
        "pending": [],
        "failed": [],
        "partial": False,
    }
    return answer(body, X_Revision=version.version if version else "")


@blueprint.get("/statistics")
@blueprint.arguments(OfSplit, location="query")
@blueprint.alt_response(200, description="Statistics of every column")
@blueprint.alt_response(404, description="There are no statistics of this split")
def show_statistics(query: dict[str, Any]) -> Response:
    """Statistics of every column, measured when the table was stored."""
    table = catalog().rows.table(current_actor(), query["dataset"], query["config"], query["split"])
    profile = catalog().rows.profile(current_actor(), query["dataset"], query["config"], table.made.split)
    if profile is None:
        raise NoTable("There are no statistics of this table yet.")
    return answer({"num_examples": profile["rows"], "statistics": list(statistics(profile)), "partial": False})


def _tables(query: Mapping[str, Any]) -> list[Table]:
    if query["config"]:
        return [catalog().rows.table(current_actor(), query["dataset"], query["config"])]
    return catalog().rows.tables(current_actor(), query["dataset"])


def _named(table: Table, split: str = "") -> dict[str, Any]:
    return {"dataset": table.dataset, "config": table.file.distribution, **({"split": split} if split else {})}


def _file(version: Version, table: Table, split: str, made: Derivative) -> dict[str, Any]:
    address = base_url() + made_path(version, table.file.distribution, made.name)
    return {**_named(table, split), "url": address, "filename": made.name, "size": made.byte_size}


def _sizes(table: Table) -> list[dict[str, Any]]:
    """Return the size of every split."""
    return [
        {**_named(table, split), "num_bytes_parquet_files": made.byte_size, "num_bytes_memory": catalog().rows.memory(made),
         "num_rows": made.rows, "num_columns": len(table.columns), "estimated_num_rows": None}
        for split, made in table.parts.items()
    ]  # fmt: skip


def _config(table: Table, sizes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    original, columns = table.file.byte_size or 0, len(table.columns)
    return {**_named(table), "num_bytes_original_files": original, **_summed(sizes, *_MEASURED), "num_columns": columns}


def _summed(sizes: Iterable[Mapping[str, Any]], *names: str) -> dict[str, Any]:
    listed = list(sizes)
    return {name: sum(size[name] or 0 for size in listed) for name in names} | {"estimated_num_rows": None}


def _info(table: Table) -> dict[str, Any]:
    name, sizes = table.file.distribution, _sizes(table)
    splits = {
        size["split"]: {"name": size["split"], "num_bytes": size["num_bytes_memory"], "num_examples": size["num_rows"],
                        "dataset_name": table.dataset}
        for size in sizes
    }  # fmt: skip
    return {
        "description": "", "citation": "", "homepage": f"{base_url()}/dataset/{table.dataset}", "license": "",
        "features": {column.name: feature(column) for column in table.columns}, "builder_name": "parquet",
        "dataset_name": table.dataset, "config_name": name, "splits": splits,
        "download_size": sum(size["num_bytes_parquet_files"] for size in sizes),
        "dataset_size": sum(size["num_bytes_memory"] for size in sizes),
    }  # fmt: skip
