"""One local table, validated: for the command line and for the service behind harvests and uploads."""

import hashlib
import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.records import Derivative
from catalog.tables.folders import job_folder
from catalog.tables.sandbox import Sandbox
from schemas.problems import Problem
from schemas.table import Field, TableSchema
from schemas.texts import pick


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """`report` is Frictionless' own; `table` the facts of `FileRecord.table`; `valid` is None where nothing could be checked.

    `derived` are the files that were made and handed to `keep`; `scan` see `catalog.tables.personal.scanning`, None where the
    job did not come so far.
    """

    valid: bool | None = None
    report: Mapping[str, Any] | None = None
    table: Mapping[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    derived: tuple[Derivative, ...] = ()
    scan: Mapping[str, Any] | None = None


def validate_file(path: Path, schema: Path | None = None, correction: Mapping[str, Any] | None = None) -> TableResult:
    """Validate a local file, against a Table Schema in JSON when one is given, read as `correction` says."""
    try:
        declared = json.loads(schema.read_bytes()) if schema else None
    except ValueError as error:
        return TableResult(problems=(Problem("schema-error", "", f"The schema is not JSON ({error}); correct it."),))
    with Sandbox() as sandbox:
        return validate_in(sandbox, path, {"filename": path.name, "schema": declared, "make": False, **(correction or {})})


def validate_in(
    sandbox: Sandbox, path: Path, options: dict[str, Any], keep: Callable[[Path, str], object] = lambda made, sha256: None,
    parent: Path | None = None,
) -> TableResult:  # fmt: skip
    """Validate in a sandbox that the caller keeps; `keep` takes each file that was made, before its folder goes.

    The folder of the job stands in `parent`, which should have room for copies of the file.
    """
    with job_folder(parent) as folder:
        answer = sandbox.run(path, options, folder)
        if isinstance(answer, Problem):
            return TableResult(problems=(answer,))
        derived = tuple(_kept(folder, made, keep) for made in answer["made"])
    problem = answer["problem"]
    return TableResult(
        valid=answer["valid"], report=answer["report"], table=answer["table"], derived=derived,
        scan=answer.get("scan"),
        problems=(Problem(**problem),) if problem else (),
    )  # fmt: skip


def _kept(folder: Path, values: Mapping[str, Any], keep: Callable[[Path, str], object]) -> Derivative:
    path = folder / str(values["name"])
    facts = path.lstat()  # the child is not trusted: it may name, link or plant anything
    if path.parent != folder or not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1:
        raise ValueError(f"The job made something that is no file of its own: {values['name']!r}")
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    made = Derivative(**values, sha256=sha256, byte_size=path.stat().st_size)
    keep(path, sha256)
    return made


def descriptor(schema: TableSchema) -> dict[str, Any]:
    """Return a Table Schema as the plain descriptor that Frictionless reads; nothing in it points elsewhere."""
    found: dict[str, Any] = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json"}
    found |= {"fields": [_field(field) for field in schema.fields], "missingValues": list(schema.missing_values)}
    if schema.primary_key:
        found["primaryKey"] = list(schema.primary_key)
    return found


def _field(field: Field) -> dict[str, Any]:
    made = {"name": field.name, "type": field.type or "any", "format": field.format or "default", **field.options}
    about = {
        "title": pick(field.title, "en").words, "description": pick(field.description, "en").words, "unit": field.unit,
        "rdfType": field.rdf_type, "missingValues": list(field.missing_values), "constraints": dict(field.constraints),
    }  # fmt: skip
    return made | {key: value for key, value in about.items() if value}
