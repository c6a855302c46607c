"""Reads a collection of a DMI service, or a forecast model, as one dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from schemas.dates import iso_date
from schemas.identifiers import name_for
from schemas.problems import Problem
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iri, iris, left_over, words
from schemas.vocabularies import vocabulary

_LEGISLATION = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
_STAC = "https://api.stacspec.org/v1.0.0/core"
_DMI = {
    "name": "dmi", "title": {"en": "Danish Meteorological Institute", "da": "Danmarks Meteorologiske Institut"},
    "homepage": "https://www.dmi.dk", "country": "DK",
}  # fmt: skip
_USED = ("id", "title", "description", "extent", "keywords", "license", "links")
_REALM = ("DK", "GL", "FO")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """What DMI's documentation says of a service and no answer repeats."""

    title: Mapping[str, str]
    places: tuple[str, ...] = _REALM
    frequency: Mapping[str, str] = field(default_factory=dict)


_SERVICES = {
    "metObs": _Service(
        title={"en": "Meteorological observations", "da": "Meteorologiske observationer"}, frequency={"observation": "10MIN"}
    ),
    "climateData": _Service(
        title={"en": "Climate data", "da": "Klimadata"},
        frequency=dict.fromkeys(
            ("stationValue", "countryValue", "municipalityValue", "10kmGridValue", "20kmGridValue"), "HOURLY"
        ),
    ),
    "oceanObs": _Service(
        title={"en": "Oceanographic observations", "da": "Oceanografiske observationer"}, frequency={"observation": "10MIN"}
    ),
    "lightningdata": _Service(
        title={"en": "Lightning data", "da": "Lyndata"}, places=("DK",),
        frequency={"observation": "UPDATE_CONT", "sensordata": "UPDATE_CONT"},
    ),
    "forecastdata": _Service(title={"en": "Forecast data", "da": "Prognosedata"}),
}  # fmt: skip

_STATIONS = frozenset({"station", "tidewaterstation"})
"""Collections that list places, not measurements: small, and copied whole."""


def _column(name: str, kind: str, title: str, **more: Any) -> Document:
    return {"name": name, "type": kind, "title": {"en": title}, **more}


_OBSERVATION = {
    "fields": [
        _column("created", "datetime", "When the value came into the database"),
        _column("observed", "datetime", "When it was measured"),
        _column("parameterId", "string", "What was measured"),
        _column("stationId", "string", "Station, with leading zeros"),
        _column("value", "number", "Value"),
        _column("longitude", "number", "Longitude", unit="degree"),
        _column("latitude", "number", "Latitude", unit="degree"),
    ]
}
_SCHEMAS = {("metObs", "observation"): _OBSERVATION}
"""Columns of the extracts whose answers are recorded; the others are inferred from the file."""


class DmiReader:
    """Body: `{"service", "root", "collection": {…}, "about": {…}, "assets": {…}}`."""

    name = "dmi"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one collection; a record without service or collection id becomes a Problem."""
        collection = record.get("collection") if isinstance(record, Mapping) else None
        if not isinstance(collection, Mapping) or not words(collection.get("id")) or not words(record.get("service")):
            return Reading({}, (Problem("unexpected-answer", "/collection", "This is no collection of a DMI service."),))
        return Reading(compact(_document(record, collection, context)))


READER = DmiReader()


def _document(record: Mapping[str, Any], collection: Mapping[str, Any], context: ReadContext) -> Document:
    service, key = words(record["service"]), words(collection["id"])
    known = _SERVICES.get(service, _Service(title={"en": service}))
    declared = iri("licences", words(collection.get("license")))
    license_iri = declared or iri("licences", context.license) or context.license or iri("licences", "CC-BY-4.0")
    api = _api(record, known)
    return {
        "name": name_for(f"dmi-{service}-{key}", service, key),
        "identifier": f"{service}/{key}",
        "title": _title(known, collection.get("title") or key),
        "description": _text(collection.get("description")) or _text(_about(record).get("description")),
        "keyword": {"en": [service, key, *_list(collection.get("keywords"))]},
        "theme": iris("themes", ["ENVI"]), "language": iris("languages", ["en"]),
        "publisher": _DMI if context.publisher.get("name", "dmi") == "dmi" else dict(context.publisher),
        "accrual_periodicity": iri("frequencies", known.frequency.get(key, "")),
        "temporal": _temporal(collection), "spatial": _spatial(collection, known),
        "landing_page": f"{_root(record)}/collections/{quote(key, safe='')}",
        "applicable_legislation": [_LEGISLATION], "hvd_category": iris("hvd_categories", ["meteorological"]),
        "license_asserted": not declared,
        "service": [api],
        "distribution": [{**entry, "license": license_iri} for entry in _distributions(record, key, api, context)],
        "raw": left_over(collection, _USED),
    }  # fmt: skip


def _root(record: Mapping[str, Any]) -> str:
    return words(record.get("root"))


def _about(record: Mapping[str, Any]) -> Mapping[str, Any]:
    about = record.get("about")
    return about if isinstance(about, Mapping) else {}


def _list(value: Any) -> list[str]:
    return [word for item in value if (word := words(item))] if isinstance(value, list) else []


def _text(value: Any) -> dict[str, str]:
    """Return a text; the API speaks English, or gives texts by language code."""
    if isinstance(value, Mapping):
        return {str(code): word for code, given in value.items() if (word := words(given))}
    return {"en": words(value)} if words(value) else {}


def _title(known: _Service, given: Any) -> dict[str, str]:
    """Name the service first: four services have a collection `station`."""
    return {code: f"{known.title.get(code, known.title['en'])}: {own}" for code, own in _text(given).items()}


def _api(record: Mapping[str, Any], known: _Service) -> Document:
    return {
        "title": known.title, "endpoint_url": _root(record), "endpoint_description": words(_about(record).get("service-desc")),
        "conforms_to": [_STAC if record["service"] == "forecastdata" else _FEATURES],
    }  # fmt: skip


def _distributions(record: Mapping[str, Any], key: str, api: Document, context: ReadContext) -> list[Document]:
    items = f"{_root(record)}/collections/{quote(key, safe='')}/items"
    query = {
        "id": "items", "title": {"en": "Items as GeoJSON, by query"}, "access_url": items, "access_service": api,
        "format": "GEOJSON", "media_type": "application/geo+json",
    }  # fmt: skip
    if record["service"] == "forecastdata":
        return [query, *_files(record, items)]
    return [query, _extract(words(record["service"]), key, items, context)]


def _extract(service: str, key: str, items: str, context: ReadContext) -> Document:
    """Describe a copy that is the same whenever it is fetched: a fixed interval, in a fixed number of features."""
    interval = words(context.options.get("extract")) or "2025-01-01T00:00:00Z/2025-01-01T01:00:00Z"
    span = {} if key in _STATIONS else {"datetime": interval}
    query = urlencode({**span, "limit": words(context.options.get("rows")) or "50000"}, safe=":/")
    title = "All stations" if key in _STATIONS else f"Extract of {interval.replace('/', ' to ')}"
    return {
        "id": "extract", "title": {"en": title}, "access_url": items, "download_url": f"{items}?{query}",
        "path": f"{service}-{key}.geojson", "format": "GEOJSON", "media_type": "application/geo+json",
        "table_schema": _SCHEMAS.get((service, key)),
    }  # fmt: skip


def _files(record: Mapping[str, Any], items: str) -> list[Document]:
    """Describe the kinds of files of a forecast model; each model run brings new ones, listed by the query."""
    assets = record.get("assets")
    kinds = assets.items() if isinstance(assets, Mapping) else ()
    return [_file(str(key), asset, items) for key, asset in kinds if isinstance(asset, Mapping)]


def _file(key: str, asset: Mapping[str, Any], items: str) -> Document:
    term = vocabulary("media_types").find(words(asset.get("type")))
    return {
        "id": name_for(f"asset-{key}", key), "title": _text(asset.get("title") or key), "access_url": items,
        "format": term.code if term else "", "media_type": words(asset.get("type")),
    }  # fmt: skip


def _flat(extent: Any, part: str, member: str) -> list[Any]:
    """Return the first box or interval of an extent; the API gives it flat or, as the standard says, in a list."""
    for step in (part, member):
        extent = extent.get(step) if isinstance(extent, Mapping) else None
    values = extent if isinstance(extent, list) else []
    return values[0] if values and isinstance(values[0], list) else values


def _temporal(collection: Mapping[str, Any]) -> list[Document]:
    """Return an open period: the services go on, so an end in the answer is only the time of asking."""
    values = _flat(collection.get("extent"), "temporal", "interval")
    start = iso_date(values[0]) if values else None
    return [{"start": start}] if start else []


def _spatial(collection: Mapping[str, Any], known: _Service) -> list[Document]:
    numbers = _flat(collection.get("extent"), "spatial", "bbox")
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    box = dict(zip(("west", "south", "east", "north"), numbers, strict=True)) if _is_box(numbers) else {}
    countries = [place for code in known.places if (place := vocabulary("countries").find(code))]
    places = [{"uri": place.iri, "name": dict(place.label)} for place in countries]
    return [{"bbox": box}, *places] if box else places


def _is_box(numbers: list[Any]) -> bool:
    return len(numbers) == 4 and all(
        isinstance(number, int | float) and not isinstance(number, bool) and abs(number) <= limit
        for number, limit in zip(numbers, (180, 90, 180, 90), strict=True)
    )
