"""Loss of or damage to the index costs a rebuild, nothing else."""

import shutil
from pathlib import Path

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog, open_catalog
from schemas.dataset import Dataset


def test_a_lost_index_is_made_anew(catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, Dataset(name="rivers", title={"en": "Rivers"}), "new")
    shutil.rmtree(catalog.settings.home / "index")
    again = open_catalog(catalog.settings)
    again.indexing.ensure()
    assert again.index.count() == 1 and again.indexing.verify().good


def test_a_damaged_index_is_made_anew(catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, Dataset(name="rivers", title={"en": "Rivers"}), "new")
    for file in Path(catalog.settings.home / "index").rglob("*.toc"):
        file.write_bytes(file.read_bytes()[:20])
    again = open_catalog(catalog.settings)
    again.indexing.ensure()
    assert again.index.count() == 1 and again.indexing.verify().good
