"""What an action is, and how its arguments are read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Arguments = Mapping[str, Any]
EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action; `about` is what `help_show` tells. `run` may raise whatever the catalogue raises, and Refused.

    One that `writes` is for those who are known, and never by GET.
    """

    name: str
    about: str
    run: Callable[[Arguments], Any]
    writes: bool = False


class Refused(Exception):
    """An action that is not done; `body` is CKAN's error object."""

    def __init__(self, status: int, kind: str, message: str = "", fields: Mapping[str, list[str]] = EMPTY) -> None:
        super().__init__(message)
        self.status, self.body = status, {"__type": kind, **({"message": message} if message else {}), **fields}


def invalid(**fields: str) -> Refused:
    """Return the error for arguments, each with a sentence."""
    return Refused(409, "Validation Error", fields={name: [sentence] for name, sentence in fields.items()})


def needed(given: Arguments, name: str) -> str:
    """Return a text that must be given."""
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise invalid(**{name: "Missing value"})
    return value


def whole(given: Arguments, name: str, default: int, most: int) -> int:
    """Return a whole number from 0 on, cut to `most`."""
    value = given.get(name, default)
    text = str(default if value is None or value == "" else value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 20):
        raise invalid(**{name: "Must be a whole number from 0 on"})
    return min(int(text), most)


def flag(given: Arguments, name: str, *, default: bool = False) -> bool:
    """Return a yes or no."""
    value = str(given.get(name, default)).lower()
    if value not in ("true", "false", "1", "0", "yes", "no", ""):
        raise invalid(**{name: "Must be true or false"})
    return value in ("true", "1", "yes")


def listed(given: Arguments, name: str) -> tuple[str, ...]:
    """Return texts given as a list, as JSON of one, or with commas between them."""
    value = _unpacked(given, name, "[")
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(part, str) for part in parts):
        raise invalid(**{name: "Must be a list of texts"})
    return tuple(part.strip() for part in parts if part.strip())


def mapped(given: Arguments, name: str) -> Mapping[str, Any]:
    """Return an object given as such or as JSON, empty where there is none."""
    value = _unpacked(given, name, "{")
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise invalid(**{name: "Must be an object, or JSON of one"})
    return value


def _unpacked(given: Arguments, name: str, begin: str) -> Any:
    value = given.get(name)
    if isinstance(value, str) and value.lstrip().startswith(begin):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise invalid(**{name: "Cannot parse JSON"}) from None
    return value
