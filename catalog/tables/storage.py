"""How values of a Table Schema type are stored in Parquet, so that no digit and no time zone is lost where that can be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import polars
from frictionless import Field
from frictionless.fields import BooleanField, NumberField

from catalog.tables.digits import check_digits, loses_digits


class Unfit(Exception):
    """A valid value that the storage of its column cannot hold."""


@dataclass(frozen=True, slots=True)
class Storage:
    """A type of Parquet; `rounded` where not even decimals hold all the numbers of a column."""

    kind: polars.DataType
    rounded: bool = False


TEXT = Storage(polars.String())
_INTEGER, _LONG = Storage(polars.Int64()), Storage(polars.Decimal(38, 0))
_FLOAT, _ROUNDED = Storage(polars.Float64()), Storage(polars.Float64(), rounded=True)
_LOCAL, _UTC = Storage(polars.Datetime("us")), Storage(polars.Datetime("us", "UTC"))
_TIME, _DATE, _BOOLEAN = Storage(polars.Time()), Storage(polars.Date()), Storage(polars.Boolean())

Needs = tuple[int, ...]
"""What a value needs of its storage, larger being more; what several need is the largest of each."""


@dataclass(frozen=True, slots=True)
class Form:
    """What to do with a Table Schema type.

    `first` is its storage while nothing speaks against it (None: a first value decides), `cast` makes values of texts that an
    acceptor is sure of, `fit` returns a value as the storage takes it; both raise Unfit. `needs` tells what a value needs,
    `store` the storage with all of that.
    """

    first: Storage | None
    cast: Callable[[polars.Series, Storage, Any], polars.Series]
    fit: Callable[[Any, Storage], Any] = lambda value, storage: value
    needs: Callable[[Any], Needs] = lambda value: ()
    store: Callable[[Needs], Storage] = lambda needs: TEXT


def form_of(field: Field) -> Form:
    """Return the form of a field's type; types that Parquet lacks stay texts."""
    return _FORMS.get(field.type, _TEXTS)


def _cast(texts: polars.Series, storage: Storage, field: Any) -> polars.Series:
    return texts.cast(storage.kind, strict=False)


def _fit_integer(value: int, storage: Storage) -> Any:
    if _needs_integer(value)[0] > (_INTEGER, _LONG, TEXT).index(storage):
        raise Unfit
    return value if storage == _INTEGER else Decimal(value)


def _needs_integer(value: int) -> Needs:
    return (0 if -(2**63) <= value < 2**63 else 1 if abs(value) < 10**38 else 2,)


def _cast_number(texts: polars.Series, storage: Storage, field: NumberField) -> polars.Series:
    if field.group_char:
        texts = texts.str.replace_all(field.group_char, "", literal=True)
    if field.decimal_char != ".":
        texts = texts.str.replace_all(field.decimal_char, ".", literal=True)
    values = texts.cast(storage.kind, strict=False)
    if storage == _FLOAT and not field.float_number and not check_digits(texts, values):
        raise Unfit
    return values


def _fit_number(value: Decimal | float, storage: Storage) -> Any:
    if storage.kind == polars.Float64:
        if not storage.rounded and isinstance(value, Decimal) and loses_digits(value):
            raise Unfit
        return float("nan") if isinstance(value, Decimal) and value.is_snan() else float(value)  # a signalling NaN has no float
    return value


def _needs_number(value: Decimal | float) -> Needs:
    if not (isinstance(value, Decimal) and value.is_finite()):
        return (0, 0, 1)
    exponent = int(value.as_tuple().exponent)
    return (max(0, value.adjusted() + 1), max(0, -exponent), 0)


def _store_number(needs: Needs) -> Storage:
    whole, scale, endless = needs
    return _ROUNDED if endless or whole + scale > 38 else Storage(polars.Decimal(38, scale))


def _cast_datetime(texts: polars.Series, storage: Storage, field: Any) -> polars.Series:
    zoned = texts.str.ends_with("Z")
    if storage == TEXT:
        return texts
    if (zoned if storage == _LOCAL else ~zoned).any():
        raise Unfit
    form = "%Y-%m-%dT%H:%M:%S" if storage == _LOCAL else "%Y-%m-%dT%H:%M:%SZ"
    values = texts.str.to_datetime(form, time_unit="us", strict=False, cache=False)
    return values if storage == _LOCAL else values.dt.replace_time_zone("UTC")


def _fit_datetime(value: datetime, storage: Storage) -> Any:
    if _store_datetime(_needs_datetime(value)) != storage:
        raise Unfit
    return value.replace(tzinfo=None) if storage == _LOCAL else value.astimezone(UTC)


def _needs_datetime(value: datetime) -> Needs:
    try:
        value.astimezone(UTC) if value.tzinfo else None
    except OverflowError:  # the year 0 or 10000 in UTC
        return (1, 1)
    return (0, 1) if value.tzinfo else (1, 0)


def _store_datetime(needs: Needs) -> Storage:
    return {(1, 0): _LOCAL, (0, 1): _UTC}.get((needs[0], needs[1]), TEXT)


def _fit_time(value: time, storage: Storage) -> Any:
    if value.tzinfo:
        raise Unfit
    return value


def _cast_boolean(texts: polars.Series, storage: Storage, field: BooleanField) -> polars.Series:
    meanings = dict.fromkeys(field.true_values, True) | dict.fromkeys(field.false_values, False)
    return texts.is_in([text for text, meant in meanings.items() if meant])


_TEXTS = Form(TEXT, lambda texts, storage, field: texts)
_FORMS = {
    "integer": Form(_INTEGER, _cast, _fit_integer, _needs_integer, lambda n: (_INTEGER, _LONG, TEXT)[n[0]]),
    "number": Form(_FLOAT, _cast_number, _fit_number, _needs_number, _store_number),
    "datetime": Form(None, _cast_datetime, _fit_datetime, _needs_datetime, _store_datetime),
    "time": Form(_TIME, _cast, _fit_time, lambda value: (int(bool(value.tzinfo)),), lambda n: (_TIME, TEXT)[n[0]]),
    "date": Form(_DATE, lambda texts, storage, field: texts.str.to_date("%Y-%m-%d", strict=False, cache=False)),
    "boolean": Form(_BOOLEAN, _cast_boolean),
    "year": Form(_INTEGER, _cast),
}
