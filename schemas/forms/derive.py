"""Forms follow the records: the fields of a frozen dataclass become those of its Marshmallow form, rules come from a table."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import EnumType
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_dump, post_load

from schemas.forms.rules import MAX_ITEMS, RULES, Coded, text_rules
from schemas.texts import Keywords, Text


class RecordForm(Schema):
    """A form for one record class; empty values are left out when written."""

    class Meta:
        unknown = RAISE

    record: type
    error_messages = {  # noqa: RUF012 - Marshmallow's own way to declare them
        "unknown": Coded("unknown-field", "This property does not exist; check its spelling or remove it."),
        "type": Coded("not-an-object", "This must be an object with named properties."),
    }

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Any:
        """Build the record."""
        return self.record(**values)

    @post_dump
    def drop_empty(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out what says nothing."""
        return {key: value for key, value in values.items() if value not in (None, "", {}, [], ())}


def form_for(record: type) -> RecordForm:
    """Return the form of a record class, made once."""
    return _made(record)


@cache
def _made(record: Any) -> RecordForm:
    kind = typing.cast(type, record)
    hints = typing.get_type_hints(kind)
    members = {f.name: _field(hints[f.name], kind, f) for f in dataclasses.fields(kind)}
    made: RecordForm = type(f"{kind.__name__}Form", (RecordForm,), {**members, "record": kind})()
    return made


def _field(hint: Any, record: type, declared: dataclasses.Field[Any]) -> fields.Field[Any]:
    required = declared.default is dataclasses.MISSING and declared.default_factory is dataclasses.MISSING
    options = {"required": required, "error_messages": _MESSAGES, "validate": RULES.get((record, declared.name), [])}
    return _typed(hint, options)


def _typed(hint: Any, options: dict[str, Any]) -> fields.Field[Any]:
    if hint == Text:
        return LanguageMap(**options)
    if hint == Keywords:
        return KeywordMap(**options)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        return _typed(inner, {**options, "allow_none": True})
    if typing.get_origin(hint) is tuple:
        return TupleOf(_typed(typing.get_args(hint)[0], {"error_messages": _MESSAGES}), **options)
    if typing.get_origin(hint) is Mapping:
        return _mapping(typing.get_args(hint)[1], options)
    if isinstance(hint, EnumType):
        return fields.Enum(hint, by_value=True, **options)
    if dataclasses.is_dataclass(hint):
        return fields.Nested(form_for(typing.cast(type, hint)), **options)
    kind, wanted = _SCALARS[hint]
    messages = {**_MESSAGES, "invalid": Coded("wrong-type", f"This value has the wrong type: give {wanted}.")}
    return kind(**{**options, "error_messages": messages})


def _mapping(value: Any, options: dict[str, Any]) -> fields.Field[Any]:
    values = None if value is Any else _typed(value, {"error_messages": _MESSAGES})
    return fields.Dict(keys=fields.String(), values=values, **options)


class Words(fields.String):
    """A text: trimmed, without control characters, bounded in length."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        words = super()._deserialize(value, attr, data, **kwargs)
        return text_rules(words)


class LanguageMap(fields.Field[dict[str, str]]):
    """A text by language; plain words become `und`; empty ones are left out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        if isinstance(value, str):
            value = {"und": value}
        if not isinstance(value, Mapping) or not all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
            raise ValidationError(Coded("not-a-text", "Give a text, or texts by language code such as {\"kk\": …, \"ru\": …}."))
        return {language: words for language, given in value.items() if (words := text_rules(given))}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return dict(value)


class KeywordMap(fields.Field[dict[str, tuple[str, ...]]]):
    """Keywords by language; a plain list becomes `und`; repeated ones are left out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, tuple[str, ...]]:
        if isinstance(value, list):
            value = {"und": value}
        if not isinstance(value, Mapping) or not all(isinstance(words, list) for words in value.values()):
            raise ValidationError(Coded("not-keywords", "Give lists of words by language code such as {\"ru\": [\"вода\"]}."))
        clean = {language: self._clean(words) for language, words in value.items()}
        return {language: words for language, words in clean.items() if words}

    def _clean(self, words: list[Any]) -> tuple[str, ...]:
        if len(words) > MAX_ITEMS or not all(isinstance(word, str) for word in words):
            raise ValidationError(Coded("not-keywords", f"Keywords are at most {MAX_ITEMS} texts."))
        return tuple(dict.fromkeys(clean for word in words if (clean := text_rules(word))))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return {language: list(words) for language, words in value.items()}


class TupleOf(fields.List[Any]):
    """A list that becomes a tuple, bounded in length."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, list) and len(value) > MAX_ITEMS:
            raise ValidationError(Coded("too-many", f"At most {MAX_ITEMS} entries are taken; split the dataset into several."))
        return tuple(super()._deserialize(value, attr, data, **kwargs))


_SCALARS: dict[Any, tuple[type[fields.Field[Any]], str]] = {
    str: (Words, "a text"), int: (fields.Integer, "a whole number"), float: (fields.Float, "a number"),
    bool: (fields.Boolean, "true or false"), Any: (fields.Raw, "a value"),
}  # fmt: skip

_MESSAGES = {
    "required": Coded("missing", "This property is required."),
    "null": Coded("missing", "This property must have a value; leave it out when there is none."),
    "invalid": Coded("wrong-type", "This value has the wrong type."),
    "type": Coded("wrong-type", "This value must be an object."),
    "too_large": Coded("too-large", "This number is too large."),
    "special": Coded("wrong-type", "NaN and infinity are not numbers here."),
    "invalid_utf8": Coded("wrong-encoding", "This text is not UTF-8."),
    "unknown": Coded("unknown-value", "Use one of: {choices}."),
}
