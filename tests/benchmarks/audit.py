"""Full audit of a table of 1,000,000 × 12 in the sandbox, as at every harvest, beside Frictionless' validation and analysis."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from catalog.tables.convert import Converted, make_parquet
from catalog.tables.copying import Copy
from catalog.tables.personal.search import personal_data
from catalog.tables.profile import make_profile
from catalog.tables.sandbox import Sandbox
from catalog.tables.screen import validated
from schemas.problems import Problem
from tests.benchmarks.generated import WORDS

ROWS, PEER_ROWS = 1_000_000, 100_000
_STATES = ("open", "closed", "new")
SCHEMA: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"unique": True}},
        {"name": "code", "type": "string", "constraints": {"pattern": r"[A-Z]{2}-\d{4}"}},
        {"name": "name", "type": "string"},
        {"name": "region", "type": "string", "constraints": {"enum": WORDS}},
        {"name": "status", "type": "string", "constraints": {"enum": list(_STATES)}},
        {"name": "price", "type": "number", "constraints": {"minimum": 0}},
        {"name": "weight", "type": "number"},
        {"name": "amount", "type": "integer"},
        {"name": "day", "type": "date"},
        {"name": "seen", "type": "datetime"},
        {"name": "flag", "type": "boolean"},
        {"name": "note", "type": "string"},
    ],
}
_LABELS = tuple(field["name"] for field in SCHEMA["fields"])


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small = _table(folder / "large.csv", ROWS), _table(folder / "small.csv", PEER_ROWS)
        yield f"{ROWS:,} rows, 12 columns, {large.stat().st_size / 1e6:.0f} MB, declared schema."
        yield ""
        yield "| what | CPU s | MB/s of CPU | peak MB |"
        yield "|---|---|---|---|"
        audit = _audited(large)
        for what, (cpu, peak) in {"full audit": audit, **{part: _apart(part, large) for part in _PARTS}}.items():
            yield f"| {what} | {cpu:.2f} | {large.stat().st_size / 1e6 / cpu:.0f} | {peak:.0f} |"
        cpu, peak = _apart("frictionless", small)
        scaled = cpu * ROWS / PEER_ROWS
        speed = large.stat().st_size / 1e6 / scaled
        yield f"| Frictionless `validate` + `analyze` | {scaled:.0f} (scaled) | {speed:.1f} | {peak:.0f} |"
    yield ""
    yield f"Ratio {scaled / audit[0]:.0f} ×. The full audit is all that the sandbox does with a file; its parts were measured"
    yield f"in a process each, without imports. Frictionless: measured on {PEER_ROWS:,} rows, scaled by {ROWS // PEER_ROWS}."


def _table(path: Path, rows: int) -> Path:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(_LABELS) + "\n")
        for number in range(1, rows + 1):
            words = chance.choices(WORDS, k=10)
            letters = chr(65 + number % 26) + chr(65 + number // 26 % 26)
            day = f"-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{number % 60:02}"
            file.write(
                f"{number},{letters}-{chance.randrange(10_000):04},{' '.join(words[:5])},{words[0]},{chance.choice(_STATES)},"
                f"{chance.uniform(0, 1000):.2f},{chance.uniform(0, 90):.4f},{chance.randrange(10**6) if number % 20 else ''},"
                f"{chance.randrange(1990, 2024)}{day},2024{day}T{clock}Z,{chance.choice(('true', 'false'))},"
                f"{' '.join(words[5:])}\n"
            )
    return path


def _audited(path: Path) -> tuple[float, float]:
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as made:
        answer = sandbox.run(path, {"filename": path.name, "schema": SCHEMA}, Path(made))
        assert not isinstance(answer, Problem) and answer["valid"] and len(answer["made"]) == 2, answer
        return sandbox.usage.cpu, sandbox.usage.peak / 1e6


def _apart(part: str, path: Path) -> tuple[float, float]:
    environment = {**os.environ, "POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
    command = [sys.executable, "-m", "tests.benchmarks.audit", part, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env=environment
    )  # fmt: skip
    cpu, peak = json.loads(done.stdout.splitlines()[-1])
    return cpu, peak


def _copy(path: Path) -> Copy:
    return Copy(path=path, kind="csv", encoding="utf-8", delimiter=",", header=0, labels=_LABELS)


def _frictionless(path: Path) -> None:
    from frictionless import Schema
    from frictionless.resources import TableResource

    resource_of = {"path": path.name, "basepath": str(path.parent), "schema": Schema.from_descriptor(SCHEMA)}
    assert TableResource(**resource_of).validate().valid
    TableResource(**resource_of).analyze(detailed=True)


def _profile(path: Path) -> None:
    made = Converted(path=path.with_name("table.parquet"), rows=0, invalid=(0,) * len(_LABELS))
    list(make_profile(made.path, SCHEMA["fields"], _LABELS, made.invalid, 0))


_PARTS: dict[str, Callable[[Path], object]] = {
    "validate": lambda path: validated(_copy(path), SCHEMA),
    "Parquet": lambda path: make_parquet(_copy(path), SCHEMA, path.parent),
    "profile": _profile,
    "personal data": lambda path: personal_data(_copy(path), SCHEMA["fields"]),
}


def main(part: str, path: str) -> None:
    """Print CPU seconds and the peak of memory (MB) of one part."""
    began = time.process_time()
    {**_PARTS, "frictionless": _frictionless}[part](Path(path))
    print(json.dumps([time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))


if __name__ == "__main__":
    main(*sys.argv[1:])
