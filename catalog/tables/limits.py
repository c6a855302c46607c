"""How much a table may cost; passing a limit is a Problem, never a crash."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes unless the name says otherwise."""

    memory: int = 3 * 2**30
    resident: int = 1536 * 2**20
    cpu_seconds: int = 120
    wall_seconds: int = 180
    written: int = 2**30
    unpacked: int = 2**30
    ratio: int = 200
    columns: int = 16_384
    record: int = 16 * 2**20
    depth: int = 64
    cells: int = 50_000_000
    answer: int = 16 * 2**20


LIMITS = Limits()
SAMPLE_ROWS = 20
LIMIT_ERRORS = 1000
