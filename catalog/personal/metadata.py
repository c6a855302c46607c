"""Descriptions are public as well: numbers of people in their texts and names of columns keep a dataset back.

Contact points are left out, since offices are reached there.
"""

import re
from collections.abc import Iterator, Mapping

from catalog.personal.levels import blocking
from schemas.dataset import Dataset
from schemas.problems import Problem

_WORTH_A_LOOK = re.compile(r"[0-9](?:[ \u00a0-]?[0-9]){7}|[STFGMstfgm][0-9]{7}[A-Za-z]|[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}|@")
Text = Mapping[str, str]


def personal_texts(dataset: Dataset) -> list[Problem]:
    """Return what keeps a description from being public, by place and count, never by value."""
    return list(_problems(dataset))


def _problems(dataset: Dataset) -> Iterator[Problem]:
    for path, words in _texts(dataset):
        if not _WORTH_A_LOOK.search(words):
            continue
        from catalog.tables.personal.texts import search_lines  # loads the engines of tables, which few descriptions need

        for one in blocking(search_lines(words.splitlines(), "text")):
            message = f"Personal data seem to stand here ({one['kind']}, {one['hits']}); take them out."
            yield Problem("personal-data", path, message)


def _texts(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for name in ("title", "description", "purpose", "provenance", "version_notes"):
        yield from _of(f"/{name}", getattr(dataset, name))
    for code, keywords in dataset.keyword.items():
        yield f"/keyword/{code}", "\n".join(keywords)
    for at, file in enumerate(dataset.distribution):
        yield from _of(f"/distribution/{at}/title", file.title)
        yield from _of(f"/distribution/{at}/description", file.description)
        for place, field in enumerate(file.table_schema.fields if file.table_schema else ()):
            yield f"/distribution/{at}/table_schema/fields/{place}", f"{field.name}\n" + "\n".join(field.description.values())


def _of(path: str, text: Text) -> Iterator[tuple[str, str]]:
    for code, words in text.items():
        yield f"{path}/{code}", words
