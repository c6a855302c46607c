"""One table validated in a process of its own, so that its memory and CPU time are its own; imports are not counted."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frictionless import Resource, Schema

from tests.benchmarks.wide import SCHEMA


def main(way: str, path: str, limit: str, times: str) -> None:
    """Validate so many times and print the figures as JSON; of several times the fastest counts."""
    run = _ours(Path(path), int(limit)) if way == "screen" else _frictionless(Path(path), int(limit))
    seconds = []
    for _ in range(int(times)):
        started = time.process_time()
        report = run()
        seconds.append(time.process_time() - started)
    task = report["tasks"][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": min(seconds), "peak": peak, "errors": len(task["errors"]), "sha256": task["stats"].get("sha256")}))


def _frictionless(path: Path, limit: int) -> Callable[[], dict[str, Any]]:
    def run() -> dict[str, Any]:
        resource = Resource(path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(SCHEMA), encoding="utf-8")
        report: dict[str, Any] = resource.validate(limit_errors=limit).to_descriptor()
        return report

    return run


def _ours(path: Path, limit: int) -> Callable[[], dict[str, Any]]:
    from catalog.tables.copying import Copy
    from catalog.tables.screen import validated

    labels = tuple(field["name"] for field in SCHEMA["fields"])
    copy = Copy(path=path, kind="csv", encoding="utf-8", delimiter=",", header=0, labels=labels)
    return lambda: validated(copy, SCHEMA, limit).report


if __name__ == "__main__":
    main(*sys.argv[1:])
