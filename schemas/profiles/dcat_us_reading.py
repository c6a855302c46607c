"""How an entry of `data.json` becomes a dataset document: one small reader a key; what none of them takes stays in `raw`."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import name_for
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.dcat_us_coverage import NOISE, spatial, temporal
from schemas.profiles.dcat_us_distributions import distributions, services
from schemas.profiles.words import email, keywords, language_map, plain, term_iri, web_address

LEVELS = {
    "public": "open", "restricted public": "on-request", "non-public": "closed", "non public": "closed", "nonpublic": "closed",
}  # fmt: skip

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_KNOWN = frozenset({"@type", "@id", "qoima", "distribution"})


def read_dataset(record: Mapping[str, Any], context: ReadContext, problems: list[Problem]) -> Document:
    """Return the document of an entry; `problems` takes what was lost or mended."""
    document: Document = {}
    raw: Document = {}
    others = (key for key in record if key not in _READERS and key not in _KNOWN)
    for key in (*_READERS, *others):
        if (value := record.get(key)) not in _EMPTY:
            made = _READERS.get(key, _unknown)(value, context)
            kept = made.pop("raw", None)
            if not _merge(document, made) or not (made or kept):
                kept = value
            if kept not in _EMPTY:
                raw[key] = kept
    _finish(document, raw, record, context, problems)
    return {key: value for key, value in {**document, "raw": raw}.items() if value not in (*_EMPTY, False)}


def _unknown(value: Any, context: ReadContext) -> Document:
    return {}


def _merge(document: Document, made: Document) -> bool:
    """Add what a key says; lists grow, of other properties the first holds. Tells whether nothing was lost."""
    lost = False
    for name, value in made.items():
        if isinstance(value, list):
            document[name] = [*document.get(name, []), *(one for one in value if one not in document.get(name, []))]
        else:
            lost = lost or document.setdefault(name, value) != value
    return not lost


def _finish(document: Document, raw: Document, record: Mapping[str, Any], context: ReadContext, problems: list[Problem]) -> None:
    words = next(iter(document.get("title", {}).values()), "")
    document["name"] = name_for(words, str(document.get("identifier", "")))
    licence = document.pop("license", "")
    document["license_asserted"] = bool(context.license and not licence)
    document["distribution"] = distributions(record, licence or context.license, context, problems)
    document["service"] = services(record, context.language)
    if rest := [item for item in _list(record.get("distribution") or []) if not isinstance(item, Mapping)]:
        raw["distribution"] = rest
    if licence and not document["distribution"]:
        raw["license"] = record["license"]
    if "license" in raw and not licence:
        _warn(problems, "unknown-licence", "/license", "This licence is no address of a licence; it is kept as it was said.")
    if "accessLevel" in raw:
        document["access"] = {"level": "closed"}
        _warn(problems, "unknown-access", "/accessLevel", "This access level is unknown, so that the bytes stay closed.")
    if not document.get("publisher") and context.publisher:
        document["publisher"] = dict(context.publisher)


def _warn(problems: list[Problem], code: str, path: str, message: str) -> None:
    problems.append(Problem(code, path, message, Severity.WARNING))


def _identifier(value: Any, context: ReadContext) -> Document:
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("identifier") or value.get("notation") or value.get("@value")
    words = plain(value)
    return {"identifier": words, **({"uri": web_address(words)} if web_address(words) else {})} if words else {}


def _text(name: str) -> "Reads":
    def read(value: Any, context: ReadContext) -> Document:
        words = language_map(value, context.language)
        return {name: words} if words else {}

    return read


def _rights(value: Any, context: ReadContext) -> Document:
    return _text("rights")(value, context) if plain(value).casefold() not in NOISE else {}


def _keyword(value: Any, context: ReadContext) -> Document:
    found = keywords(_list(value), context.language)
    return {"keyword": found} if found else {}


def _modified(value: Any, context: ReadContext) -> Document:
    if date := iso_date(value, zone=""):
        return {"modified": date}
    return _frequency(value, context)


def _frequency(value: Any, context: ReadContext) -> Document:
    found = term_iri("frequencies", value)
    return {"accrual_periodicity": found} if found else {}


def _issued(value: Any, context: ReadContext) -> Document:
    date = iso_date(value)
    return {"issued": date} if date else {}


def _publisher(value: Any, context: ReadContext) -> Document:
    words = plain(value.get("name") if isinstance(value, Mapping) else value)
    if not words:
        return {}
    made: Document = {"name": name_for(words), "title": {context.language: words}}
    above = value.get("subOrganizationOf") if isinstance(value, Mapping) else None
    if isinstance(above, Mapping) and (parent := plain(above.get("name"))):
        made["parent"] = name_for(parent)
    extra = isinstance(value, Mapping) and set(value) - {"@type", "name"}
    return {"publisher": made, **({"raw": value} if extra else {})}


def _contact(value: Any, context: ReadContext) -> Document:
    found: list[Document] = []
    for item in (one for one in _list(value) if isinstance(one, Mapping)):
        mail = email(item.get("hasEmail"))
        made = {"name": language_map(item.get("fn"), context.language), "email": "" if mail.endswith(".invalid") else mail}
        found += [{key: said for key, said in made.items() if said}] if any(made.values()) else []
    extra = any(not isinstance(one, Mapping) or set(one) - {"@type", "fn", "hasEmail"} for one in _list(value))
    return {"contact_point": found, **({"raw": value} if extra else {})} if found else {}


def _access(value: Any, context: ReadContext) -> Document:
    level = LEVELS.get(plain(value).casefold())
    return {"access": {"level": level}} if level else {}


def _license(value: Any, context: ReadContext) -> Document:
    found = term_iri("licences", value) or web_address(value)
    return {"license": found} if found else {}


def _themes(value: Any, context: ReadContext) -> Document:
    return _sorted_out(value, "theme", lambda word: term_iri("themes", word))


def _languages(value: Any, context: ReadContext) -> Document:
    return _sorted_out(value, "language", lambda word: term_iri("languages", plain(word).split("-")[0]))


def _addresses(name: str) -> "Reads":
    return lambda value, context: _sorted_out(value, name, web_address)


def _sorted_out(value: Any, name: str, into: Callable[[Any], str]) -> Document:
    """Return the entries of a list that can be used as property `name`, and the rest as they were."""
    entries = _list(value)
    found = list(dict.fromkeys(made for entry in entries if (made := into(entry))))
    rest = [entry for entry in entries if not into(entry)]
    return {**({name: found} if found else {}), **({"raw": rest} if rest else {})}


def _landing_page(value: Any, context: ReadContext) -> Document:
    found = web_address(value)
    return {"landing_page": found} if found else {}


def _series(value: Any, context: ReadContext) -> Document:
    return {"in_series": [{"identifier": plain(value)}]} if isinstance(value, str) and plain(value) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


Reads = Callable[[Any, ReadContext], Document]
_READERS: dict[str, Reads] = {
    "identifier": _identifier,
    "title": _text("title"),
    "description": _text("description"),
    "keyword": _keyword,
    "accrualPeriodicity": _frequency,
    "modified": _modified,
    "issued": _issued,
    "publisher": _publisher,
    "contactPoint": _contact,
    "accessLevel": _access,
    "rights": _rights,
    "temporal": temporal,
    "spatial": spatial,
    "license": _license,
    "theme": _themes,
    "language": _languages,
    "conformsTo": _addresses("conforms_to"),
    "describedBy": _addresses("conforms_to"),
    "references": _addresses("page"),
    "landingPage": _landing_page,
    "isPartOf": _series,
}
