"""Which findings keep a file from being public."""

from collections.abc import Iterable, Mapping
from typing import Any

DETECTOR = 2
"""Grows when kinds or rules change, so that what an older one let pass can be looked at again."""
BLOCKING = frozenset({"certain", "likely"})
"""Levels of findings that keep a file from being public; `review` is a hint."""


def blocking(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the findings that keep a file from being public."""
    return [one for one in findings if one["level"] in BLOCKING]
