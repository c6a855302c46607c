"""Harvest sources, their runs, and what a run remembers, as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schemas.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestSource:
    """A portal that we harvest. `url` is its base; `secret_name` names the setting that holds its key, never the key.

    `files` is `copy` (up to `max_bytes` a file) or `link`; `invalid` is `publish` or `hold`. `license`: of the portal's terms.
    """

    name: str
    kind: str
    url: str
    title: str = ""
    agency: str = ""
    language: str = "und"
    license: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    files: str = "copy"
    max_bytes: int = 100 * 2**20
    invalid: str = "publish"
    secret_name: str = ""
    schedule: str = ""
    paused: bool = False


class RunState(StrEnum):
    """`complete` saw the whole source; `incomplete` ended early and removed nothing; `held` waits for a steward."""

    RUNNING = "running"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run did, by record: `seen` = added + changed + unchanged + failed; vanished ones are counted beside."""

    seen: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    missing: int = 0
    withdrawn: int = 0
    files_stored: int = 0
    files_failed: int = 0
    tables_valid: int = 0
    tables_invalid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestRun:
    """One run over a source, with its counts; `checkpoint` is where a killed run goes on."""

    id: int
    source: str
    state: RunState
    started: str
    finished: str = ""
    counts: Counts = field(default_factory=Counts)
    problems: int = 0
    checkpoint: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class RunProblem:
    """A Problem met in a run, with the record it belongs to (empty for the source itself)."""

    identifier: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestedRecord:
    """What a run remembers of one raw record, so that the next one can tell new, changed, unchanged and vanished.

    `raw_hash` is that of the last *good* version applied; `missing_runs` counts complete runs without it.
    """

    source: str
    identifier: str
    dataset: str
    raw_hash: str
    modified: str = ""
    seen_run: int = 0
    missing_runs: int = 0
