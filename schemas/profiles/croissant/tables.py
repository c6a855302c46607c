"""Tables as Croissant RecordSets with their FileObjects, code lists and splits."""

from typing import Any

from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.profiles.croissant import files
from schemas.profiles.croissant.context import Ids, filled, language_map
from schemas.profiles.croissant.fields import Columns, enumeration
from schemas.profiles.croissant.references import foreign_references
from schemas.profiles.croissant.splits import SplitList
from schemas.profiles.croissant.statistics import by_column, row_count
from schemas.profiles.published import Published, PublishedFile, PublishedTable


class Tables:
    """Collects the `distribution` and the `recordSet` of a dataset, file by file."""

    def __init__(self, dataset: Dataset, published: Published, language: str) -> None:
        self._published, self._language, self._ids = published, language, Ids()
        # a table without rows cannot be loaded, so it is a file only
        self._tables = {one.id: published.tables[one.id] for one in dataset.distribution if _has_rows(published, one.id)}
        self._splits = SplitList((one.split for table in self._tables.values() for one in table.splits), self._ids)
        self._slugs = {one.id: self._ids.take(one.id, otherwise="table") for one in dataset.distribution}
        self._places = {key: self._placed(self._slugs[key], table) for key, table in self._tables.items()}
        self._references = foreign_references(self._tables)
        self.file_objects: list[dict[str, Any]] = []
        self.record_sets = self._splits.record_sets()
        for distribution in dataset.distribution:
            self._add(distribution)

    @property
    def record_set_ids(self) -> dict[str, str]:
        """Return the id of the RecordSet of each table, by distribution."""
        return {key: self._slugs[key] for key in self._tables}

    def _placed(self, record_set: str, table: PublishedTable) -> dict[str, str]:
        """Return the ids of the fields of a table, known to other tables before any is written."""
        names = [column.name for column in table.schema.fields]
        return {name: self._ids.take(name, under=f"{record_set}/", otherwise="column") for name in names}

    def _add(self, distribution: Distribution) -> None:
        place, table = self._slugs[distribution.id], self._tables.get(distribution.id)
        if source := self._published.files.get(distribution.id):
            self.file_objects.append(files.original(self._ids.take("original", under=f"{place}."), distribution, source))
        if table:
            self._add_table(distribution, table)
            for split in table.splits:
                if split.rows:
                    self._add_split(distribution, table, split)

    def _add_table(self, distribution: Distribution, table: PublishedTable) -> None:
        place, places = self._slugs[distribution.id], self._places[distribution.id]
        references = self._codes(place, table) | {
            column: self._places[there][name]
            for (key, column), (there, name) in self._references.items() if key == distribution.id
        }  # fmt: skip
        columns = Columns(places, self._file(place, table, table.parquet), by_column(table.statistics), references)
        keys = [{"@id": places[name]} for name in table.schema.primary_key if name in places]
        written = [columns.write(column) for column in table.schema.fields]
        self._add_record_set(place, distribution, table.rows, written, {"key": keys[0] if len(keys) == 1 else keys})

    def _add_split(self, distribution: Distribution, table: PublishedTable, split: PublishedFile) -> None:
        place = self._ids.take(split.split, under=f"{self._slugs[distribution.id]}.", otherwise="split")
        columns = Columns(self._placed(place, table), self._file(place, table, split))
        written = [columns.write(column) for column in table.schema.fields]
        written.append(self._splits.field(self._ids.take("split", under=f"{place}/"), split.split))
        self._add_record_set(place, distribution, split.rows or 0, written, {})

    def _add_record_set(
        self, place: str, distribution: Distribution, rows: int, written: list[dict[str, Any]], keys: dict[str, Any]
    ) -> None:
        made = {
            "@type": "cr:RecordSet", "@id": place, "name": language_map(distribution.title) or distribution.id,
            "description": language_map(distribution.description), **keys,
            "annotation": [row_count(self._ids.take("rows", under=f"{place}."), rows)], "field": written,
        }  # fmt: skip
        self.record_sets.append(filled(made))

    def _codes(self, record_set: str, table: PublishedTable) -> dict[str, str]:
        """Add the code lists of a table; returns the field that each coded column refers to."""
        found: dict[str, str] = {}
        for column in table.schema.fields:
            if made := enumeration(column, record_set, self._ids, self._language):
                self.record_sets.append(made)
                found[column.name] = made["key"]["@id"]
        return found

    def _file(self, place: str, table: PublishedTable, file: PublishedFile) -> str:
        made = self._ids.take("parquet", under=f"{place}.")
        self.file_objects.append(files.derived(made, self._published.files.get(table.distribution), file))
        return made


def _has_rows(published: Published, distribution: str) -> bool:
    return distribution in published.tables and published.tables[distribution].rows > 0
