"""Reads a dataset of data.egov.kz: list entry and passport in three languages, columns from the passport's fields."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from schemas.dates import iso_date
from schemas.identifiers import is_name, name_for, short_hash, slug
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iri, iris, left_over, words

_LANGUAGES = (("ru", "Ru"), ("kk", "Kk"), ("en", "En"))
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_MOVED = "2024-03-01"
"""From this day on the portal's clock is UTC+5; before it was UTC+6."""

_FREQUENCIES = {
    "DAILY": "DAILY", "WEEKLY": "WEEKLY", "MONTHLY": "MONTHLY", "QUARTERLY": "QUARTERLY", "HALF_YEAR": "ANNUAL_2",
    "YEAR": "ANNUAL", "AS_NEEDED": "IRREG",
}  # fmt: skip
_TYPES = {
    "int": "integer", "integer": "integer", "long": "integer", "double": "number", "float": "number", "string": "string",
    "boolean": "boolean", "date": "any",
}  # fmt: skip
_FITS = {"integer": {"integer"}, "number": {"integer", "number"}, "boolean": {"boolean"}}
"""Which kinds of values met in the rows a declared type can hold."""

_RIGHTS = {
    "en": "The portal states no licence; access rests on the Law of the Republic of Kazakhstan on Access to Information.",
    "ru": "Портал не указывает лицензию; доступ основан на Законе Республики Казахстан «О доступе к информации».",
    "kk": "Портал лицензияны көрсетпейді; негізі — ҚР «Ақпаратқа қол жеткізу туралы» Заңы.",
}
_KEY_NEEDED = {
    "en": "The rows need a personal key of the portal (apiKey).",
    "ru": "Для получения строк нужен личный ключ портала (apiKey).",
    "kk": "Жолдарды алу үшін порталдың жеке кілті (apiKey) қажет.",
}
_USED = (
    *(f"{part}{code}" for part in ("name", "description") for _, code in _LANGUAGES), "apiUri", "keywords", "responsible",
    "fields", "createdDate", "modifiedDate", "actualizeType", "version",
)  # fmt: skip


class EgovKzReader:
    """Body: `{"entry", "version", "passport", "hosted", "data": {"rows", "columns"}}`, or a `failure` in the source's words."""

    name = "egovkz"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one dataset; a failed fetch becomes an error, missing passport or rows a notice."""
        entry = _map(record.get("entry")) if isinstance(record, Mapping) else {}
        uri = words(entry.get("apiUri"))
        if not uri:
            return Reading({}, (Problem("no-identifier", "/entry/apiUri", "This entry of data.egov.kz has no apiUri."),))
        if failure := words(record.get("failure")):
            return Reading({}, (Problem("not-fetched", "", f"The dataset {uri} could not be fetched: {failure}"),))
        passport = {**entry, **compact(_map(record.get("passport")))}
        schema, problems = _schema(passport, _map(record.get("data")))
        document = compact(_document(record, uri, passport, schema, context))
        return Reading(document, (*_notes(record), *problems))


READER = EgovKzReader()


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _notes(record: Mapping[str, Any]) -> list[Problem]:
    """Say what of a dataset the portal did not give."""
    notes = []
    if not record.get("passport"):
        notes.append(("no-passport", "/passport", "The portal gives no passport; only the entry of the list was read."))
    if record.get("no_data"):
        notes.append(("no-rows", "/data", f"The agency that hosts the rows did not answer: {words(record['no_data'])}"))
    if _map(record.get("data")).get("rows") == 0:
        notes.append(("no-rows", "/data", "The dataset has a passport and no rows."))
    return [Problem(code, path, message, Severity.NOTICE) for code, path, message in notes]


def _document(
    record: Mapping[str, Any], uri: str, passport: Mapping[str, Any], schema: Document, context: ReadContext
) -> Document:
    responsible = _map(passport.get("responsible"))
    landing = f"{context.base_url.rstrip('/')}/datasets/view?index={quote(uri, safe=':/')}"
    license_iri = iri("licences", context.license) or context.license
    texts = {part: _text(passport, part) for part in ("name", "description")}
    return {
        "name": uri if is_name(uri) else f"{name_for(uri.rpartition('/')[2])[:80]}-{short_hash(uri)}",
        "identifier": uri, "uri": landing, "landing_page": landing, "version": words(record.get("version")),
        "title": texts["name"] or {"und": uri}, "description": texts["description"],
        "keyword": {"und": _keywords(passport.get("keywords"))},
        "theme": iris("themes", _categories(passport.get("categories"))),
        "publisher": _publisher(responsible, context),
        "contact_point": [{
            "name": _text(responsible, "fullname"), "email": words(responsible.get("email")),
            "telephone": words(responsible.get("phone")),
        }] if responsible.get("email") or responsible.get("phone") else [],
        "issued": _date(passport.get("createdDate")), "modified": _date(passport.get("modifiedDate")),
        "accrual_periodicity": iri("frequencies", _FREQUENCIES.get(words(passport.get("actualizeType")).upper(), "")),
        "language": iris("languages", texts["name"]), "spatial": [{"uri": place} for place in iris("countries", ["KZ"])],
        "rights": {} if license_iri else _RIGHTS, "license_asserted": bool(license_iri),
        "service": [_service(record, uri, context)],
        "distribution": [_rows(record, uri, schema, license_iri, context)],
        "raw": left_over(passport, _USED),
    }  # fmt: skip


def _text(values: Mapping[str, Any], part: str) -> dict[str, str]:
    """Return the texts of three languages without copies: Russian stands for its copies, unless the letters are Kazakh."""
    text: dict[str, str] = {}
    for language, code in _LANGUAGES:
        given = words(values.get(f"{part}{code}"))
        if given and given not in text.values():
            text[language] = given
        elif given and language == "kk" and _KAZAKH & set(given):
            text = {"kk": given}
    return text


def _keywords(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else words(value).split(",")
    return [word for item in listed if (word := words(item))]


def _categories(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [name for item in listed for name in (_text(item, "name").values() if isinstance(item, Mapping) else [words(item)])]


def _publisher(responsible: Mapping[str, Any], context: ReadContext) -> Document:
    title = _text(responsible, "fullname")
    if not title:
        return dict(context.publisher)
    own = title.get("ru") or next(iter(title.values()))
    name = slug(own, 1000)
    short = name if is_name(name) and len(name) <= 80 else f"{name[:70].strip('-')}-{short_hash(own)}".strip("-")
    return {"name": short, "title": title, "country": "KZ"}


def _date(value: Any) -> str:
    """Return a date in ISO 8601; local times get the offset that Kazakhstan had on that day."""
    found = iso_date(words(value)) or ""
    if "T" not in found or found.endswith("Z") or "+" in found:
        return found
    return iso_date(found, zone="+05:00" if found >= _MOVED else "+06:00") or found


def _service(record: Mapping[str, Any], uri: str, context: ReadContext) -> Document:
    return {"title": {"en": "data.egov.kz API"}, "endpoint_url": _address(record, uri, context)}


def _address(record: Mapping[str, Any], uri: str, context: ReadContext) -> str:
    """Return where the rows are, without key: at the portal, or behind its proxy at the agency."""
    base, part = context.base_url.rstrip("/"), quote(uri, safe="")
    return f"{base}/proxy/{part}" if record.get("hosted") else f"{base}/api/v4/{part}/{words(record.get('version')) or 'v1'}"


def _rows(record: Mapping[str, Any], uri: str, schema: Document, license_iri: str, context: ReadContext) -> Document:
    return {
        "id": "data", "title": {"ru": "Данные (JSON)", "kk": "Деректер (JSON)", "en": "Data (JSON)"},
        "access_url": _address(record, uri, context), "access_service": _service(record, uri, context),
        "path": f"{slug(uri.rpartition('/')[2]) or short_hash(uri)}.json", "format": "JSON", "media_type": "application/json",
        "license": license_iri, "rights": _KEY_NEEDED, "table_schema": schema,
    }  # fmt: skip


def _schema(passport: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[Document, list[Problem]]:
    """Return the columns; where rows came along, they decide on spelling and order, and on types that they contradict."""
    declared = {str(name): _map(field) for name, field in _map(passport.get("fields")).items()}
    met = _map(data.get("columns"))
    spelt: dict[str, str] = {name.casefold(): name for name in met}
    actual = {name: spelt.get(name.casefold(), name) for name in declared}
    order = {name: place for place, name in enumerate(met)}
    problems: list[Problem] = []
    names = sorted(declared, key=lambda name: order.get(actual[name], len(order)))
    fields = [_field(actual[name], name, declared[name], met, problems) for name in names]
    known = {name.casefold() for name in declared}
    extra = [name for name in met if declared and name.casefold() not in known]
    fields += [{"name": name, "type": _met_type(met[name])} for name in extra]
    keys = [actual[name] for name in declared if declared[name].get("pk") is True]
    return ({"fields": fields, "primary_key": keys} if fields else {}), problems


def _field(name: str, declared_as: str, field: Mapping[str, Any], met: Mapping[str, Any], problems: list[Problem]) -> Document:
    kind = _TYPES.get(words(field.get("type")).casefold(), "any")
    kinds = met.get(name)
    path = f"/passport/fields/{declared_as.replace('~', '~0').replace('/', '~1')}"
    if name != declared_as:
        message = f"The passport declares {declared_as}, the rows say {name}; the rows were followed."
        problems.append(Problem("renamed-column", path, message, Severity.NOTICE))
    if isinstance(kinds, list) and kind in _FITS and not _FITS[kind].issuperset(map(str, kinds)):
        message = f"The passport declares {declared_as} as {field.get('type')}, but rows hold other values; it is read as text."
        problems.append(Problem("wrong-type", path, message, Severity.NOTICE))
        kind = "string"
    return {"name": name, "type": kind, "title": _text(field, "label")}


def _met_type(kinds: Any) -> str:
    return str(kinds[0]) if isinstance(kinds, list) and len(kinds) == 1 else "any"
