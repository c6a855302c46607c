"""Code that fetches a table: curl, pandas, polars, DuckDB, datasets, mlcroissant, R, Frictionless, with permanent addresses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from catalog.records import FileRecord
from web.pages.recipes import AS_PUBLISHED, MADE, Recipe

_PLACES = {key: f"https://qoima.invalid/{key}" for key in ("url", "parquet", "rows", "csv", "croissant", "records")}
"""Stand for the addresses while a snippet is highlighted, so that the result can be kept for all files."""
_UTF8 = ("utf-8", "utf8", "ascii")


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
    facts = (file.table if file else None) or {}
    encoding = str(facts.get("encoding") or "utf-8").lower()
    options = _options(encoding, facts.get("dialect") or {}, form.lower())
    kinds = {form.lower(), f"{form.lower()}-utf8" if encoding in _UTF8 else ""}
    fitting = [recipe for recipe in AS_PUBLISHED if not recipe.kinds or kinds & set(recipe.kinds)]
    return tuple(_snippet(recipe, to, tuple(options.items())) for recipe in fitting)


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


def _options(encoding: str, dialect: Mapping[str, Any], form: str) -> dict[str, str]:
    """Return what each library must be told of the encoding and the delimiter, as further arguments."""
    delimiter = dialect.get("csv", dialect).get("delimiter") or ("\t" if form == "tsv" else ",")
    quoted = json.dumps(delimiter)
    odd, foreign = delimiter != ",", encoding not in _UTF8
    name = f'encoding="{encoding}"'
    return {
        "pandas": (f", sep={quoted}" if odd else "") + (f", {name}" if foreign else ""),
        "polars": (f", separator={quoted}" if odd else "") + (f", {name}" if foreign else ""),
        "duckdb": ", delim = E'\\t'" if delimiter == "\t" else f", delim = '{delimiter}'" if odd else "",
        "datasets": f", sep={quoted}" if odd else "",
        "r": (f", sep = {quoted}" if odd else "") + f', fileEncoding = "{"UTF-8" if not foreign else encoding}"',
        "frictionless": f", {name}" if foreign else "",
    }
