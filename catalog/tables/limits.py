"""How much a table may cost; passing a limit is a Problem, never a crash."""

from dataclasses import dataclass, replace

_MB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes unless the name says otherwise. `written` is one file that a job writes, `unpacked` what comes out of an archive."""

    memory: int = 3 * 2**30
    resident: int = 1536 * _MB
    cpu_seconds: int = 120
    wall_seconds: int = 180
    written: int = 2**30
    unpacked: int = 2 * 2**30
    ratio: int = 200
    columns: int = 16_384
    record: int = 16 * _MB
    depth: int = 64
    cells: int = 50_000_000
    answer: int = 16 * _MB

    def scaled(self, byte_size: int, *, packed: bool = False) -> "Limits":
        """Return the limits for a file: from 100 MB on, a CPU second more a MB up to an hour, and room for its copies.

        Of a packed file nobody knows the size before it is unpacked; ten times its own is assumed.
        """
        size = min(self.unpacked, byte_size * 10) if packed else byte_size
        more = max(0, size // _MB - 100)
        return replace(
            self,
            cpu_seconds=min(self.cpu_seconds + more, max(self.cpu_seconds, 3600)),
            wall_seconds=min(self.wall_seconds + more * 3 // 2, max(self.wall_seconds, 5400)),
            written=min(max(self.written, 3 * size), 8 * 2**30),
        )


LIMITS = Limits()
SAMPLE_ROWS = 20
LIMIT_ERRORS = 1000
