"""Where and when the facts of a dataset hold."""

from dataclasses import dataclass, field

from schemas.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of time (dct:PeriodOfTime); ISO 8601 texts keep their precision, an empty end is open."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """A box in WGS 84 degrees (dcat:bbox); `west` may exceed `east` across the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place (dct:Location) by authority IRI, by name, by box, or by any of them together."""

    uri: str = ""
    name: Text = field(default_factory=dict)
    bbox: BoundingBox | None = None
    geometry: str = ""
