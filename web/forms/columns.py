"""A column of a table as a form: its type in plain words, title, description, unit, code list and constraints."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, Form, SelectField, StringField

from schemas.texts import INTERFACE_LANGUAGES
from web.forms.fields import Lines, Texts
from web.sentences import N_

TYPES = {
    "string": N_("Text, kept as it is"),
    "integer": N_("Whole number"),
    "number": N_("Number with a point: 3.14"),
    "number,": N_("Number with a comma: 3,14"),
    "date": N_("Date: 2026-11-23"),
    "date|%d.%m.%Y": N_("Date: 23.11.2026"),
    "date|%d/%m/%Y": N_("Date: 23/11/2026"),
    "datetime": N_("Date and time: 2026-11-23T10:00:00"),
    "datetime|%d.%m.%Y %H:%M": N_("Date and time: 23.11.2026 10:00"),
    "time": N_("Time of day"),
    "year": N_("Year"),
    "yearmonth": N_("Year and month: 2026-11"),
    "boolean": N_("Yes or no: true, false"),
    "geopoint": N_("Point on a map: longitude, latitude"),
    "any": N_("Anything"),
}
_NUMERIC = ("integer", "number", "year")


class ColumnForm(Form):
    """Questions about one column."""

    name = StringField(N_("Name in the file"))
    kind = SelectField(N_("What it holds"), choices=[], validate_choice=False)
    title = Texts(N_("Title of the column"))
    description = Texts(N_("What the column holds"))
    unit = StringField(N_("Unit"))
    required = BooleanField(N_("Every row has a value"))
    unique = BooleanField(N_("No value comes twice"))
    minimum = StringField(N_("Smallest value"))
    maximum = StringField(N_("Largest value"))
    pattern = StringField(N_("Pattern (regular expression)"))
    enum = Lines(N_("Only these values, one a line"))
    codes = Lines(N_("Code list, one a line: code = meaning"))


def answers(field: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what the form says of a column that is described so."""
    constraints = field.get("constraints") or {}
    plain = {name: str(constraints[name]) for name in ("minimum", "maximum", "pattern") if name in constraints}
    codes = [f"{one['value']} = {_label(one, language)}" for one in field.get("categories", ())]
    return {
        **{key: field.get(key) for key in ("name", "title", "description", "unit")}, **plain, "kind": kind_of(field),
        "required": constraints.get("required", False), "unique": constraints.get("unique", False),
        "enum": [str(value) for value in constraints.get("enum", ())], "codes": codes,
    }  # fmt: skip


def described(form: ColumnForm, before: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the column as the answers describe it; what the form does not ask for stays."""
    kind = form.kind.data or "string"
    kept = {key: told for key, told in before.items() if key not in ("type", "format", "options", "constraints", "categories")}
    if kind == kind_of(before):
        made = kept | {key: before[key] for key in ("type", "format", "options") if key in before}
    else:
        made = kept | _typed(kind)
    constraints = {key: told for key, told in (before.get("constraints") or {}).items() if key not in _ASKED}
    constraints |= _constraints(form, str(made.get("type", "string")))
    told = {
        "name": (form.name.data or "").strip() or before.get("name", ""), "title": form.title.data,
        "description": form.description.data, "unit": (form.unit.data or "").strip(), "constraints": constraints,
        "categories": _categories(form.codes.data or (), before.get("categories", ()), language),
    }  # fmt: skip
    return {key: one for key, one in {**made, **told}.items() if one not in (None, "", {}, [])}


_ASKED = ("required", "unique", "minimum", "maximum", "pattern", "enum")


def kind_of(field: Mapping[str, Any]) -> str:
    """Return the code of a column's type and format among TYPES."""
    kind, form = field.get("type", "any"), field.get("format", "default")
    comma = "," if (field.get("options") or {}).get("decimalChar") == "," else ""
    return f"{kind}{comma}" + ("" if form in ("", "default") else f"|{form}")


def _typed(code: str) -> dict[str, Any]:
    kind, _, form = code.partition("|")
    made: dict[str, Any] = {"type": kind.rstrip(",")}
    if form:
        made["format"] = form
    if kind.endswith(","):
        made["options"] = {"decimalChar": ","}
    return made


def _constraints(form: ColumnForm, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {name: True for name in ("required", "unique") if form[name].data}
    for name in ("minimum", "maximum"):
        if words := (form[name].data or "").strip():
            found[name] = _number(words) if kind in _NUMERIC else words
    if pattern := (form.pattern.data or "").strip():
        found["pattern"] = pattern
    if values := form.enum.data:
        found["enum"] = [_number(words) if kind in _NUMERIC else words for words in values]
    return found


def _number(words: str) -> Any:
    try:
        number = float(words.replace(",", "."))
    except ValueError:
        return words
    return int(number) if number.is_integer() else number


def _categories(lines: Iterable[str], before: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    known = {one["value"]: dict(one.get("label") or {}) for one in before}
    found = []
    for line in lines:
        value, _, words = (part.strip() for part in line.partition("="))
        label = {**known.get(value, {}), **({language: words} if words else {})}
        found.append({"value": value, "label": label})
    return found


def _label(category: Mapping[str, Any], language: str) -> str:
    label = category.get("label") or {}
    return str(next((label[code] for code in (language, *INTERFACE_LANGUAGES, "und") if label.get(code)), ""))
