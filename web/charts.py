"""Charts as SVG written by the server: presentation attributes and classes only, so that the content policy holds."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from schemas.coverage import BoundingBox

_BAR = Markup(
    '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect width="{}" height="4"/></svg>'
)
_MAP = Markup('<svg class="map" viewBox="{:g} {:g} {:g} {:g}" role="img" aria-label="{}">{}{}</svg>')
_BOX = Markup('<rect class="map-box" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>')
_HISTOGRAM = Markup(
    '<span class="histogram"><svg viewBox="0 0 {0} 40" preserveAspectRatio="none" role="img" aria-label="{1}">'
    '<path d="{2}"/></svg>'
    '<svg class="hits" viewBox="0 0 {0} 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">{3}</svg></span>'
)
_HIT = Markup('<a href="{}" tabindex="-1"><title>{}</title><rect x="{}" width="10" height="40"/></a>')
_WORLD = (-180.0, -90.0, 180.0, 90.0)


@lru_cache(maxsize=1024)
def bar(share: float) -> Markup:
    """Return a bar of `share` (0 to 1) of its width; the number stands beside it in words."""
    return _BAR.format(round(max(0.0, min(1.0, share)) * 100, 1))


def histogram(bars: Sequence[tuple[float, str, str]], said: str) -> Markup:
    """Return bars of (share of the highest, address, words) as a picture that `said` sums up.

    Links for the pointer lie over it, out of the way of the keyboard and of assistive technology: a table beside it has them.
    """
    path = _columns([share for share, _, _ in bars])
    hits = Markup("").join(_HIT.format(href, words, 10 * place) for place, (_, href, words) in enumerate(bars))
    return _HISTOGRAM.format(10 * len(bars), said, path, hits)


def months(counts: Sequence[int], said: str) -> Markup:
    """Return columns of counts as a picture that `said` sums up; a table beside it has the numbers."""
    return _HISTOGRAM.format(10 * len(counts), said, _columns([count / (max(counts) or 1) for count in counts]), Markup(""))


def _columns(shares: Sequence[float]) -> str:
    return "".join(f"M{10 * at},40v-{_height(share)}h9v{_height(share)}z" for at, share in enumerate(shares) if share)


def _height(share: float) -> str:
    return f"{max(1.0, share * 40):.3g}"


def coverage_map(box: BoundingBox, outline: Mapping[str, Any] | None) -> Markup:
    """Return the box on the outline of the country, or on a grid of the world where it lies elsewhere."""
    at_home = outline is not None and _touches(box, outline["bbox"])
    west, south, east, north = outline["bbox"] if outline is not None and at_home else _WORLD
    ground = Markup('<path class="map-land" d="{}"/>').format(outline["path"]) if outline and at_home else _grid()
    margin = (east - west) * 0.03
    label = _("Map of the area covered: %(words)s", words=degrees(box))
    view = (west - margin, -north - margin, east - west + 2 * margin, north - south + 2 * margin)
    return _MAP.format(*view, label, ground, Markup("").join(_boxes(box, (east - west) / 120)))


def degrees(box: BoundingBox) -> str:
    """Return a box in words: 46.5–87.3° E, 40.6–55.4° N."""
    words: str = _(
        "longitude %(west)s° to %(east)s°, latitude %(south)s° to %(north)s°",
        west=f"{box.west:g}", east=f"{box.east:g}", south=f"{box.south:g}", north=f"{box.north:g}",
    )  # fmt: skip
    return words


def _boxes(box: BoundingBox, least: float) -> list[Markup]:
    spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    height = max(box.north - box.south, least)
    return [_BOX.format(west, -box.north, max(east - west, least), height) for west, east in spans]


def _touches(box: BoundingBox, land: list[float]) -> bool:
    west, south, east, north = land
    inside = box.west < east and box.east > west and box.south < north and box.north > south
    return inside and (box.east - box.west) <= 2 * (east - west)


def _grid() -> Markup:
    lines = "".join(f"M{x},-90V90" for x in range(-180, 181, 30)) + "".join(f"M-180,{y}H180" for y in range(-90, 91, 30))
    return Markup('<path class="map-grid" d="{}"/>').format(lines)


_SPARK = Markup('<svg class="spark" viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label="{}">{}{}</svg>')
_STACK = Markup(
    '<svg class="stack" viewBox="0 0 {0} 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">{1}</svg>'
)
_BLOCK = Markup('<rect class="band-{}" x="{}" y="{:.4g}" width="16" height="{:.4g}"/>')


def sparkline(points: Sequence[tuple[str, float, str]], said: str) -> Markup:
    """Return shares (0 to 1) in the order of time as a line that breaks, with a mark, where the third member changes."""
    if len(points) < 2:
        return Markup("")
    line, marks = "", Markup("")
    for place, (_when, share, rules) in enumerate(points):
        x, y = round(200 * place / (len(points) - 1), 1), round(38 - 36 * max(0.0, min(1.0, share)), 1)
        broken = place > 0 and points[place - 1][2] != rules
        line += f"{'L' if place and not broken else 'M'}{x},{y}"
        marks += Markup('<path class="spark-step" d="M{},0v40"/>').format(x) if broken else Markup("")
    return _SPARK.format(said, Markup('<path class="spark-line" d="{}"/>').format(line), marks)


def stack(columns: Sequence[tuple[str, Sequence[int]]]) -> Markup:
    """Return columns of counts by band, best below, with room for twelve; a table beside it has the numbers."""
    drawn = Markup("")
    for place, (_name, counts) in enumerate(columns):
        whole, top = sum(counts) or 1, 100.0
        for number, count in enumerate(counts):
            height = 100 * count / whole
            top -= height
            drawn += _BLOCK.format(number, place * 20, top, height) if count else Markup("")
    return _STACK.format(20 * max(12, len(columns)), drawn)
