"""GeoJSON as a drawing (RFC 7946): its bounding box, its kinds of geometry, points and lines on a coarse grid."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

GRID = 1000
"""Steps of the longer side of the drawing; a coarser one is taken where lines have too many corners."""
POINTS, CORNERS = 1000, 2500
_LINES = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_POINTS = {"Point": 0, "MultiPoint": 1}
Place = tuple[float, float]


def shapes(document: dict[str, Any]) -> dict[str, Any]:
    """Return what can be drawn, empty where no coordinates are.

    `bbox` is west, south, east, north in degrees; `kinds` counts geometries by type; `points` are `[longitude, latitude, number
    of the feature from 0]`; `lines` are SVG path data on a grid of `width` × `height` whose first corner is north-west.
    `truncated` tells that more was there than is drawn.
    """
    geometries = list(_geometries(document))
    kinds = Counter(str(geometry.get("type")) for _, geometry in geometries)
    points = [(x, y, number) for number, one in geometries if one.get("type") in _POINTS for x, y in _places(one)]
    lines = [(one.get("type") in ("Polygon", "MultiPolygon"), line) for _, one in geometries for line in _strokes(one)]
    places = [(x, y) for x, y, _ in points] + [place for _, line in lines for place in line]
    if not places:
        return {}
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    span = max(east - west, north - south) or 0.01
    path, cut = _path(lines, west, north, span)
    return {
        "bbox": [west, south, east, north], "kinds": dict(kinds.most_common(8)), "lines": path,
        "width": round((east - west) / span * GRID), "height": round((north - south) / span * GRID),
        "points": [[round(x, 5), round(y, 5), number] for x, y, number in points[:POINTS]],
        "truncated": cut or len(points) > POINTS,
    }  # fmt: skip


def _geometries(document: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    features = document.get("features")
    listed = features if isinstance(features, list) else [document]
    for number, feature in enumerate(listed):
        geometry = feature.get("geometry", feature) if isinstance(feature, dict) else None
        inner = geometry.get("geometries") if isinstance(geometry, dict) else None
        for one in inner if isinstance(inner, list) else [geometry]:
            if isinstance(one, dict) and one.get("type") in (*_LINES, *_POINTS):
                yield number, one


def _places(geometry: dict[str, Any]) -> list[Place]:
    found = _at_depth(geometry.get("coordinates"), _POINTS[geometry["type"]])
    return [place for one in found if (place := _place(one))]


def _strokes(geometry: dict[str, Any]) -> Iterator[list[Place]]:
    if geometry.get("type") in _LINES:
        for line in _at_depth(geometry.get("coordinates"), _LINES[geometry["type"]] - 1):
            if len(found := [place for one in line if (place := _place(one))]) > 1:
                yield found


def _at_depth(value: Any, depth: int) -> Iterable[Any]:
    if not isinstance(value, list):
        return []
    return [value] if depth == 0 else [one for item in value for one in _at_depth(item, depth - 1)]


def _place(value: Any) -> Place | None:
    good = isinstance(value, list) and len(value) >= 2 and all(isinstance(one, int | float) for one in value[:2])
    return (float(value[0]), float(value[1])) if good and abs(value[0]) <= 360 and abs(value[1]) <= 90 else None


def _path(lines: list[tuple[bool, list[Place]]], west: float, north: float, span: float) -> tuple[str, bool]:
    """Return path data, drawn ever coarser until its corners are few; and whether lines had to be left out even so."""
    for step in (1, 2, 5, 10, 20):
        drawn = [(closed, _snapped(line, west, north, span, step)) for closed, line in lines]
        kept = [(closed, line) for closed, line in drawn if len(line) > 1]
        if sum(len(line) for _, line in kept) <= CORNERS:
            return "".join(_stroke(closed, line) for closed, line in kept), False
    total, few = 0, []
    for closed, line in sorted(kept, key=lambda one: -len(one[1])):
        total += len(line)
        if total <= CORNERS:
            few.append((closed, line))
    return "".join(_stroke(closed, line) for closed, line in few), True


def _snapped(line: list[Place], west: float, north: float, span: float, step: int) -> list[tuple[int, int]]:
    scale = GRID / span / step
    found: list[tuple[int, int]] = []
    for x, y in line:
        place = (round((x - west) * scale) * step, round((north - y) * scale) * step)
        if not found or found[-1] != place:
            found.append(place)
    return found


def _stroke(closed: bool, line: list[tuple[int, int]]) -> str:
    (x, y), rest = line[0], line[1:]
    words = [f"M{x},{y}"]
    for ahead, down in rest:
        words.append(f"l{ahead - x},{down - y}")
        x, y = ahead, down
    return "".join(words) + ("z" if closed else "")
