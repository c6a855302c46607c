"""How a dataset document is said in DCAT-US 1.1, so that the schema of Project Open Data finds it valid."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from schemas.profiles.base import Document, WriteContext
from schemas.profiles.words import web_address
from schemas.texts import pick
from schemas.vocabularies import vocabulary

NO_DATE = "1970-01-01"
NO_ADDRESS = "mailto:unknown@address.invalid"
ACCESS = {"open": "public", **dict.fromkeys(("registered", "residents", "on-request"), "restricted public")}
FEDERAL = ("bureauCode", "programCode", "dataQuality", "primaryITInvestmentUII", "systemOfRecords", "describedByType")

_EMAIL = re.compile(r"mailto:[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+")
_MEDIA_TYPE = re.compile(r"[-\w]+/[-\w]+(\.[-\w]+)*(\+[-\w]+)?")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def write_dataset(document: Document, context: WriteContext) -> Document:
    """Return the entry of a dataset, without the extension."""
    raw = document.get("raw", {})
    made = {"@type": "dcat:Dataset", **{key: write(document, context) for key, write in _KEYS.items()}}
    made |= {key: raw[key] for key in FEDERAL if key in raw}
    return {key: value for key, value in made.items() if value not in _EMPTY}


def _title(document: Document, context: WriteContext) -> str:
    return pick(document["title"], context.language).words


def _description(document: Document, context: WriteContext) -> str:
    return (pick(document.get("description", {}), context.language).words or _title(document, context))[:10_000]


def _keyword(document: Document, context: WriteContext) -> list[str]:
    words = [word[:1000] for group in document.get("keyword", {}).values() for word in group]
    return list(dict.fromkeys(words))[:1000] or [_title(document, context)[:1000]]


def _modified(document: Document, context: WriteContext) -> str:
    return str(document.get("modified") or document.get("issued") or _interval(document) or NO_DATE)


def _interval(document: Document) -> str:
    term = vocabulary("frequencies").find(document.get("accrual_periodicity"))
    return str(term.data.get("iso", "")) if term else ""


def _periodicity(document: Document, context: WriteContext) -> str:
    term = vocabulary("frequencies").find(document.get("accrual_periodicity"))
    return "irregular" if term and term.code == "IRREG" else _interval(document)


def _publisher(document: Document, context: WriteContext) -> dict[str, str]:
    agency = document.get("publisher") or {}
    words = pick(agency.get("title", {}), context.language).words or agency.get("name") or context.site_title
    return {"@type": "org:Organization", "name": words}


def _contact(document: Document, context: WriteContext) -> dict[str, str]:
    contact: Document = next(iter(document.get("contact_point", [])), {})
    said = (f"mailto:{one['email']}" for one in (contact, document.get("publisher") or {}) if one.get("email"))
    words = pick(contact.get("name", {}), context.language).words or _publisher(document, context)["name"]
    mail = next((address for address in said if _EMAIL.fullmatch(address)), NO_ADDRESS)
    return {"@type": "vcard:Contact", "fn": words, "hasEmail": mail}


def _level(document: Document) -> str:
    return str(document.get("access", {}).get("level", "open"))


def _rights(document: Document, context: WriteContext) -> str:
    words = pick(document.get("rights", {}), context.language).words
    if _level(document) == "open":
        return words[:255]
    reason = pick(document["access"].get("reason", {}), context.language).words
    return (words or reason or vocabulary("access_levels").label(_level(document), context.language).words)[:255]


def _temporal(document: Document, context: WriteContext) -> str:
    whole = (f"{p['start']}/{p['end']}" for p in document.get("temporal", []) if p.get("start") and p.get("end"))
    return next(whole, "")


def _spatial(document: Document, context: WriteContext) -> str:
    place: Document = next(iter(document.get("spatial", [])), {})
    box = place.get("bbox")
    corners = ",".join(str(box[side]) for side in ("west", "south", "east", "north")) if box else ""
    return corners or pick(place.get("name", {}), context.language).words or str(place.get("uri", ""))


def _license(document: Document, context: WriteContext) -> str:
    return next((found for d in document.get("distribution", []) if (found := web_address(d.get("license")))), "")


def _themes(document: Document, context: WriteContext) -> list[str]:
    return list(dict.fromkeys(vocabulary("themes").label(iri, context.language).words for iri in document.get("theme", [])))


def _languages(document: Document, context: WriteContext) -> list[str]:
    found = (vocabulary("languages").find(iri) for iri in document.get("language", []))
    return list(dict.fromkeys(term.code for term in found if term))


def _first_address(values: Any) -> str:
    return next((found for value in values if (found := web_address(value))), "")


def _distributions(document: Document, context: WriteContext) -> list[Document]:
    return [_distribution(d, document, context) for d in document.get("distribution", [])]


def _distribution(d: Mapping[str, Any], document: Document, context: WriteContext) -> Document:
    page = context.resource_url(document["name"], d["id"])
    file = d.get("download_url") if _level(document) == "open" else ""
    media_type = d.get("media_type", "") if _MEDIA_TYPE.fullmatch(d.get("media_type", "")) else ""
    made = {
        "@type": "dcat:Distribution", "identifier": d["id"], "title": pick(d.get("title", {}), context.language).words,
        "description": pick(d.get("description", {}), context.language).words[:10_000], "format": d.get("format"),
        "mediaType": media_type or ("application/octet-stream" if file else ""), "downloadURL": file,
        "accessURL": d.get("access_url") if file else page if _level(document) != "open" else d.get("access_url") or page,
        "conformsTo": _first_address(d.get("conforms_to", [])),
    }  # fmt: skip
    return {key: value for key, value in made.items() if value not in _EMPTY}


_KEYS: dict[str, Callable[[Document, WriteContext], Any]] = {
    "identifier": lambda document, context: context.dataset_url(document["name"]),
    "title": _title,
    "description": _description,
    "keyword": _keyword,
    "modified": _modified,
    "issued": lambda document, context: document.get("issued"),
    "publisher": _publisher,
    "contactPoint": _contact,
    "accessLevel": lambda document, context: ACCESS.get(_level(document), "non-public"),
    "rights": _rights,
    "accrualPeriodicity": _periodicity,
    "temporal": _temporal,
    "spatial": _spatial,
    "license": _license,
    "theme": _themes,
    "language": _languages,
    "conformsTo": lambda document, context: _first_address(document.get("conforms_to", [])),
    "isPartOf": lambda document, context: next((one["identifier"] for one in document.get("in_series", [])), ""),
    "references": lambda document, context: list(dict.fromkeys(document.get("page", []))),
    "landingPage": lambda document, context: document.get("landing_page") or context.dataset_url(document["name"]),
    "distribution": _distributions,
}
