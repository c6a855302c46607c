"""Shapes of GeoJSON as SVG written by the server: lines and outlines on their grid, points as dots over them."""

from collections import Counter
from collections.abc import Mapping
from math import cos, radians
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from schemas.coverage import BoundingBox
from web import sentences
from web.charts import degrees

_PICTURE = Markup(
    '<svg class="drawing" viewBox="{:.4g} {:.4g} {:.5g} {:.5g}" role="img" aria-label="{}">'
    '<g transform="scale({:.4g} 1)"><path class="drawing-lines" d="{}"/><path class="drawing-points" d="{}"/></g></svg>'
)
MARGIN = 40


def drawing(shapes: Mapping[str, Any]) -> Markup:
    """Return shapes (contract: `catalog.tables.contents.shapes`) with north up, narrower where degrees of longitude are."""
    narrow = max(0.1, cos(radians((shapes["bbox"][1] + shapes["bbox"][3]) / 2)))
    width, height = max(shapes["width"] * narrow, 1), max(shapes["height"], 1)
    spare = max(0.0, width / 3 - height) / 2  # a band becomes no thread
    view = (-MARGIN, -MARGIN - spare, width + 2 * MARGIN, height + 2 * (MARGIN + spare))
    return _PICTURE.format(*view, said(shapes), narrow, shapes["lines"], _points(shapes))


def said(shapes: Mapping[str, Any]) -> str:
    """Return in words what is drawn and where."""
    counts: Counter[str] = Counter()
    for kind, count in shapes["kinds"].items():
        counts[sentences.SHAPES.get(kind.removeprefix("Multi"), kind)] += count
    kinds = ", ".join(f"{_(words)} {count}" for words, count in counts.items())
    said: str = _("Drawing (%(kinds)s): %(place)s", kinds=kinds, place=degrees(box(shapes)))
    return said


def box(shapes: Mapping[str, Any]) -> BoundingBox:
    """Return the box around shapes, in degrees rounded to about a hundred metres."""
    west, south, east, north = (round(edge, 3) for edge in shapes["bbox"])
    return BoundingBox(west, south, east, north)


def _points(shapes: Mapping[str, Any]) -> str:
    """Return a line of no length for every place on the grid: drawn with round ends it is a dot."""
    west, south, east, north = shapes["bbox"]
    scale = 1000 / (max(east - west, north - south) or 0.01)
    places = dict.fromkeys((round((x - west) * scale), round((north - y) * scale)) for x, y, _ in shapes["points"])
    return "".join(f"M{x},{y}h0" for x, y in places)
