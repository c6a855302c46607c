"""What is indexed of a dataset: texts by language, facet values, sort keys and access labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One dataset in the index. Texts map language to words; `modified` is epoch seconds; `content_hash` serves `verify`.

    `numbers` are those of `catalog.search.ranges`; `boxes` are places as west, south, east and north in degrees, west first;
    `quality` (0 to 100) is a gentle factor of the order.
    """


    name: str
    content_hash: str
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    keywords: Mapping[str, str] = field(default_factory=dict)
    agency: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset({"public"})
    numbers: Mapping[str, int] = field(default_factory=dict)
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    modified: int = 0
    quality: int = 0
    title_key: str = ""
