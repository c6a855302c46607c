"""Stored bytes are hashed again every month; what changed or went is a finding at once."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.records import FileState
from tests.builders import a_dataset

BODY = b"level\n1\n2\n"
SHA = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def held(catalog):
    catalog.publishing.publish(SYSTEM, a_dataset(), "first")
    path = Path(catalog.temporary) / "body"
    path.write_bytes(BODY)
    catalog.files_store.put(path, SHA)
    with catalog.store.write() as work:
        file = work.files.get("wells", "wells-csv")
        changes = {"state": FileState.STORED, "sha256": SHA, "byte_size": len(BODY), "fetched": "2026-11-23T12:00:00Z"}
        work.files.put(replace(file, filename="wells.csv", **changes))
    return catalog


def stored(catalog):
    catalog.audits.run()
    return [one.status.value for one in catalog.audits.report(VISITOR, "wells").findings if one.check == "data.fixity.stored"]


def body(catalog):
    (found,) = [path for path in catalog.settings.home.rglob("*") if path.is_file() and path.read_bytes() == BODY]
    return found


def test_bytes_are_looked_at_once_a_month(held, clock):
    assert held.fixity.check_due().good == 0
    clock.advance(days=29)
    assert held.fixity.check_due().good == 1
    assert held.fixity.check_due().good == 0
    assert stored(held) == ["pass"]


def test_bytes_that_changed_are_a_finding(held, clock):
    path = body(held)
    path.chmod(0o600)
    path.write_bytes(b"other")
    clock.advance(days=30)
    assert held.fixity.check_due().changed == 1
    assert stored(held) == ["fail"]


def test_bytes_that_went_are_a_finding(held, clock):
    body(held).unlink()
    clock.advance(days=30)
    assert held.fixity.check_due().lost == 1
    assert stored(held) == ["fail"]
