"""The time as an argument: services take a clock, tests bring their own."""

from collections.abc import Callable
from datetime import UTC, datetime

from schemas.dates import utc

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def stamp(clock: Clock) -> str:
    """Return the time of a clock as ISO 8601 in UTC, to the second."""
    return utc(clock())
