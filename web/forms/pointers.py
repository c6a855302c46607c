"""Places in a dataset document, written `responsibility/owner` or `temporal/0/start`: read, written, and what they may hold."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any

from schemas.dataset import Dataset
from schemas.texts import Keywords, Text

EMPTY: tuple[Any, ...] = (None, "", {}, [], ())


def get(document: Any, pointer: str) -> Any:
    """Return what stands at a place, None where there is nothing."""
    for step in filter(None, pointer.split("/")):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list | tuple) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def put(document: Any, pointer: str, value: Any) -> Any:
    """Return a document with a value at a place; what becomes empty by that is left out."""
    if not pointer:
        return value
    step, _, rest = pointer.partition("/")
    if step.isdigit():
        entries = list(document or [])
        entries += [{}] * (int(step) + 1 - len(entries))
        entries[int(step)] = put(entries[int(step)], rest, value)
        return [one for one in entries if one not in EMPTY]
    whole = dict(document or {})
    whole[step] = put(whole.get(step), rest, value)
    return {key: told for key, told in whole.items() if told not in EMPTY}


def kind(pointer: str) -> Any:
    """Return the type that the records declare for a place; raises KeyError for one that they do not have."""
    hint: Any = Dataset
    for step in pointer.split("/"):
        if dataclasses.is_dataclass(hint):
            hint = typing.get_type_hints(hint)[step]
        else:
            hint = typing.get_args(hint)[0 if step.isdigit() else 1]
        if typing.get_origin(hint) in (types.UnionType, typing.Union):
            hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def is_text(hint: Any) -> bool:
    """Tell whether a place holds a text by languages."""
    return bool(hint == Text)


def is_keywords(hint: Any) -> bool:
    """Tell whether a place holds keywords by languages."""
    return bool(hint == Keywords)
