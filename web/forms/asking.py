"""`asked("responsibility/owner", "Owner")` makes the field for a place of the document; its kind follows from the records."""

from collections.abc import Callable, Iterable
from enum import EnumType
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField

from schemas.texts import pick
from schemas.vocabularies import vocabulary
from web.forms import fields, pointers

Choices = Callable[[str], Iterable[tuple[str, ...]]]
"""Returns values with their words in a language, and what follows from each where that is said."""


def asked(
    pointer: str, label: str, hint: str = "", *, long: bool = False, choices: Choices | None = None, needed: bool = False,
    folded: bool = False, kind: type[Field] | None = None,
) -> Any:  # fmt: skip
    """Return a field for a place of the document; one without a place is left to its form, which must say its `kind`.

    `long` is for texts of several lines; `folded` ones stand in a fold.
    """
    chosen = kind or _kind(pointers.kind(pointer), long=long, choices=choices is not None)
    about: dict[str, Any] = {"pointer": pointer, "hint": hint, "needed": needed, "folded": folded}
    if choices:
        about["choices_in"] = staticmethod(choices)
    more = {"choices": [], "validate_choice": False} if issubclass(chosen, SelectField | fields.Checks) else {}
    made = type(chosen.__name__, (chosen,), about)
    return made(label, **more)


def terms(name: str, *, empty: str = "", value: str = "iri") -> Choices:
    """Return the choices of a vocabulary, by label; with words for none of them where `empty` gives some."""

    def listed(language: str) -> Iterable[tuple[str, ...]]:
        known = [(getattr(term, value) or term.code, pick(term.label, language).words) for term in vocabulary(name)]
        return [*([("", empty)] if empty else []), *known]

    return listed


def _kind(hint: Any, *, long: bool, choices: bool) -> Any:
    if pointers.is_text(hint):
        return fields.LongTexts if long else fields.Texts
    if pointers.is_keywords(hint):
        return fields.KeywordLists
    if isinstance(hint, EnumType):
        return RadioField
    if hint in (int, float):
        return fields.WholeNumbers if hint is int else fields.Numbers
    if hint is str:
        return SelectField if choices else TextAreaField if long else StringField
    return fields.Checks if choices else fields.Lines
