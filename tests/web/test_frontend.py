"""The set-up of the front end: pinned, without other hosts, checked by hash."""

import json
import re
from pathlib import Path

from web.assets import MANIFEST, load_assets
from web.frontend import rethemed
from web.outline import outline_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_lock_file_names_no_registry_and_pins_by_hash() -> None:
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    packages = [entry for name, entry in json.loads(lock)["packages"].items() if name]
    assert packages and all(entry["integrity"].startswith("sha512-") for entry in packages)


def test_fonts_of_others_are_taken_out() -> None:
    fonts = "@font-face{font-family:GDS Transport;src:url(/a.woff2)}"
    css = rethemed(fonts + ".a{font-family:GDS Transport,arial,sans-serif}.b{font-family:sans-serif}")
    assert css == ".a{font-family:var(--qoima-font)}.b{font-family:var(--qoima-font)}"


def test_components_that_no_page_has_are_taken_out() -> None:
    css = ".govuk-tabs a{x:y}.govuk-tabs a,.b{x:y}@media print{.govuk-footer__link{x:y}}@media print{.c{x:y}}"
    assert rethemed(css) == ".govuk-tabs a,.b{x:y}@media print{.c{x:y}}"


def test_style_and_script_of_a_page_stay_within_their_budget() -> None:
    sizes = {path.name.partition(".")[0]: path.stat().st_size for path in MANIFEST.parent.glob("*.br")}
    assert sizes["govuk-frontend"] + sizes["qoima"] <= 16_000
    assert sizes["app"] <= 6_000


def test_what_is_installed_is_what_the_manifest_says() -> None:
    listed = json.loads(MANIFEST.read_text("utf-8"))["files"]
    assets = load_assets()
    assert set(assets.files) == set(listed)
    assert all(re.fullmatch(r"/static/vendor/[\w-]+\.[0-9a-f]{12}\.\w+", assets.url(name)) for name in listed)


def test_a_country_is_cut_out_of_an_atlas() -> None:
    atlas = {
        "transform": {"scale": [1, 1], "translate": [50, 40]},
        "arcs": [[[0, 0], [10, 0], [0, 5]], [[10, 5], [-10, 0], [0, -5]]],
        "objects": {"countries": {"geometries": [{"id": "398", "type": "Polygon", "arcs": [[0, 1]]}]}},
    }
    assert outline_of(atlas, "398") == {"bbox": [50, 40, 60, 45], "path": "M50,-40L60,-40L60,-45L50,-45L50,-40Z"}
