"""A dataset whose files are given on request, and a reader. Its file is put in place as if it were fetched and cleared."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from schemas.access import AccessLevel, AccessRule, Duty
from tests.builders import a_dataset
from tests.web.accounts.asking import BYTES, READER
from tests.web.accounts.conftest import PASSWORD

RULE = AccessRule(
    level=AccessLevel.ON_REQUEST, purposes=("research",), duties=(Duty(action="attribute"),), decision_days=10,
    eligibility={"en": "Universities of the country."},
)  # fmt: skip


def publish(catalog: Catalog, rule: AccessRule = RULE, **changes: Any) -> None:
    """Publish the dataset, or publish it again under another rule; `changes` are to its description."""
    digest, path = sha256(BYTES).hexdigest(), Path(catalog.temporary) / "wells"
    path.write_bytes(BYTES)
    catalog.files_store.put(path, digest)
    dataset = a_dataset(access=rule, **changes)
    catalog.publishing.publish(SYSTEM, dataset, "Published", Origin(files="copy"))
    file = FileRecord(
        dataset=dataset.name, distribution="wells-csv", state=FileState.STORED, filename="wells.csv", media_type="text/csv",
        sha256=digest, byte_size=len(BYTES), fetched="2026-11-22T03:01:00Z", checked="2026-11-22T03:01:00Z", cleared=digest,
    )  # fmt: skip
    with catalog.store.write() as work:
        work.files.put(file, source="")


@pytest.fixture
def wells(staffed: Catalog) -> Catalog:
    publish(staffed)
    staffed.people.add(SYSTEM, READER, "Reader", PASSWORD)
    return staffed
