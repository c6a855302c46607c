"""Everything wrong with input is a Problem: a list of them, never an exception."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error` stops the record, `warning` is published with it, `notice` tells of a loss or a repair."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `path` is a JSON Pointer (RFC 6901) into what was sent, empty for the whole; `message` says what to do."""

    code: str
    path: str
    message: str
    severity: Severity = Severity.ERROR


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems stops the record."""
    return any(problem.severity is Severity.ERROR for problem in problems)
