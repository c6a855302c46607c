"""The outline of a country as SVG path data in degrees, cut out of a TopoJSON atlas at set-up."""

from typing import Any

Point = tuple[float, float]


def outline_of(atlas: Any, code: str) -> dict[str, Any]:
    """Return `{"bbox": [west, south, east, north], "path": "M…Z"}` of the country with the ISO 3166-1 numeric `code`.

    Coordinates are degrees east and degrees south (the sign of latitude turned), so that the path draws north up.
    Raises KeyError where the atlas has no such country. Format: TopoJSON 1.0, quantized arcs.
    """
    country = next((g for g in atlas["objects"]["countries"]["geometries"] if g.get("id") == code), None)
    if country is None:
        raise KeyError(f"The atlas has no country {code}.")
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [_ring(atlas, polygon[0]) for polygon in polygons]
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return {"bbox": [min(xs), min(ys), max(xs), max(ys)], "path": "".join(map(_path, rings))}


def _ring(atlas: Any, arcs: list[int]) -> list[Point]:
    points: list[Point] = []
    for number in arcs:
        arc = _arc(atlas, ~number if number < 0 else number)
        points += (arc[::-1] if number < 0 else arc)[1 if points else 0 :]
    return points


def _arc(atlas: Any, number: int) -> list[Point]:
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points: list[Point] = []
    for dx, dy in atlas["arcs"][number]:
        x, y = x + dx, y + dy
        point = (round(x * sx + tx, 1), round(y * sy + ty, 1))
        if not points or point != points[-1]:
            points.append(point)
    return points


def _path(ring: list[Point]) -> str:
    return "M" + "L".join(f"{x:g},{-y:g}" for x, y in ring) + "Z"
