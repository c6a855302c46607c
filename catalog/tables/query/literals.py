"""Values in questions, read as what the column holds."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from catalog.tables.query.page import Kind
from catalog.tables.query.tree import Value

_DIGITS, _FRACTION = 30, 12
"""Digits before and behind the decimal point that comparisons take."""
_TRUTH = {"true": True, "false": False}
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def read_value(kind: Kind, text: str) -> Value | None:
    """Return the value that a text means in a column of a kind, None where it means nothing there."""
    try:
        return _READERS[kind][1](text)
    except (ValueError, InvalidOperation, OverflowError):
        return None


def expected(kind: Kind) -> str:
    """Return in words what a column of a kind is compared with."""
    return _READERS[kind][0]


def _text(text: str) -> str:
    text.encode()  # half of a surrogate pair is no text
    return text


def _decimal(text: str) -> Decimal:
    value = Decimal(_number(text))
    if value and not -_FRACTION <= value.adjusted() < _DIGITS:
        raise ValueError
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_FRACTION:
        raise ValueError
    return value if exponent <= 0 else Decimal(int(value))


def _integer(text: str) -> int | Decimal:
    value = _decimal(text)
    return int(value) if value == value.to_integral_value() else value


def _float(text: str) -> float:
    value = float(_number(text))
    if not math.isfinite(value):
        raise ValueError
    return value


def _number(text: str) -> str:
    if len(text) > 60 or not _NUMBER.fullmatch(text):
        raise ValueError
    return text


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise ValueError
    return _TRUTH[text.lower()]


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value


def _time(text: str) -> time:
    value = time.fromisoformat(text)
    if value.tzinfo:
        raise ValueError
    return value


def _nothing(text: str) -> str:
    raise ValueError


_READERS: Mapping[Kind, tuple[str, Callable[[str], Value]]] = {
    Kind.INTEGER: ("a number such as 5", _integer),
    Kind.NUMBER: ("a number such as 2.5", _float),
    Kind.DECIMAL: (f"a number such as 2.5, with at most {_FRACTION} digits behind the point", _decimal),
    Kind.BOOLEAN: ("true or false", _truth),
    Kind.DATE: ("a date such as '2026-11-23'", date.fromisoformat),
    Kind.DATETIME: ("a time such as '2026-11-23T12:00:00'", _moment),
    Kind.TIME: ("a time of day such as '12:00:00'", _time),
    Kind.TEXT: ("a text in single quotes", _text),
    Kind.OTHER: ("IS NULL or IS NOT NULL, since this column holds lists or objects", _nothing),
}
