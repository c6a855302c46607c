"""A published dataset becomes a document for the index: its texts by language, facet values and sort keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.access import VISITOR, Action, decide
from catalog.records import CatalogRecord, FileRecord, FileState
from catalog.search.document import Document
from catalog.search.facets import facets
from catalog.search.limits import parts
from catalog.search.moments import epoch
from catalog.search.ranges import ranges
from schemas.distribution import Distribution
from schemas.texts import UNDETERMINED, Text, pick

MAX_COLUMNS = 500
MAX_VALUES = 50
MAX_TEXT = 20_000
_QUALITY = {"excellent": 100, "good": 67, "sufficient": 33}

_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


def document_of(record: CatalogRecord, files: tuple[FileRecord, ...]) -> Document:
    """Return what is indexed of a dataset. Column names enter only where everybody may have the bytes."""
    dataset = record.dataset
    return Document(
        name=dataset.name,
        content_hash=record.content_hash,
        title=_cut(dataset.title),
        description=_cut(dataset.description),
        keywords=_cut({code: " ".join(words) for code, words in dataset.keyword.items()}),
        agency=_cut(dataset.publisher.title) if dataset.publisher else {},
        columns=_cut(_columns(record, files)),
        facets={facet.name: _distinct(facet.values(record, files)) for facet in facets().values()},
        labels=record.labels,
        numbers={each.name: found for each in ranges().values() if (found := each.number(record, files)) is not None},
        boxes=tuple(part for place in dataset.spatial[:MAX_VALUES] if (box := place.bbox)
                    for part in parts((box.west, box.south, box.east, box.north))),
        modified=epoch(dataset.modified) or epoch(record.updated),
        quality=_QUALITY.get(record.quality, 0),
        title_key=pick(dataset.title, "en").words.casefold()[:200],
    )  # fmt: skip


def _cut(text: Text) -> dict[str, str]:
    return {code: words[:MAX_TEXT] for code, words in text.items() if words}


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:200] for value in values if value))[:MAX_VALUES]


def _columns(record: CatalogRecord, files: tuple[FileRecord, ...]) -> dict[str, str]:
    if record.dataset.access.expires or not decide(VISITOR, Action.DOWNLOAD, record).allowed:
        return {}  # names that would have to leave the index by themselves do not enter it
    found: dict[str, list[str]] = {}
    described = {file.distribution: file for file in files}
    for distribution in record.dataset.distribution:
        for language, words in _of_table(distribution, described.get(distribution.id)):
            texts = found.setdefault(language, [])
            if words and len(texts) < MAX_COLUMNS:
                texts.append(words)
    return {language: " ".join(dict.fromkeys(texts)) for language, texts in found.items()}


def _of_table(distribution: Distribution, file: FileRecord | None) -> Iterator[tuple[str, str]]:
    """The declared columns where there are some, else those that were found in the file."""
    if file and file.state is FileState.HELD:
        return
    if distribution.table_schema:
        for column in distribution.table_schema.fields[:MAX_COLUMNS]:
            yield UNDETERMINED, _spaced(column.name)
            yield from column.title.items()
            yield from column.description.items()
        return
    table: Mapping[str, Any] = file.table if file and file.table else {}
    for found in ((table.get("schema") or {}).get("fields") or [])[:MAX_COLUMNS]:
        for key in ("name", "title", "description"):
            if isinstance(found.get(key), str):
                yield UNDETERMINED, _spaced(found[key])


def _spaced(name: str) -> str:
    return _HUMP.sub(" ", name)

