"""Code that fetches a file: curl, pandas, polars, DuckDB, datasets, Frictionless, with the permanent address of the bytes."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from catalog.records import FileRecord

_PLACE = "https://qoima.invalid/file"
"""Stands for the address while a snippet is highlighted, so that the result can be kept for all files."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One way to fetch a file: `html` shows `code` highlighted; its text is the code, letter by letter."""

    title: str
    code: str
    html: Markup


@dataclass(frozen=True, slots=True)
class _Recipe:
    title: str
    lexer: str
    kinds: tuple[str, ...]
    code: str


_TABLES = ("csv", "tsv")
_ALL = (*_TABLES, "json", "geojson", "parquet", "xlsx")
_RECIPES = (
    _Recipe("curl", "bash", _ALL, 'curl --fail --location --remote-name "{url}"'),
    _Recipe("pandas", "python", _TABLES, 'import pandas as pd\n\ntable = pd.read_csv("{url}"{pandas})\nprint(table.head())'),
    _Recipe("pandas", "python", ("parquet",), 'import pandas as pd\n\ntable = pd.read_parquet("{url}")\nprint(table.head())'),
    _Recipe("pandas", "python", ("xlsx",), 'import pandas as pd\n\ntable = pd.read_excel("{url}")\nprint(table.head())'),
    _Recipe(
        "geopandas", "python", ("geojson",),
        'import geopandas as gpd\n\nplaces = gpd.read_file("{url}")\nprint(places.head())',
    ),
    _Recipe("polars", "python", _TABLES, 'import polars as pl\n\ntable = pl.read_csv("{url}"{polars})\nprint(table.head())'),
    _Recipe("polars", "python", ("parquet",), 'import polars as pl\n\ntable = pl.read_parquet("{url}")\nprint(table.head())'),
    _Recipe("DuckDB", "sql", ("csv-utf8", "tsv-utf8"), "SELECT * FROM read_csv('{url}'{duckdb}) LIMIT 10;"),
    _Recipe("DuckDB", "sql", ("parquet",), "SELECT * FROM read_parquet('{url}') LIMIT 10;"),
    _Recipe(
        "datasets", "python", ("csv-utf8", "tsv-utf8"),
        'from datasets import load_dataset\n\nrows = load_dataset("csv", data_files="{url}"{datasets})\nprint(rows["train"][0])',
    ),
    _Recipe(
        "datasets", "python", ("parquet",),
        'from datasets import load_dataset\n\nrows = load_dataset("parquet", data_files="{url}")\nprint(rows["train"][0])',
    ),
    _Recipe(
        "Frictionless", "python", ("csv", "tsv", "xlsx", "parquet"),
        'from frictionless import Resource\n\nrows = Resource("{url}"{frictionless}).read_rows(size=10)\nprint(rows)',
    ),
)  # fmt: skip


def snippets(url: str, file: FileRecord | None, form: str) -> tuple[Snippet, ...]:
    """Return the snippets that fit a file of a format (`CSV`); `url` is the full address of its bytes."""
    facts = (file.table if file else None) or {}
    encoding = str(facts.get("encoding") or "utf-8").lower()
    options = _options(encoding, facts.get("dialect") or {}, form.lower())
    kinds = {form.lower(), f"{form.lower()}-utf8" if encoding in ("utf-8", "utf8", "ascii") else ""}
    fitting = [recipe for recipe in _RECIPES if kinds & set(recipe.kinds)] or [_RECIPES[0]]
    return tuple(_snippet(recipe, url, tuple(options.items())) for recipe in fitting)


def _snippet(recipe: _Recipe, url: str, options: tuple[tuple[str, str], ...]) -> Snippet:
    code, html = _highlighted(recipe, options)
    return Snippet(recipe.title, code.replace(_PLACE, url), Markup(html.replace(_PLACE, str(escape(url)))))


@lru_cache(maxsize=512)
def _highlighted(recipe: _Recipe, options: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    code = recipe.code.format(url=_PLACE, **dict(options))
    lexer = get_lexer_by_name(recipe.lexer, stripnl=False, ensurenl=False)
    html: str = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return code, html.removesuffix("\n")  # the formatter ends every text with a new line


def _options(encoding: str, dialect: Any, form: str) -> dict[str, str]:
    """Return what each library must be told of the encoding and the delimiter, as further arguments."""
    given = dialect.get("csv", dialect).get("delimiter") if isinstance(dialect, dict) else None
    delimiter = given or ("\t" if form == "tsv" else ",")
    quoted = json.dumps(delimiter)
    odd, foreign = delimiter != ",", encoding not in ("utf-8", "utf8", "ascii")
    name = f'encoding="{encoding}"'
    return {
        "pandas": (f", sep={quoted}" if odd else "") + (f", {name}" if foreign else ""),
        "polars": (f", separator={quoted}" if odd else "") + (f", {name}" if foreign else ""),
        "duckdb": ", delim = E'\\t'" if delimiter == "\t" else f", delim = '{delimiter}'" if odd else "",
        "datasets": f", sep={quoted}" if odd else "",
        "frictionless": f", {name}" if foreign else "",
    }
