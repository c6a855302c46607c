"""The shapes of GeoJSON and the tree of any JSON, both cut to what a page can show."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.tables.contents.shapes import shapes
from catalog.tables.guards import check_depth

MOST = 32 * 2**20
"""Bytes of a document that is looked into: it is read whole."""
NODES, ITEMS, KEYS, DEPTH, LETTERS = 300, 3, 30, 6, 120


def document(path: Path, folder: Path, job: Mapping[str, Any], samples: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `{"shapes", "tree"}`; nothing of a document that is too large."""
    if path.stat().st_size > MOST:
        return {}
    body = path.read_bytes()
    check_depth(body)
    read = json.loads(body)
    found: dict[str, Any] = {"tree": tree(read)}
    if isinstance(read, dict) and (drawn := shapes(read)):
        found["shapes"] = drawn
    return found


def tree(value: Any) -> dict[str, Any]:
    """Return a document as at most NODES nodes `{"key"?, "type", "value" | "nodes", "count"?}`, of lists the first items."""
    return _node(value, DEPTH, [NODES])


def _node(value: Any, depth: int, left: list[int], key: str | None = None) -> dict[str, Any]:
    left[0] -= 1
    node: dict[str, Any] = {} if key is None else {"key": key[:LETTERS]}
    if isinstance(value, dict | list):
        pairs = list(value.items())[:KEYS] if isinstance(value, dict) else [(None, item) for item in value[:ITEMS]]
        shown = [_node(item, depth - 1, left, name) for name, item in pairs if depth and left[0] > 0]
        return {**node, "type": "object" if isinstance(value, dict) else "array", "nodes": shown, "count": len(value)}
    words = value if isinstance(value, str) else json.dumps(value)
    return {**node, "type": _TYPES[type(value).__name__], "value": words[:LETTERS] + ("…" if len(words) > LETTERS else "")}


_TYPES = {"str": "string", "int": "number", "float": "number", "bool": "boolean", "NoneType": "null"}
