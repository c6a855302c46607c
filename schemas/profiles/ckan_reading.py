"""How a CKAN package becomes a dataset document: properties from keys and extras by tables of terms, odd shapes mended."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import is_name, name_for
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.ckan_resources import distribution, service
from schemas.profiles.dcat_us_reading import LEVELS
from schemas.profiles.reading import left_over, objects
from schemas.profiles.terms import Term, read_terms, with_own_ids
from schemas.profiles.words import email, keywords, language_map, plain, term_iri, web_address

_TERMS = (
    Term("identifier", "guid", into=str),
    Term("identifier", "identifier", into=str),
    Term("identifier", "id", into=str),
    Term("landing_page", "url", into=web_address),
    Term("version", "version", into=plain),
)
_EXTRA_TERMS = (
    *(Term("issued", key, into=iso_date) for key in ("issued", "data_issued", "dcat_issued")),
    *(Term("modified", key, into=iso_date) for key in ("modified", "data_modified", "dcat_modified")),
    *(Term("accrual_periodicity", key, into=lambda words: term_iri("frequencies", _first(words)))
      for key in ("update_frequency", "frequency-of-update", "UpdateFrequency", "frequency", "accrualPeriodicity",
                  "updateInterval")),
    *(Term("theme", key, into=lambda words: _themes(_parsed(words))) for key in ("theme", "theme-primary")),
    Term("uri", "uri", into=web_address),
    Term("access", "accessLevel", into=lambda words: _access(words)),
    Term("conforms_to", "conforms_to", into=lambda words: [str(w) for w in _parsed(words)]),
)  # fmt: skip


def read_package(record: Mapping[str, Any], extras: dict[str, Any], context: ReadContext, problems: list[Problem]) -> Document:
    language = context.language
    name = str(record.get("name") or "").casefold()
    merged = {**record, **{key: value for key, value in extras.items() if key in ("guid", "identifier")}}
    document: Document = {
        "title": language_map(record.get("title_translated") or record.get("title"), language),
        "description": language_map(record.get("notes_translated") or record.get("notes"), language),
        "keyword": keywords(_tags(record), language),
        **read_terms(extras | {k: v for k, v in record.items() if k in _OWN_DATES}, _EXTRA_TERMS),
        **read_terms(merged, _TERMS),
    }
    document["name"] = (
        name if is_name(name) else name_for(name or next(iter(document["title"].values()), ""), str(record.get("id")))
    )
    document.setdefault(
        "theme", _themes([g.get("display_name") or g.get("title") or g.get("name") for g in objects(record.get("groups"))])
    )
    document.setdefault("modified", iso_date(record.get("metadata_modified"), zone="Z"))
    document["contact_point"] = _contact(record, extras, language)
    document["publisher"] = _publisher(record, extras, language) or dict(context.publisher)
    document["spatial"], document["temporal"] = _spatial(extras, record, problems), _temporal(extras)
    licence = _licence(record, extras) or context.license
    document["license_asserted"] = bool(context.license and licence == context.license and not _licence(record, extras))
    files = objects(record.get("resources"))
    made = [distribution(item, i, licence, context, problems) for i, item in enumerate(files)]
    document["distribution"] = with_own_ids(made)
    document["service"] = [found for item in files if (found := service(item, language))]
    document["raw"] = _raw(record, extras, document, licence)
    if record.get("private") is True and str(record.get("state", "")).casefold() != "active":
        problems.append(Problem("private", "/private", "The portal marks this record as private.", Severity.NOTICE))
    return {key: value for key, value in document.items() if value not in (None, "", [], {}, False)}


_OWN_DATES = frozenset({"update_frequency", "updateInterval", "frequency"})
_LICENCES = ("license_id", "license_title", "license_url", "license", "licence", "licence_url", "licence_url_title")
_CORNERS = ("west-long", "south-lat", "east-long", "north-lat")
_READ = frozenset("""
    id name title title_translated notes notes_translated notes_rendered url version tags groups organization
    owner_org resources extras maintainer maintainer_email author author_email private state type isopen
    metadata_created metadata_modified num_resources num_tags relationships relationships_as_subject
    relationships_as_object revision_id revision_timestamp creator_user_id tracking_summary ratings_count
    ratings_average ckan_url count returned individual_resources timeseries_resources additional_resources
    download_url qoima guid identifier publisher_name publisher contact-name contact-email contact-phone contact_name
    contact_email contact_phone
""".split())
"""What properties come from, and the machinery of portals, which says nothing of the data and often changes."""


def _raw(record: Mapping[str, Any], extras: Mapping[str, Any], document: Document, licence: str) -> dict[str, Any]:
    """Keep what the portal said and no property holds: words of an unknown licence, free texts of coverage, own keys."""
    said = {**left_over(record, _READ), **left_over(extras, _READ)}
    used = {term.key for term in _EXTRA_TERMS if term.key in said and document.get(term.property) and term.into(said[term.key])}
    used |= set(_LICENCES) if licence and document.get("distribution") else set()  # it is a file that has a licence
    used |= {"spatial", *(f"bbox-{side}" for side in _CORNERS)} if document.get("spatial") else set()
    used |= {key for pair in _PERIODS for key in pair} if document.get("temporal") else set()
    kept = {key: value for key, value in said.items() if key not in used and not key.startswith("harvest_")}
    return {key: value for key, value in kept.items() if value not in (None, "", [], {})}


def package_extras(record: Mapping[str, Any]) -> dict[str, Any]:
    extras = record.get("extras")
    if isinstance(extras, Mapping):
        return dict(extras)
    return {str(item["key"]): item.get("value") for item in reversed(objects(extras)) if "key" in item}


def _tags(record: Mapping[str, Any]) -> list[str]:
    tags = record.get("tags")
    found = (
        [t.get("display_name") or t.get("name") if isinstance(t, Mapping) else t for t in tags] if isinstance(tags, list) else []
    )
    return [str(tag) for tag in found if tag]


def _publisher(record: Mapping[str, Any], extras: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    body = record.get("organization")
    if not isinstance(body, Mapping):
        words = plain(extras.get("publisher_name")) or plain(extras.get("publisher"))
        return {"name": name_for(words), "title": {language: words}} if words else None
    title = language_map(body.get("title") or body.get("name"), language)
    words = next(iter(title.values()), "")
    name = str(body.get("name") or "").casefold()
    if not words and not name:
        return None
    made = {"name": name if is_name(name) else name_for(words or name), "title": title}
    if description := language_map(body.get("description"), language):
        made["description"] = description
    return made


_CONTACTS = (("contact-name", "contact-email", "contact-phone"), ("contact_name", "contact_email", "contact_phone"),
             ("maintainer", "maintainer_email", ""), ("author", "author_email", ""))  # fmt: skip


def _contact(record: Mapping[str, Any], extras: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    for name, address, phone in _CONTACTS:
        said = {key: extras.get(key) or record.get(key) for key in (name, address, phone) if key}
        words, mail = plain(said.get(name)), email(said.get(address))
        if (words and not words.startswith(("{", "["))) or mail:
            made = {"name": {language: words} if words and not words.startswith(("{", "[")) else {}, "email": mail}
            return [{**made, "telephone": plain(said.get(phone))} if phone else made]
    return []


def _licence(record: Mapping[str, Any], extras: Mapping[str, Any]) -> str:
    for source, key in (
        (record, "license_url"),
        (record, "license_id"),
        (record, "license_title"),
        (extras, "licence_url"),
        (extras, "license"),
    ):
        if iri := term_iri("licences", source.get(key)):
            return iri
    return (
        web_address(record.get("license_url"))
        or web_address(extras.get("licence_url"))
        or web_address(record.get("license_title"))
    )


def _spatial(extras: Mapping[str, Any], record: Mapping[str, Any], problems: list[Problem]) -> list[dict[str, Any]]:
    corners = [_number(extras.get(f"bbox-{side}")) for side in _CORNERS]
    geometry = json_value(extras.get("spatial") or record.get("spatial"))
    if isinstance(geometry, Mapping):
        points = _points(geometry.get("coordinates"))
        corners = [f(p[i] for p in points) for f, i in ((min, 0), (min, 1), (max, 0), (max, 1))] if points else corners
    if any(corner is None for corner in corners):
        return []
    west, south, east, north = corners
    if not (abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90):  # type: ignore[arg-type]
        problems.append(
            Problem("out-of-range", "/spatial", "The bounding box lies outside the Earth and was left out.", Severity.WARNING)
        )
        return []
    return [{"bbox": {"west": west, "south": south, "east": east, "north": north}}]


def _points(coordinates: Any, depth: int = 0) -> list[tuple[float, float]]:
    if not isinstance(coordinates, list) or depth > 5:
        return []
    if len(coordinates) >= 2 and all(isinstance(number, int | float) for number in coordinates[:2]):
        return [(coordinates[0], coordinates[1])]
    return [point for inner in coordinates for point in _points(inner, depth + 1)]


_PERIODS = (
    ("temporal_coverage-from", "temporal_coverage-to"), ("temporal_coverage_from", "temporal_coverage_to"),
    ("temporal_start", "temporal_end"), ("coverage_start", "coverage_end"), ("temporal-extent-begin", "temporal-extent-end"),
)  # fmt: skip


def _temporal(extras: Mapping[str, Any]) -> list[dict[str, str]]:
    for start, end in _PERIODS:
        period = {"start": iso_date(_first(extras.get(start))) or "", "end": iso_date(_first(extras.get(end))) or ""}
        if any(period.values()):
            return [period]
    return []


def _access(words: Any) -> dict[str, str]:
    level = LEVELS.get(plain(words).casefold())
    return {"level": level} if level else {}


def _themes(words: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(iri for word in words if (iri := term_iri("themes", word))))


def _first(value: Any) -> Any:
    return next(iter(_parsed(value)), None)


def _parsed(value: Any) -> list[Any]:
    """Return a value as a list, also where it is JSON within text."""
    found = json_value(value)
    value = found if isinstance(found, list) else value
    return value if isinstance(value, list) else [value]


def json_value(value: Any) -> Any:
    """Return an object or a list, also where it is JSON within text; None for everything else."""
    if isinstance(value, str) and value[:1] in "{[" and value:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, Mapping | list) else None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
