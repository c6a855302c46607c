"""What is certainly fine, by column: masks that hold only for texts which Frictionless' reader accepts. Doubt is no error."""

import re
from collections.abc import Callable
from typing import Any

import polars
from frictionless import Field

Accept = Callable[[polars.Series], polars.Series]
"""Takes texts, returns booleans; null counts as false."""

_DAY = (
    "[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"  # the 29th of February is left to the reader
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_DATE = f"^{_DAY}$"
_DATETIME = f"^{_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?$"
INT64 = range(-(2**63), 2**63)
_NO_BOUNDS = frozenset({"nan", "snan", "inf", "infinity"})
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

# A pattern is translated only when it is made of these and nothing else.
_PIECE = re.compile(
    r"(?P<digit>\\d)|\\[!-/:;=?@\[-`{-~]|\.|\((?!\?)|\(\?:|\)|(?:[*+?]|\{\d+(?:,\d*)?\})(?![*+?{])|[^\\.\[\](){}*+?|^$\s]| "
    r"|\[(?:[0-9]-[0-9]|[A-Z]-[A-Z]|[a-z]-[a-z]|[^\W_]|[_ .,:;/@#%+])+\]",
    re.ASCII,
)


def acceptor(field: Field) -> Accept | None:
    """Return what tells certainly fine texts of a field that are not missing; None when only its reader can tell."""
    make = _MAKERS.get(field.type)
    if make is None or (field.constraints.get("enum") is not None and field.type != "string"):
        return None
    return make(field)


def _integer(field: Field) -> Accept | None:
    bounds = _bounds(field)
    if bounds is None or any(bound not in INT64 for bound in bounds.values()):
        return None

    def accept(texts: polars.Series) -> polars.Series:
        values = integers(texts)
        sure = values.is_not_null()
        for name, bound in bounds.items():
            sure &= _EXACT[name](values, bound)
        return sure

    return accept


def integers(texts: polars.Series) -> polars.Series:
    """Return int64 values; null for every other text, also for integers that are only written in another way."""
    return texts.cast(polars.Int64, strict=False)


def _number(field: Any) -> Accept | None:
    bounds = _bounds(field)
    group, point = field.group_char, field.decimal_char
    if bounds is None or not field.bare_number or len(group) > 1 or len(point) != 1:
        return None
    floats = {name: float(bound) for name, bound in bounds.items()}

    def accept(texts: polars.Series) -> polars.Series:
        plain = None
        if group:
            texts = texts.str.replace_all(group, "", literal=True)
        if point != ".":
            plain = ~texts.str.contains(".", literal=True)
            texts = texts.str.replace_all(point, ".", literal=True)
        values = texts.cast(polars.Float64, strict=False)
        sure = values.is_finite()
        for name, bound in floats.items():  # strictly inside: the reader compares decimals, floats are only near
            sure &= values > bound if "inimum" in name else values < bound
        return sure if plain is None else sure & plain

    return accept


def _date(field: Field) -> Accept | None:
    bounds = _bounds(field)
    if field.format != "default" or bounds is None:
        return None

    def accept(texts: polars.Series) -> polars.Series:
        sure = texts.str.contains(_DATE)
        for name, bound in bounds.items():  # texts of one form and width are in the order of their days
            sure &= _EXACT[name](texts, bound.isoformat())
        return sure

    return accept


def _datetime(field: Field) -> Accept | None:
    if field.format != "default" or _bounds(field) != {}:
        return None
    return lambda texts: texts.str.contains(_DATETIME)


def _boolean(field: Any) -> Accept | None:
    known = [*field.true_values, *field.false_values]
    return lambda texts: texts.is_in(known)


def _string(field: Field) -> Accept | None:
    rules = field.constraints
    pattern = translated(rules["pattern"]) if rules.get("pattern") is not None else ""
    if field.format != "default" or pattern is None:
        return None
    most, least, listed = rules.get("maxLength"), rules.get("minLength"), rules.get("enum")
    known = None if listed is None else [text for text in listed if isinstance(text, str)]

    def accept(texts: polars.Series) -> polars.Series:
        sure = texts.is_not_null() if known is None else texts.is_in(known)
        if pattern:
            sure &= texts.str.contains(pattern)
        if most is not None and not (short := texts.str.len_bytes() <= most).all():
            sure &= short | (texts.str.len_chars() <= most)
        if least is not None:
            sure &= texts.str.len_chars() >= least
        return sure

    return accept


_MAKERS: dict[str, Callable[[Any], Accept | None]] = {
    "integer": _integer, "number": _number, "date": _date, "datetime": _datetime, "boolean": _boolean, "string": _string,
}  # fmt: skip
_EXACT: dict[str, Callable[[polars.Series, Any], polars.Series]] = {
    "minimum": lambda values, bound: values >= bound, "maximum": lambda values, bound: values <= bound,
    "exclusiveMinimum": lambda values, bound: values > bound, "exclusiveMaximum": lambda values, bound: values < bound,
}  # fmt: skip


def translated(pattern: Any) -> str | None:
    """Return a pattern for the linear engine that matches no text which `^pattern$` of Python's `re` does not; or None."""
    pieces: list[str] = []
    place = 0
    while place < len(pattern):
        found = _PIECE.match(pattern, place)
        if not found:
            return None
        pieces.append("[0-9]" if found["digit"] else found[0])
        place = found.end()
    whole = f"^(?:{''.join(pieces)})$"
    try:
        re.compile(whole)
        polars.Series([""]).str.contains(whole)
    except (re.error, polars.exceptions.ComputeError):
        return None
    return whole


def _bounds(field: Field) -> dict[str, Any] | None:
    """Return the bounds as values; None when one of them is none that numbers can be compared with."""
    read = field.create_value_reader()
    bounds = {name: read(field.constraints[name]) for name in _BOUNDS if field.constraints.get(name) is not None}
    odd = any(bound is None or str(bound).strip("+-").casefold() in _NO_BOUNDS for bound in bounds.values())
    return None if odd else bounds
