"""Code that fetches a table: curl, pandas, polars, DuckDB, datasets, mlcroissant, R, Frictionless, with permanent addresses."""

import json
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from catalog.records import FileRecord
from web.pages.recipes import AS_PUBLISHED, MADE, OPTIONS, Recipe

_PLACES = {key: f"https://qoima.invalid/{key}" for key in ("url", "parquet", "rows", "csv", "croissant", "records")}
"""Stand for the addresses while a snippet is highlighted, so that the result can be kept for all files."""
_UTF8 = ("utf-8", "utf8", "ascii", "utf-8-sig")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The full addresses of a file and of what is made of it; empty where there is no such thing.

    `records` is the `@id` of the RecordSet that the Croissant document has of the table.
    """

    url: str
    parquet: str = ""
    rows: str = ""
    csv: str = ""
    croissant: str = ""
    records: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One way to fetch a file: `html` shows `code` highlighted; its text is the code, letter by letter."""

    title: str
    code: str
    html: Markup


def snippets(to: Addresses) -> tuple[Snippet, ...]:
    """Return the snippets that read the table that was made of a file: typed, whatever the file was published as."""
    return tuple(_snippet(recipe, to, ()) for recipe in MADE if all(getattr(to, need) for need in recipe.needs))


def as_published(to: Addresses, file: FileRecord | None, form: str) -> tuple[Snippet, ...]:
    """Return the snippets that read a file as it was published, in a format (`CSV`)."""
    found = _found(file, form.lower())
    kinds = {form.lower(), "" if found.foreign else f"{form.lower()}-utf8"}
    fitting = [recipe for recipe in AS_PUBLISHED if not recipe.kinds or kinds & set(recipe.kinds)]
    return tuple(_snippet(recipe, to, tuple(_options(found).items())) for recipe in fitting)


def _snippet(recipe: Recipe, to: Addresses, options: tuple[tuple[str, str], ...]) -> Snippet:
    code, html = _highlighted(recipe, options)
    for key, place in _PLACES.items():
        address = getattr(to, key)
        code, html = code.replace(place, address), html.replace(place, str(escape(address)))
    return Snippet(recipe.title, code, Markup(html))


@lru_cache(maxsize=512)
def _highlighted(recipe: Recipe, options: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    code = recipe.code.format(**_PLACES, **dict(options))
    lexer = get_lexer_by_name(recipe.lexer, stripnl=False, ensurenl=False)
    html: str = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return code, html.removesuffix("\n")  # the formatter ends every text with a new line


@dataclass(frozen=True, slots=True)
class _Found:
    """How a text must be read: `skip` rows stand above the header; rows of a `ragged` one have more cells than it."""

    encoding: str
    delimiter: str
    skip: int
    ragged: bool

    @property
    def foreign(self) -> bool:
        return self.encoding not in _UTF8


def _found(file: FileRecord | None, form: str) -> _Found:
    facts, report = (file.table if file else None) or {}, (file.report if file else None) or {}
    dialect = facts.get("dialect") or {}
    delimiter = dialect.get("csv", dialect).get("delimiter") or ("\t" if form == "tsv" else ",")
    header = next(iter(dialect.get("headerRows") or ()), 1)
    ragged = any(error.get("type") == "extra-cell" for task in report.get("tasks") or () for error in task.get("errors") or ())
    return _Found(str(facts.get("encoding") or "utf-8").lower(), delimiter, header - 1, ragged)


def _options(found: _Found) -> dict[str, str]:
    """Return what each library must be told of a text, as further arguments."""
    sql = "E'\\t'" if found.delimiter == "\t" else f"'{found.delimiter}'"
    values = {"delimiter": json.dumps(found.delimiter), "sql": sql, "skip": found.skip, "encoding": found.encoding}
    needed = (found.delimiter != ",", found.skip, found.ragged, found.foreign)
    told = {
        library: "".join(f", {word.format(**values)}" for word, need in zip(words, needed, strict=True) if need and word)
        for library, words in OPTIONS.items()
    }
    return {**told, "encoding": found.encoding if found.foreign else "UTF-8-BOM"}
