"""One table read both ways: by Frictionless alone and by the screen."""

import copy as copies
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.tables.cells import blocks
from catalog.tables.copying import Copy, copied
from catalog.tables.guards import NotATable
from catalog.tables.infer import infer_schema
from catalog.tables.screen import Pace, Verdict, validated
from schemas.problems import Problem
from tests.catalog.tables.screen.generate import Made

ALONE = Pace(fewest=2**62)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`path` is "screen", "frictionless", "raises" or "unread"; `difference` is empty when both ways agree."""

    path: str
    why: str = ""
    difference: str = ""


def compared(made: Made, folder: Path) -> Outcome:
    """Read a generated file both ways in an empty folder."""
    path = folder / "given.csv"
    path.write_bytes(made.content)
    try:
        copy = copied(path, folder, {"encoding": made.encoding, "delimiter": made.delimiter, "filename": "given.csv"})
    except (NotATable, UnicodeDecodeError) as error:
        return Outcome("unread", str(error)[:60])
    if isinstance(copy, Problem):
        return Outcome("unread", copy.message)
    return agreed(copy, made.schema or inferred(copy), made.limit, Pace(fewest=0, piece=made.piece, cell=0))


def inferred(copy: Copy) -> dict[str, Any]:
    """Return the schema that a job without one would use."""
    return infer_schema(copy.labels, blocks(copy, len(copy.labels)))


def agreed(copy: Copy, schema: dict[str, Any], limit: int, pace: Pace) -> Outcome:
    """Validate both ways and say where the reports or the totals differ."""
    alone, screened = _run(copy, schema, limit, ALONE), _run(copy, schema, limit, pace)
    if isinstance(alone, str) or isinstance(screened, str):
        return Outcome("raises", "", "" if alone == screened else f"{alone} != {screened}")
    outcome = Outcome(screened.facts["path"], screened.facts["why"])
    if (expected := _plain(alone)) != (found := _plain(screened)):
        return Outcome(outcome.path, outcome.why, _first_difference(expected, found))
    whole = _run(copy, schema, 0, ALONE) if alone.facts["errors_total"] is None else alone
    totals = ("rows_total", "errors_total", "by")
    if outcome.path == "screen" and not outcome.why and isinstance(whole, Verdict):
        for name in totals:
            if whole.facts[name] != screened.facts[name]:
                return Outcome(outcome.path, "", f"{name}: {whole.facts[name]} != {screened.facts[name]}")
    return outcome


def _run(copy: Copy, schema: dict[str, Any], limit: int, pace: Pace) -> Verdict | str:
    try:
        return validated(copy, copies.deepcopy(schema), limit, pace)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _plain(verdict: Verdict) -> dict[str, Any]:
    """Return a report without what is not the same by design: seconds, and bytes where a limit stopped the reading."""
    report = copies.deepcopy(verdict.report)
    report["stats"].pop("seconds")
    for task in report["tasks"]:
        task["stats"].pop("seconds")
        if any("error limit" in warning for warning in task["warnings"]):
            task["stats"].pop("bytes", None)
    return report


def _first_difference(expected: Any, found: Any, path: str = "") -> str:
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            if expected.get(key) != found.get(key):
                return _first_difference(expected.get(key), found.get(key), f"{path}/{key}")
    if isinstance(expected, list) and isinstance(found, list):
        for index in range(max(len(expected), len(found))):
            one, other = expected[index : index + 1], found[index : index + 1]
            if one != other:
                return _first_difference(*(items[0] if items else None for items in (one, other)), f"{path}/{index}")
    return f"{path}: {str(expected)[:500]} != {str(found)[:500]}"
