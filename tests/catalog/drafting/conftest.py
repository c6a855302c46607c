"""A catalogue with two agencies, and a draft that could be published."""

import io
from dataclasses import replace
from typing import Any

import pytest

from catalog.bootstrap import Catalog
from catalog.records import Draft
from schemas.agents import Agency
from tests.cast import EDITOR

ANSWERS: dict[str, Any] = {
    "name": "wells", "title": {"en": "Wells"}, "description": {"en": "Public wells."},
    "responsibility": {
        "owner": "Water office", "steward": "A. Steward", "quality_officer": "Q. Officer", "legal_basis": {"en": "Water Act"},
    },
}  # fmt: skip
TABLE = "станция;дата\nА-1;2025-01-31\nА-2;2025-02-28\n".encode("cp1251")


@pytest.fixture
def agencies(catalog: Catalog) -> Catalog:
    with catalog.store.write() as work:
        for name in ("water-agency", "road-agency"):
            work.agencies.put(Agency(name=name, title={"en": name}))
    return catalog


@pytest.fixture
def draft(agencies: Catalog) -> Draft:
    draft = agencies.drafts.start(EDITOR, "water-agency", ANSWERS)
    draft = agencies.draft_files.add(EDITOR, draft.id, 1, agencies.uploads.receive(io.BytesIO(TABLE), "деректер.csv"))
    with agencies.store.write() as work:  # as a worker leaves it
        file = work.files.of(draft.files_key)[0]
        work.files.put(replace(file, checked="2026-11-23T12:00:00Z", valid=True, cleared=file.sha256))
    return draft
