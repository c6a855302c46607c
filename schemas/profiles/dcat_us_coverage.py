"""When and where the facts of an entry of `data.json` hold: periods, boxes, geometries and names of places."""

import json
import re
from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.forms.rules import MAX_TEXT
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.words import plain

NOISE = frozenset({"", "n/a", "na", "none", "true", "false", "null", "-"})
"""Words, in lower case, that say nothing."""

_NUMBER = r"\s*(-?\d{1,3}(?:\.\d+)?)\s*"
_BOX = re.compile(",".join([_NUMBER] * 4), re.ASCII)
_WKT = re.compile(r"(?i)\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*\(")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?) +(-?\d+(?:\.\d+)?)", re.ASCII)


def temporal(value: Any, context: ReadContext) -> Document:
    """Read a period `start/end`."""
    if not isinstance(value, str) or value.count("/") != 1:
        return {}
    start, end = (iso_date(part) or "" for part in value.split("/"))
    whole = all(found or not part for found, part in zip((start, end), value.split("/"), strict=True))
    period = {key: date for key, date in (("start", start), ("end", end)) if date}
    return {"temporal": [period]} if period and whole else {}


def spatial(value: Any, context: ReadContext) -> Document:
    """Read a box `w,s,e,n`, GeoJSON, WKT, corners whose values prove their order, or the name of a place."""
    if box := _box(value):
        return {"spatial": [{"bbox": box}]}
    points, geometry = _shape(value)
    if box := _around(points):
        whole = 0 < len(geometry) <= MAX_TEXT
        return {"spatial": [{"bbox": box, "geometry": geometry}]} if whole else {"spatial": [{"bbox": box}], "raw": value}
    words = plain(value) if isinstance(value, str) and _json(value) is None else ""
    return {"spatial": [{"name": {context.language: words}}]} if words.casefold() not in NOISE and len(words) <= 1000 else {}


def _shape(value: Any) -> tuple[list[tuple[float, float]], str]:
    """Return the points of a geometry and its text, GeoJSON or WKT; bare corners have no text."""
    if isinstance(value, str) and _WKT.match(value):
        return [(float(x), float(y)) for x, y in _POINT.findall(value)], value.strip()
    shape = _json(value)
    if isinstance(shape, Mapping):
        return _points(shape.get("coordinates")), json.dumps(shape, ensure_ascii=False, sort_keys=True)
    return _pairs(shape), ""


def _box(value: Any) -> Document | None:
    match = _BOX.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    west, south, east, north = (float(number) for number in match.groups())
    return _around([(west, south), (east, north)], order=False)


def _around(points: list[tuple[float, float]], order: bool = True) -> Document | None:
    """Return the box around points of longitude and latitude, None where they are not on Earth."""
    if not points or any(not (abs(x) <= 180 and abs(y) <= 90) for x, y in points):
        return None
    xs, ys = ([point[i] for point in points] for i in (0, 1))
    west, east = (min(xs), max(xs)) if order else (xs[0], xs[-1])
    return {"west": west, "south": min(ys), "east": east, "north": max(ys)}


def _pairs(value: Any) -> list[tuple[float, float]]:
    """Return bare corners where their values prove that latitude stands first; else nobody knows the order."""
    points = _points(value)
    return [(y, x) for x, y in points] if any(abs(y) > 90 for _, y in points) else []


def _points(coordinates: Any, depth: int = 0) -> list[tuple[float, float]]:
    if not isinstance(coordinates, list) or depth > 5:
        return []
    if len(coordinates) >= 2 and all(isinstance(number, int | float) for number in coordinates[:2]):
        return [(coordinates[0], coordinates[1])]
    return [point for inner in coordinates for point in _points(inner, depth + 1)]


def _json(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, Mapping | list) else None
