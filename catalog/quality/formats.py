"""Formats as the MQA asks for them: listed by the EU, not proprietary, machine-readable; matched exactly, never by substring."""

from schemas.vocabularies import Term, vocabulary

OPEN = frozenset({
    "CSV", "TSV", "JSON", "JSONL", "GEOJSON", "JSON_LD", "XML", "RDF_XML", "RDF_TURTLE", "RDF_N_TRIPLES", "PARQUET", "ODS",
    "HTML", "TXT", "KML", "GML", "GPKG", "GPX", "PNG", "SVG", "JPEG", "TIFF", "ZIP", "GZIP", "TAR", "7Z", "NETCDF", "GRIB", "SQL",
    "RSS", "ATOM", "WMS", "WFS", "WMTS", "WCS", "SPARQLQ", "API", "WAV",
})  # fmt: skip
MACHINE = frozenset({
    "CSV", "TSV", "JSON", "JSONL", "GEOJSON", "JSON_LD", "XML", "RDF_XML", "RDF_TURTLE", "RDF_N_TRIPLES", "PARQUET", "ODS", "XLS",
    "XLSX", "KML", "KMZ", "GML", "GPKG", "GPX", "SHP", "NETCDF", "GRIB", "SQL", "RSS", "ATOM", "WMS", "WFS", "WMTS", "WCS",
    "SPARQLQ", "API",
})  # fmt: skip
"""Our own versions of the two lists of the EU portal: codes of `schemas/vocabularies/media_types.json`."""


def _term(words: str) -> Term | None:
    return vocabulary("media_types").find(words)


def listed_format(words: str) -> bool:
    """Tell whether a format has an IRI in the EU list of file types."""
    term = _term(words)
    return bool(term and term.data.get("eu"))


def listed_media_type(words: str) -> bool:
    """Tell whether a media type is registered with IANA."""
    term = _term(words)
    registered = "https://www.iana.org/assignments/media-types/"
    return bool(term and term.iri.startswith(registered) and "/x-" not in term.iri)


def is_open_format(format: str, media_type: str) -> bool:
    """Tell whether the format is free of owners."""
    return _code(format, media_type) in OPEN


def is_machine_readable(format: str, media_type: str) -> bool:
    """Tell whether programs read the format."""
    return _code(format, media_type) in MACHINE


def _code(format: str, media_type: str) -> str:
    term = _term(format) if format else _term(media_type)
    return term.code if term else (format or media_type).upper()
