"""Drift: what of the columns changed between the newest two versions, by their stored profiles."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.ports import FileStore
from catalog.records import PROFILE, Version, VersionFile

DISTANCE = 0.3
"""Largest distance between two distributions (Kolmogorov-Smirnov of numbers, half the L1 of shares) that is no drift."""
_LEAST = 30
"""Values from which on a distribution can be compared."""
Column = Mapping[str, Any]


def drift(versions: Sequence[Version], store: FileStore) -> dict[str, Any] | None:
    """Return `{"before", "after", "lost", "retyped", "moved"}` (columns) between two versions, newest first; None without two."""
    if len(versions) < 2:
        return None
    after, before = versions[0], versions[1]
    found: dict[str, Any] = {"before": before.version, "after": after.version, "lost": [], "retyped": [], "moved": []}
    try:
        for file in after.files:
            old = before.file(file.distribution)
            if old and old.sha256 != file.sha256:
                _compare(_columns(old, store), _columns(file, store), found)
    except Exception as error:  # the border of one dataset
        found["fault"] = type(error).__name__
    return found


def _columns(file: VersionFile, store: FileStore) -> dict[str, Column]:
    made = next((one for one in file.derived if one.name == PROFILE), None)
    if made is None:
        return {}
    with store.open(made.sha256) as body:
        return {column["name"]: column for column in json.load(body)["columns"]}


def _compare(old: Mapping[str, Column], new: Mapping[str, Column], found: dict[str, Any]) -> None:
    if not old or not new:
        return
    found["lost"] += [name for name in old if name not in new]
    both = [name for name in old if name in new]
    found["retyped"] += [name for name in both if old[name].get("type") != new[name].get("type")]
    found["moved"] += [name for name in both if name not in found["retyped"] and distance(old[name], new[name]) > DISTANCE]


def distance(old: Column, new: Column) -> float:
    """Return how far two columns of a profile lie apart, from 0 to 1; 0 where that cannot be told."""
    if min(old.get("count") or 0, new.get("count") or 0) < _LEAST:
        return 0.0
    one, other = old.get("histogram"), new.get("histogram")
    if one and other and old.get("type") in ("integer", "number"):
        edges = sorted({*one["edges"], *other["edges"]})
        return max((abs(_below(one, edge) - _below(other, edge)) for edge in edges), default=0.0)
    return _shares_apart(old, new)


def _below(histogram: Mapping[str, Any], value: float) -> float:
    """Return the share of values below one, as if those of a bin were spread evenly."""
    edges, counts = histogram["edges"], histogram["counts"]
    place = bisect_right(edges, value) - 1
    if place < 0:
        return 0.0
    if place >= len(counts):
        return 1.0
    width = edges[place + 1] - edges[place]
    inside = counts[place] * ((value - edges[place]) / width if width else 1.0)
    return float((sum(counts[:place]) + inside) / (sum(counts) or 1))


def _shares_apart(old: Column, new: Column) -> float:
    """Compare the frequent values of columns of categories; columns of mostly different texts are not compared."""
    one = {top["value"]: top["count"] / old["count"] for top in old.get("top") or ()}
    other = {top["value"]: top["count"] / new["count"] for top in new.get("top") or ()}
    if sum(one.values()) < 0.8 or sum(other.values()) < 0.8:
        return 0.0
    return float(sum(abs(one.get(value, 0.0) - other.get(value, 0.0)) for value in {*one, *other})) / 2
