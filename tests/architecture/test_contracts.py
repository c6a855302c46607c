"""The dependency rule holds, and each of its contracts would notice a violation."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("schemas", "catalog", "harvesters", "web")

VIOLATIONS = {
    "layers": ("schemas/dates.py", "import catalog.records"),
    "inside-catalog": ("catalog/records.py", "import catalog.ports"),
    "adapters-and-services": ("catalog/reading.py", "import catalog.adapters.sql"),
    "only-bootstrap-names-adapters": ("harvesters/compare.py", "import catalog.adapters.sql"),
    "web-only": ("catalog/reading.py", "import flask"),
    "engines-only-in-adapters": ("catalog/reading.py", "import sqlalchemy"),
    "outbound": ("catalog/reading.py", "import requests"),
    "sources-apart": ("harvesters/sources/ckan.py", "import harvesters.sources.dmi"),
    "standards-apart": ("schemas/profiles/standards/ckan.py", "import schemas.profiles.standards.dcat"),
    "portals-apart": ("schemas/profiles/portals/dmi.py", "import schemas.profiles.portals.aihub"),
    "facets-apart": ("catalog/search/facets/theme.py", "import catalog.search.facets.agency"),
    "ranges-apart": ("catalog/search/ranges/rows.py", "import catalog.search.ranges.files"),
    "access-rules-apart": ("catalog/access/rules/level.py", "import catalog.access.rules.harvest"),
    "personal-kinds-apart": ("catalog/tables/personal/kinds/kz.py", "import catalog.tables.personal.kinds.dk"),
    "quality-checks-apart": ("catalog/quality/checks/theme.py", "import catalog.quality.checks.keyword"),
}


def contracts() -> set[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    return {section.removeprefix("importlinter:contract:") for section in config if section.startswith("importlinter:contract:")}


def lint(folder: Path, contract: str = "") -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as run; run()"
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache", *chosen], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "vendor", "data"))
    shutil.copy(ROOT / "setup.cfg", folder)
    return folder


def test_every_contract_has_a_planted_violation() -> None:
    assert contracts() == set(VIOLATIONS)


def test_the_tree_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    path, line = VIOLATIONS[contract]
    file = copy / path
    kept = file.read_text()
    file.write_text(f"{kept}\n{line}\n")
    try:
        result = lint(copy, contract)
    finally:
        file.write_text(kept)
    assert result.returncode == 1, result.stdout
