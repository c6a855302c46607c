"""The same pages by stock Whoosh, SQLite FTS5 and tantivy: total, twenty hits and every facet table, exact."""
# ruff: noqa: E501  # SQL reads best on one line

import sqlite3
from pathlib import Path
from typing import Any, Protocol

import tantivy
from whoosh import fields, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir

from catalog.search.document import Document
from catalog.search.request import SearchRequest, Sort
from tests.benchmarks.searching.analysis import LANGUAGES, stands_for
from tests.benchmarks.searching.corpus import FACETS, SEVERAL

Answer = tuple[int, list[str], dict[str, dict[str, int]]]
Filters = dict[str, tuple[str, ...]]


class Peer(Protocol):
    """An engine: filled once with documents and their terms, then asked."""

    def add(self, document: Document, terms: dict[str, str]) -> None: ...
    def commit(self) -> None: ...
    def page(self, request: SearchRequest) -> Answer: ...


def without_own(request: SearchRequest) -> dict[str, Filters]:
    """Return, for each filtered facet, the filters that its own counts stand under."""
    return {name: {k: v for k, v in request.filters.items() if k != name} for name in request.filters}


class Stock:
    """Whoosh as it is used by the book: its own queries, `groupedby` for facets."""

    def __init__(self, folder: Path, fresh: bool) -> None:
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        facet = {name: fields.KEYWORD(commas=True) if name in SEVERAL else fields.ID(sortable=True) for name in FACETS}
        schema = fields.Schema(name=fields.ID(stored=True), modified=fields.NUMERIC(int, bits=64, sortable=True),
                               **{f"t_{name}": text for name in LANGUAGES}, **facet)  # fmt: skip
        self._index = create_in(folder, schema) if fresh else open_dir(folder)
        self._writer = self._index.writer(limitmb=256) if fresh else None
        self._searcher = None if fresh else self._index.searcher()
        self._groups = [sorting.FieldFacet(name, allow_overlap=name in SEVERAL) for name in FACETS]

    def add(self, document: Document, terms: dict[str, str]) -> None:
        values = {name: ",".join(values) for name, values in document.facets.items()}
        texts = {f"t_{name}": text for name, text in terms.items()}
        self._writer.add_document(name=document.name, modified=document.modified, **values, **texts)

    def commit(self) -> None:
        self._writer.commit()
        self._searcher = self._index.searcher()

    def page(self, request: SearchRequest) -> Answer:
        asked = [query.Or([query.Term(f"t_{name}", term) for name, term in stands_for(word)]) for word in request.words]
        found = self._run(asked, request, dict(request.filters), tuple(FACETS))
        tables = {name: {k: len(v) for k, v in found.groups(name).items()} for name in FACETS}
        for name, filters in without_own(request).items():
            again = self._run(asked, request, filters, (name,))
            tables[name] = {k: len(v) for k, v in again.groups(name).items()}
        names = [hit["name"] for hit in found[request.offset : request.offset + request.limit]]
        return len(found), names, tables

    def _run(self, asked: list[Any], request: SearchRequest, filters: Filters, groups: tuple[str, ...]) -> Any:
        parts = [query.Or([query.Term(name, value) for value in values]) for name, values in filters.items()]
        facets = {name: facet for name, facet in zip(FACETS, self._groups, strict=True) if name in groups}
        by_date = request.sort is Sort.MODIFIED or not request.words
        return self._searcher.search(
            query.And(asked) if asked else query.Every(), filter=query.And(parts) if parts else None,
            limit=request.offset + request.limit, groupedby=facets, maptype=sorting.UnorderedList,
            sortedby="modified" if by_date else None, reverse=by_date,
        )  # fmt: skip


class Fts:
    """SQLite's FTS5; the matching ids go into a temporary table once, facets are one GROUP BY over it."""

    def __init__(self, folder: Path, fresh: bool) -> None:
        self._data = sqlite3.connect(folder / "fts.db")
        self._data.executescript("PRAGMA cache_size=-100000; PRAGMA temp_store=MEMORY; CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY)")
        if fresh:
            texts = ", ".join(f"t_{name}" for name in LANGUAGES)
            self._data.executescript(
                f"CREATE VIRTUAL TABLE text USING fts5({texts}, content='', detail='column', tokenize=\"unicode61 remove_diacritics 0\");"
                "CREATE TABLE dataset (id INTEGER PRIMARY KEY, name TEXT, modified INTEGER); CREATE INDEX dated ON dataset (modified);"
                "CREATE TABLE value (dataset INTEGER, facet TEXT, value TEXT, PRIMARY KEY (dataset, facet, value)) WITHOUT ROWID;"
                "CREATE TABLE carried (facet TEXT, value TEXT, dataset INTEGER, PRIMARY KEY (facet, value, dataset)) WITHOUT ROWID;"
            )
        self._count = 0

    def add(self, document: Document, terms: dict[str, str]) -> None:
        number = self._count = self._count + 1
        self._data.execute("INSERT INTO dataset VALUES (?, ?, ?)", (number, document.name, document.modified))
        texts = [terms.get(name, "") for name in LANGUAGES]
        self._data.execute(f"INSERT INTO text (rowid, {', '.join(f't_{n}' for n in LANGUAGES)}) VALUES (?, ?, ?, ?, ?)", (number, *texts))
        rows = [(facet, value, number) for facet, values in document.facets.items() for value in values]
        self._data.executemany("INSERT INTO value (facet, value, dataset) VALUES (?, ?, ?)", rows)
        self._data.executemany("INSERT INTO carried (facet, value, dataset) VALUES (?, ?, ?)", rows)

    def commit(self) -> None:
        self._data.execute("INSERT INTO text(text) VALUES ('optimize')")
        self._data.commit()
        self._data.execute("ANALYZE")

    def page(self, request: SearchRequest) -> Answer:
        match = " AND ".join(
            "(" + " OR ".join(f't_{name} : "{term}"' for name, term in stands_for(word)) + ")" for word in request.words
        )
        self._fill(match, dict(request.filters))
        total = self._data.execute("SELECT count(*) FROM hit").fetchone()[0]
        if match and request.sort is Sort.RELEVANCE:
            names = self._data.execute(
                "SELECT name FROM text JOIN dataset ON dataset.id = text.rowid WHERE text MATCH ? AND text.rowid IN hit"
                " ORDER BY rank LIMIT ? OFFSET ?", (match, request.limit, request.offset))  # fmt: skip
        else:
            names = self._data.execute(
                "SELECT name FROM dataset WHERE id IN hit ORDER BY modified DESC LIMIT ? OFFSET ?", (request.limit, request.offset)
            )
        found = [name for (name,) in names]
        tables: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        everything = not match and not request.filters
        counted = "SELECT facet, value, count(*) FROM carried GROUP BY 1, 2" if everything else (
            "SELECT facet, value, count(*) FROM hit JOIN value ON value.dataset = hit.id GROUP BY 1, 2")  # fmt: skip
        for facet, value, count in self._data.execute(counted):
            tables[facet][value] = count
        for name, filters in without_own(request).items():
            self._fill(match, filters)
            tables[name] = dict(self._data.execute(
                "SELECT value, count(*) FROM hit JOIN value ON value.dataset = hit.id WHERE facet = ? GROUP BY 1", (name,)))  # fmt: skip
        return total, found, tables

    def _fill(self, match: str, filters: Filters) -> None:
        parts = ["SELECT rowid FROM text WHERE text MATCH ?"] if match else [] if filters else ["SELECT id FROM dataset"]
        given: list[str] = [match] if match else []
        for name, values in filters.items():
            parts.append(f"SELECT dataset FROM carried WHERE facet = ? AND value IN ({', '.join('?' * len(values))})")
            given += [name, *values]
        self._data.execute("DELETE FROM hit")
        self._data.execute(f"INSERT OR IGNORE INTO hit {' INTERSECT '.join(parts)}", given)


class Tantivy:
    """tantivy through its Python binding: one search for total and hits, one aggregation for all tables."""

    def __init__(self, folder: Path, fresh: bool) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("modified", fast=True)
        for name in LANGUAGES:
            builder.add_text_field(f"t_{name}", tokenizer_name="whitespace", index_option="freq")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(128_000_000, 1) if fresh else None
        self._searcher = self._index.searcher()

    def add(self, document: Document, terms: dict[str, str]) -> None:
        texts = {f"t_{name}": text for name, text in terms.items()}
        facets = {name: list(values) for name, values in document.facets.items()}
        self._writer.add_document(tantivy.Document(name=document.name, modified=document.modified, **texts, **facets))

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def page(self, request: SearchRequest) -> Answer:
        words = [self._any([(f"t_{name}", term) for name, term in stands_for(word)]) for word in request.words]
        asked = self._all(words, dict(request.filters))
        by_date = {"order_by_field": "modified"} if request.sort is Sort.MODIFIED or not words else {}
        found = self._searcher.search(asked, limit=request.limit, offset=request.offset, **by_date)
        names = [self._searcher.doc(address)["name"][0] for _, address in found.hits]
        tables = self._tables(asked, [name for name in FACETS if name not in request.filters])
        for name, filters in without_own(request).items():
            tables |= self._tables(self._all(words, filters), [name])
        return found.count, names, tables

    def _tables(self, asked: Any, facets: list[str]) -> dict[str, dict[str, int]]:
        counted = self._searcher.aggregate(asked, {name: {"terms": {"field": name, "size": 3000}} for name in facets})
        return {name: {row["key"]: row["doc_count"] for row in counted[name]["buckets"]} for name in facets}

    def _any(self, terms: list[tuple[str, str]]) -> Any:
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, *term, index_option="freq")) for term in terms]
        return tantivy.Query.boolean_query(parts)

    def _all(self, words: list[Any], filters: Filters) -> Any:
        parts = [*words]
        for name, values in filters.items():
            one = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, name, value, index_option="basic")) for value in values]
            parts.append(tantivy.Query.const_score_query(tantivy.Query.boolean_query(one), 0.0))
        if not parts:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


PEERS: dict[str, type[Any]] = {"stock": Stock, "fts5": Fts, "tantivy": Tantivy}
