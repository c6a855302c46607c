"""Holds datasets to SHACL shapes in a sandbox; a verdict is kept as long as neither the graph nor the shapes change."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from catalog.quality.evidence import Evidence, ShapeFacts
from catalog.tables.folders import job_folder
from catalog.tables.limits import Limits
from catalog.tables.sandbox import Sandbox
from schemas.forms import canonical
from schemas.problems import Problem
from schemas.profiles.base import WriteContext
from schemas.profiles.standards.dcat import PROFILE

LIMITS = Limits(memory=2 * 2**30, resident=2**30, cpu_seconds=60, wall_seconds=120)
MAX_BYTES = 2 * 2**20
"""Bytes of a dataset's N-Triples; a larger graph is not tried out."""
ALONE = 200_000
"""Bytes from which on graphs are tried out one by one, so that a bomb costs its own time only."""
SANDBOXES, FEW = 2, 10
"""Sandboxes at most, since each may take a gigabyte, and graphs that are not worth another."""
OURS = "Qoima's of DCAT-AP 3.0.1"


class Shapes:
    """The shapes of a folder or file (`path`), else our own; keeps sandboxes that stand by, since starting one takes seconds."""

    def __init__(self, path: Path | None, folder: Path, base_url: str) -> None:
        self._path, self._folder = path, folder
        self._sandboxes = [Sandbox(LIMITS) for _ in range(min(SANDBOXES, os.cpu_count() or 1))]
        self._context = WriteContext(base_url=base_url)

    @cached_property
    def files(self) -> list[Path]:
        """Return the files of the shapes."""
        if self._path is None:
            return [Path(str(files("catalog.quality.shacl") / "dcat_ap_3.ttl"))]
        return sorted(self._path.glob("*.ttl")) if self._path.is_dir() else [self._path]

    @cached_property
    def digest(self) -> str:
        """Return the hash of the shapes."""
        return hashlib.sha256(b"\0".join(one.read_bytes() for one in self.files)).hexdigest()

    @property
    def title(self) -> str:
        """Return the name of the shapes for reports."""
        return OURS if self._path is None else f"{self._path.name} {self.digest[:8]}"

    def judged(self, evidence: Sequence[Evidence], last: Mapping[str, ShapeFacts] | None = None) -> list[Evidence]:
        """Return the evidence with verdicts; those of `last`, by name, are taken where nothing changed since."""
        keys = [canonical([self.digest, _writer(), self._context.base_url, one.document])[1] for one in evidence]
        known = [(last or {}).get(one.dataset.name) for one in evidence]
        new = [at for at, (facts, key) in enumerate(zip(known, keys, strict=True)) if not facts or facts.key != key]
        graphs = [PROFILE.write(evidence[at].dataset, self._context, "nt").decode() for at in new]
        results = dict(zip(new, self._shared(graphs), strict=True))
        made = []
        for at, one in enumerate(evidence):
            facts = known[at]
            made.append(replace(one, shapes=facts) if at not in results and facts else self._with(one, results[at], keys[at]))
        return made

    def _with(self, evidence: Evidence, result: Mapping[str, Any], key: str) -> Evidence:
        facts = ShapeFacts(conforms=result["conforms"], problems=tuple(result["problems"]), shapes=self.title, key=key)
        if facts.conforms is None:  # tried again with the next audit
            return replace(evidence, shapes=replace(facts, key=""), faults={**evidence.faults, "shapes": result["fault"]})
        return replace(evidence, shapes=facts)

    def _shared(self, graphs: Sequence[str]) -> list[dict[str, Any]]:
        """Try out graphs in as many sandboxes as they are worth."""
        each = max(FEW, -(-len(graphs) // len(self._sandboxes)))
        parts = [graphs[start : start + each] for start in range(0, len(graphs), each)]
        with ThreadPoolExecutor(len(self._sandboxes)) as pool:
            return [one for part in pool.map(self._tried, parts, self._sandboxes) for one in part]

    def _tried(self, graphs: Sequence[str], sandbox: Sandbox) -> list[dict[str, Any]]:
        """Try out graphs together; where the child is stopped, one by one, so that only the culprit goes without a verdict."""
        if len(graphs) == 1 and len(graphs[0]) > MAX_BYTES:
            return [_none("too-large")]
        if len(graphs) > 1 and any(len(graph) > ALONE for graph in graphs):
            return [one for graph in graphs for one in self._tried([graph], sandbox)]
        answer = self._run(graphs, sandbox)
        if not isinstance(answer, Problem):
            return list(answer["results"])
        if len(graphs) == 1:
            return [_none(answer.code)]
        half = len(graphs) // 2
        return [*self._tried(graphs[:half], sandbox), *self._tried(graphs[half:], sandbox)]

    def _run(self, graphs: Sequence[str], sandbox: Sandbox) -> dict[str, Any] | Problem:
        with job_folder(self._folder) as folder:
            path = folder / "graphs.json"
            path.write_text(json.dumps(list(graphs)), "utf-8")
            shapes = [str(one.absolute()) for one in self.files]
            return sandbox.run(path, {"job": "shapes", "shapes": shapes, "reads": shapes}, folder)

    def close(self) -> None:
        """Stop the sandboxes."""
        for one in self._sandboxes:
            one.close()


@cache
def _writer() -> str:
    """Return the hash of the code that writes graphs: another may write another graph of the same dataset."""
    code = (one for place in ("rdf", "standards") for one in sorted((files("schemas.profiles") / place).iterdir(), key=str))
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in code if one.name.endswith(".py"))).hexdigest()


def _none(why: str) -> dict[str, Any]:
    return {"conforms": None, "problems": [], "fault": why}
