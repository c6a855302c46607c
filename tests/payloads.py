"""Real recorded answers stand outside the project; a test that needs one names it here and skips where it is missing."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("QOIMA_PAYLOADS", Path(__file__).resolve().parents[2] / "shared" / "payloads"))


def missing(what: str) -> None:
    """Skip the test for want of `what`; a failure where everything must be there."""
    if os.environ.get("QOIMA_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing, and QOIMA_REQUIRE_ALL=1 asks for everything.")
    pytest.skip(f"{what} is not on this machine.")


def payload(path: str) -> Path:
    """Return the payload at `path` below the payload folder."""
    found = ROOT / path
    if not found.exists():
        missing(f"The payload {path} (folder QOIMA_PAYLOADS)")
    return found
