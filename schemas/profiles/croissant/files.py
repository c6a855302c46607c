"""Files as Croissant FileObjects: the originals as they came, and the Parquet that RecordSets are read from.

CSV is read by mlcroissant with a comma, UTF-8 and decimal points only, and other formats not at all; so no RecordSet
points to an original.
"""

from typing import Any

from schemas.distribution import Distribution
from schemas.profiles.base import WriteContext
from schemas.profiles.croissant.context import filled, language_map
from schemas.profiles.published import PublishedFile

PARQUET = "application/x-parquet"
"""The only media type that mlcroissant reads as Parquet; elsewhere we use IANA's."""
_UNKNOWN = "application/octet-stream"


def original(place: str, distribution: Distribution, file: PublishedFile) -> dict[str, Any]:
    """Return the file as the source gave it."""
    made = _file(place, file, distribution.media_type or file.media_type or _UNKNOWN)
    return filled(made | {"description": language_map(distribution.description)})


def derived(place: str, made_of: PublishedFile | None, file: PublishedFile) -> dict[str, Any]:
    """Return Parquet that we made, with the file it was made of."""
    source = {"prov:wasDerivedFrom": {"@id": made_of.url}} if made_of else {}
    return _file(place, file, PARQUET) | source


def locked(place: str, name: str, distribution: Distribution, context: WriteContext) -> dict[str, Any]:
    """Return a file whose bytes the reader may not have, without any fact measured on them."""
    made = {
        "@type": "cr:FileObject",
        "@id": place,
        "name": distribution.id,
        "description": language_map(distribution.description or distribution.title),
        "contentUrl": context.resource_url(name, distribution.id),
        "encodingFormat": distribution.media_type or _UNKNOWN,
    }
    return filled(made)


def _file(place: str, file: PublishedFile, media_type: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": place,
        "name": file.name or place,
        "contentUrl": file.url,
        "contentSize": f"{file.byte_size} B",
        "encodingFormat": media_type,
        "sha256": file.sha256.lower(),
    }
