"""Where the browser finds our style sheets and scripts: hashed names from the manifest that `web.frontend` wrote."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"
MANIFEST = STATIC / "vendor" / "manifest.json"
HASHED = r"/vendor/[^/]+\.[0-9a-f]{12}\.(css|js|json|svg)$"
"""Addresses of files that never change."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses by plain name, and the outline of the country for maps (None before set-up)."""

    files: Mapping[str, str] = field(default_factory=dict)
    outline: Mapping[str, Any] | None = None

    def url(self, name: str) -> str:
        """Return the address of a file, empty for one of others that is not installed."""
        if name in self.files:
            return f"/static/vendor/{self.files[name]}"
        return f"/static/{name}" if (STATIC / name).exists() else ""


def load_assets() -> Assets:
    """Read the manifest and check every hash; a file that was changed is left out and named in the log."""
    if not MANIFEST.exists():
        log.warning("The front end is not set up; run `python -m web.frontend`.")
        return Assets()
    listed = json.loads(MANIFEST.read_text("utf-8"))["files"]
    good = {name: entry["file"] for name, entry in listed.items() if _unchanged(entry)}
    outline = STATIC / "vendor" / good["outline.json"] if "outline.json" in good else None
    return Assets(good, json.loads(outline.read_text("utf-8")) if outline else None)


def _unchanged(entry: Mapping[str, str]) -> bool:
    path = STATIC / "vendor" / entry["file"]
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]:
        return True
    log.warning("The front-end file %s is not what was set up; run `python -m web.frontend`.", entry["file"])
    return False
