"""The job of a parser child: find the table in one file, validate it, make what is served from it. JSON in, JSON out."""

import csv
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import chardet
import frictionless

from catalog.personal.levels import blocking
from catalog.tables.cells import blocks, row_count, sample
from catalog.tables.contents import make_contents
from catalog.tables.convert import Converted, Making, Misfit
from catalog.tables.copying import Copy, copied
from catalog.tables.culprit import blame
from catalog.tables.faults import fault
from catalog.tables.findings import findings, schema_fault
from catalog.tables.guards import NotATable
from catalog.tables.infer import infer_schema
from catalog.tables.limits import LIMITS, SAMPLE_ROWS
from catalog.tables.personal.masking import masked
from catalog.tables.personal.scanning import scanned
from catalog.tables.personal.search import Search, identifiers
from catalog.tables.profile import make_profile
from catalog.tables.screen import validated
from catalog.tables.splits import NoSplits, make_splits
from schemas.ml import SplitRecipe
from schemas.problems import Problem

csv.field_size_limit(LIMITS.record)  # here, since importing Frictionless raises it to 2 GiB


@cache
def prepare() -> None:
    """Load once, in the parent, what libraries load when they are first used; starts no thread, since children are forked."""
    identifiers()  # a limited child may not look into folders
    chardet.detect("бір, два, three\n".encode("cp1251"))
    frictionless.Schema.from_descriptor({"fields": [{"name": "a", "type": "string"}]}).to_descriptor()
    frictionless.system.plugins  # noqa: B018 - imports all of them
    import_module("pyarrow.compute")


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """Validate the file at `path`; `folder` takes what is made of it.

    Returns `{"report", "table", "valid", "problem", "made", "scan"}`; `made` lists values of `Derivative` for files in `folder`,
    without their size and hash. Nothing is made, and no value told, when the scan found personal data, unless the job says that
    they are `approved`. Nothing is made or scanned when the job says `"make": False`.
    """
    answer = _judged(job)
    if not job.get("make", True):
        return answer
    if "scan" not in answer:
        answer["scan"] = scanned(Path(job["path"]), Path(job["folder"]), job, None, None)
    if blocking(answer["scan"]["findings"]) and not job.get("approved"):
        return masked(answer)
    answer["made"] += make_contents(Path(job["path"]), Path(job["folder"]), job)
    return answer


def _judged(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return _validate(Path(job["path"]), Path(job["folder"]), job)
    except NotATable as error:
        return _refused(Problem(error.code, "", str(error)))
    except MemoryError:
        raise  # the parent tells that apart
    except Exception as error:  # the one border of a job: whatever a library throws is about this file
        return _refused(fault(error))


def _validate(path: Path, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    copy = copied(path, folder, job)
    if isinstance(copy, Problem):
        return _refused(copy)
    schema = job.get("schema") or _inferred(copy)
    if wrong := schema_fault(schema):
        return _refused(Problem("schema-error", "", wrong))
    misfits, search = list[str](), Search(schema["fields"], copy.labels)
    making = _making(copy, schema, folder, search, misfits) if job.get("make", True) else None
    try:
        verdict = validated(copy, schema, watch=making.watch) if making else validated(copy, schema)
    except (ArithmeticError, TypeError) as error:
        raise blame(copy, schema, error) from None
    report = verdict.report
    notes = [*copy.notes, *findings(copy.path, report, schema, copy.labels, copy.delimiter), *misfits]
    if making and not verdict.watched:
        search = Search(schema["fields"], copy.labels)
        making.read(search.look)
    made, rows = _made(copy, schema, making.made(), notes) if making else ([], None)
    ragged = any(error["type"] == "extra-cell" for task in report["tasks"] for error in task["errors"])
    looked = search if making else None
    scan = {"scan": scanned(path, folder, job, copy, looked, ragged=ragged)} if job.get("make", True) else {}
    facts = {"rows": row_count(copy) if rows is None else rows, "columns": len(copy.labels), "labels": list(copy.labels)}
    table = {"type": copy.kind, "encoding": copy.encoding, "dialect": copy.dialect, "schema": schema, **facts}
    table |= {"sample": [[cell[:300] for cell in row] for row in sample(copy, SAMPLE_ROWS)], "validation": verdict.facts}
    if made and job.get("splits"):
        made += _splits(copy, schema, SplitRecipe(**job["splits"]), folder, notes)
    return {"report": report, "valid": report["valid"], "problem": None, "table": {**table, "notes": notes}, "made": made, **scan}


def _making(copy: Copy, schema: dict[str, Any], folder: Path, search: Search, misfits: list[str]) -> Making | None:
    try:
        return Making(copy, schema, folder, search.look)
    except Misfit as refusal:
        misfits.append(str(refusal))
        return None


def _made(copy: Copy, schema: dict[str, Any], converted: Converted, notes: list[str]) -> tuple[list[dict[str, Any]], int]:
    """Return the values of what was made, and the number of rows."""
    notes += converted.notes
    size = copy.path.stat().st_size
    profile = make_profile(converted.path, schema["fields"], copy.labels, converted.invalid, size)
    return [converted.made, *profile], converted.rows


def _splits(
    copy: Copy, schema: dict[str, Any], recipe: SplitRecipe, folder: Path, notes: list[str]
) -> list[dict[str, Any]]:
    try:
        made = list(make_splits(copy, schema, recipe, folder))
    except NoSplits as refusal:
        notes.append(str(refusal))
        return []
    for part in tuple(made):
        path, unknown = folder / part["name"], [0] * len(schema["fields"])
        made += make_profile(path, schema["fields"], copy.labels, unknown, path.stat().st_size, part["split"])
    return made


def _inferred(copy: Copy) -> dict[str, Any]:
    return infer_schema(copy.labels, blocks(copy, len(copy.labels)))


def _refused(problem: Problem) -> dict[str, Any]:
    told = {"code": problem.code, "path": "", "message": problem.message}
    return {"report": None, "valid": None, "table": None, "problem": told, "made": []}
