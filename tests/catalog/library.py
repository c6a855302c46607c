"""A dataset about rivers whose files a test changes as a harvest would: published, fetched, checked, cut."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from catalog.access import harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestSource
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState, Version
from schemas.access import AccessRule
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.ml import MLProfile
from schemas.table import TableSchema

SOURCE = "portal"
NAME = "rivers"
PICTURE = "picture"
"""Id of a file that is no table."""


@dataclass
class Library:
    """Holds the dataset `NAME`; every call of `publish` and `store` is one step of a harvest."""

    catalog: Catalog
    folder: Path

    def publish(
        self, *ids: str, schema: TableSchema | None = None, access: AccessRule | None = None, ml: MLProfile | None = None
    ) -> None:
        """Publish the dataset with these files, which wait to be fetched where they are new."""
        files = tuple(
            Distribution(
                id=i, download_url=f"https://example.org/{i}", format="PNG" if i == PICTURE else "CSV", table_schema=schema
            )
            for i in ids
        )
        dataset = Dataset(
            name=NAME, title={"en": "Rivers"}, distribution=files, access=access or AccessRule(), ml=ml or MLProfile()
        )
        with self.catalog.store.write() as work:
            work.harvests.put_source(HarvestSource(name=SOURCE, kind="ckan", url="https://example.org"))
        origin = Origin(source=SOURCE, kind="ckan", files="copy")
        self.catalog.publishing.publish(harvester(SOURCE), dataset, "harvested", origin)

    def store(self, distribution: str, content: bytes) -> None:
        """Take bytes in, unchecked."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / digest
        path.write_bytes(content)
        self.catalog.files_store.put(path, digest)
        extension, media_type = ("png", "image/png") if distribution == PICTURE else ("csv", "text/csv")
        record = FileRecord(
            dataset=NAME, distribution=distribution, state=FileState.STORED, filename=f"{distribution}.{extension}",
            media_type=media_type, sha256=digest, byte_size=len(content),
        )  # fmt: skip
        with self.catalog.store.write() as work:
            work.files.put(record)

    def check(self) -> None:
        """Check what waits."""
        self.catalog.validation.check_waiting(SOURCE, lambda done, total: None)

    def release(self, **files: bytes) -> Version | None:
        """Take in files (by their ids) and cut; the dataset is published with them when it is not yet."""
        with self.catalog.store.read() as work:
            known = work.datasets.get(NAME)
        if known is None:
            self.publish(*files)
        for distribution, content in files.items():
            self.store(distribution, content)
        self.check()
        return self.catalog.versions.cut(NAME)

    def versions(self) -> list[Version]:
        """Return the versions, newest first."""
        with self.catalog.store.read() as work:
            return work.versions.of(NAME)
