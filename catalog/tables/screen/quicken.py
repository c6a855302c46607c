"""Makes Frictionless' reports cheaper without changing a word of them: most of their cost is spelling names and copying texts."""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from frictionless.metadata import metadata
from frictionless.vendors import stringcase

_FIXED = frozenset({str, int, float, bool, type(None)})


def quicken() -> None:
    """Put a memory before the spelling of names, and a plain copy in place of the general one."""
    for module, name, quicker in (
        (stringcase, "snakecase", lru_cache(4096)(stringcase.snakecase)),
        (stringcase, "camelcase", lru_cache(4096)(stringcase.camelcase)),
        (metadata, "deepcopy", _copied),
    ):
        setattr(module, name, quicker)


def _copied(value: Any) -> Any:
    kind = type(value)
    if kind in _FIXED:
        return value
    if kind is list:
        return [item if type(item) is str else _copied(item) for item in value]
    if kind is dict:
        return {key: item if type(item) is str else _copied(item) for key, item in value.items()}
    return deepcopy(value)
