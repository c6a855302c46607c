"""The same answers by SQLite's FTS5 and SQL: an engine that shares nothing with Whoosh but the words of a text."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.search.document import Document
from catalog.search.languages import Language, alternatives, language_of, languages
from catalog.search.request import Hit, SearchPage, SearchRequest
from catalog.search.words import words
from tests.contracts.search_oracle import SECTIONS, has_phrase, runs

_TABLES = """
CREATE VIRTUAL TABLE text USING fts5({}, tokenize = 'ascii', detail = 'column', content = '');
CREATE TABLE dataset (id INTEGER PRIMARY KEY, name TEXT, modified INTEGER);
CREATE TABLE value (facet TEXT, value TEXT, dataset INTEGER, PRIMARY KEY (facet, value, dataset)) WITHOUT ROWID;
CREATE TABLE number (name TEXT, dataset INTEGER, number INTEGER);
CREATE TABLE box (dataset INTEGER, west REAL, south REAL, east REAL, north REAL);
CREATE INDEX of_dataset ON value (dataset, facet, value);
"""
LABEL = "_label"


class FtsIndex:
    """An index in memory, filled once; terms are written in hexadecimal so that SQLite's own analysis leaves them alone."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = list(documents)
        self._data = sqlite3.connect(":memory:", check_same_thread=False)
        self._fields = [*languages(), "forms"]
        self._data.executescript(_TABLES.format(", ".join(f"f_{name}" for name in self._fields)))
        for number, document in enumerate(self._documents):
            self._add(number, document)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer; the order of hits is by BM25 or by update."""
        given, ranked = self._matching(request)
        everything = {name: values for name, values in request.filters.items() if values}
        total = self._data.execute(f"SELECT count(*) FROM ({self._ids(given, everything, request)})").fetchone()[0]
        order = "(SELECT rank FROM text WHERE text.rowid = id AND text MATCH ?)" if ranked else "modified DESC"
        rows = self._data.execute(
            f"SELECT name FROM dataset WHERE id IN ({self._ids(given, everything, request)}) ORDER BY {order}, name"
            f" LIMIT {request.limit} OFFSET {request.offset}", [ranked] if ranked else [],
        )  # fmt: skip
        hits = tuple(Hit(name) for (name,) in rows)
        facets = {facet: self._table(facet, given, everything, request) for facet in request.facets}
        return SearchPage(total=total, hits=hits, facets=facets)

    def _table(self, facet: str, given: str, filters: dict[str, tuple[str, ...]], request: SearchRequest) -> dict[str, int]:
        left = {name: values for name, values in filters.items() if name != facet}
        found = self._data.execute(
            f"SELECT value, count(*) FROM value WHERE facet = ? AND dataset IN ({self._ids(given, left, request)})"
            " GROUP BY value",
            [facet],
        )
        return dict.fromkeys(filters.get(facet, ()), 0) | dict(found.fetchall())

    def _matching(self, request: SearchRequest) -> tuple[str, str]:
        """Return SQL that gives the ids that the words match, and the expression to rank by."""
        asked = [_meant(run, request.related) for run in runs(request)]
        asked += [_word(word) for phrase in request.phrases for given in phrase for word in words(given)]
        asked += [f"f_forms : {_hex(word)}*" for given in request.prefix for word in words(given)]
        excluded = [_word(word) for given in request.excluded for word in words(given)]
        found = "SELECT id FROM dataset"
        if asked:
            found = f"SELECT rowid FROM text WHERE text MATCH '{' AND '.join(f'({one})' for one in asked)}'"
        for one in excluded:
            found += f" EXCEPT SELECT rowid FROM text WHERE text MATCH '{one}'"
        if request.phrases:
            kept = [n for (n,) in self._data.execute(found) if has_phrase(self._documents[n], request)]
            found = f"SELECT id FROM dataset WHERE id IN ({', '.join(map(str, kept))})"
        return found, " AND ".join(f"({one})" for one in asked)

    def _ids(self, given: str, filters: dict[str, tuple[str, ...]], request: SearchRequest) -> str:
        wanted = {LABEL: tuple(request.labels), **filters}
        limits = [f"SELECT dataset FROM number WHERE name = {_quoted(name)} AND number BETWEEN {low} AND {high}"
                  for name, (low, high) in request.ranges.items()]  # fmt: skip
        if request.box:
            west, south, east, north = request.box
            across = f"west <= {east} AND east >= {west}" if west <= east else f"(east >= {west} OR west <= {east})"
            limits.append(f"SELECT dataset FROM box WHERE {across} AND south <= {north} AND north >= {south}")
        parts = [f"SELECT dataset FROM value WHERE facet = {_quoted(facet)} AND value IN ({', '.join(map(_quoted, values))})"
                 for facet, values in wanted.items()]  # fmt: skip
        return " INTERSECT ".join((f"SELECT * FROM ({given})", *parts, *limits))

    def _add(self, number: int, document: Document) -> None:
        terms: dict[str, list[str]] = {name: [] for name in self._fields}
        for section in SECTIONS:
            for code, text in getattr(document, section).items():
                language = language_of(code, text)
                terms[language.name] += (_hex(term) for word in words(text) for term in _stands(language, word))
                terms["forms"] += map(_hex, words(text))
        self._data.execute(
            f"INSERT INTO text (rowid, {', '.join(f'f_{name}' for name in self._fields)}) VALUES (?{', ?' * len(self._fields)})",
            [number, *(" ".join(terms[name]) for name in self._fields)],
        )
        self._data.execute("INSERT INTO dataset VALUES (?, ?, ?)", [number, document.name, document.modified])
        self._data.executemany("INSERT INTO number VALUES (?, ?, ?)", [(name, number, n) for name, n in document.numbers.items()])
        self._data.executemany("INSERT INTO box VALUES (?, ?, ?, ?, ?)", [(number, *box) for box in document.boxes])
        values = {**document.facets, LABEL: tuple(document.labels)}
        rows = [(facet, value, number) for facet, given in values.items() for value in given]
        self._data.executemany("INSERT OR IGNORE INTO value VALUES (?, ?, ?)", rows)


def _stands(language: Language, word: str) -> Iterator[str]:
    yield from language.terms(word)
    yield from filter(None, [language.side(word)])


def _meant(run: tuple[str, ...], related: Mapping[tuple[str, ...], Any]) -> str:
    said = [_every(_word(word) for word in run)]
    said += [_every(_word(word, (code,)) for word in other) for code, other in related.get(run, ())]
    if len(run) > 1:
        said.append(_every(_meant((word,), related) for word in run))
    return " OR ".join(f"({one})" for one in said)


def _every(parts: Iterable[str]) -> str:
    return " AND ".join(f"({one})" for one in parts)


def _word(word: str, codes: Iterable[str] = ()) -> str:
    rows = [(name, terms) for name in codes or languages() for terms, _ in alternatives(languages()[name], word)]
    return " OR ".join(_every(f"f_{name} : {_hex(term)}" for term in terms) for name, terms in rows)


def _hex(word: str) -> str:
    return "x" + word.encode().hex()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''")+ "'"
