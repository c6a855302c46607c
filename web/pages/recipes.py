"""The code samples themselves, with places for addresses and options; `web.pages.snippets` fills them in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """`needs` names the addresses without which it does not fit; `kinds` are formats that it reads, empty for all."""

    title: str
    lexer: str
    code: str
    needs: tuple[str, ...] = ("url",)
    kinds: tuple[str, ...] = ()


def _pandas(call: str, packages: str = "pandas") -> str:
    return f"# pip install {packages}\nimport pandas as pd\n\ntable = pd.{call}\nprint(table.head())"


def _polars(call: str) -> str:
    return f"# pip install polars\nimport polars as pl\n\ntable = pl.{call}\nprint(table.head())"


def _datasets(call: str) -> str:
    return (
        f"# pip install datasets aiohttp\nfrom datasets import load_dataset\n\nrows = load_dataset({call})\n"
        'print(rows["train"][0])'
    )


_CROISSANT = """\
# pip install mlcroissant pyarrow
from itertools import islice

import mlcroissant as mlc

dataset = mlc.Dataset(jsonld="{croissant}")
for record in islice(dataset.records(record_set="{records}"), 5):
    print(record)"""
_GEOPANDAS = '# pip install geopandas\nimport geopandas as gpd\n\nplaces = gpd.read_file("{url}")\nprint(places.head())'
_FRICTIONLESS = """\
# pip install {packages}
from frictionless import Resource

rows = Resource("{url}"{frictionless}).read_rows(size=10)
print(rows)"""
_R = 'table <- read.csv("{url}"{r}, fileEncoding = "{encoding}", check.names = FALSE)\nhead(table)'
_CURL = 'curl --fail --location --remote-name "{url}"'
_TABLES, _TEXTS = ("csv", "tsv"), ("csv-utf8", "tsv-utf8")

MADE = (
    Recipe("curl", "bash", 'curl --fail --location --remote-name "{parquet}"', ("parquet",)),
    Recipe("pandas", "python", _pandas('read_parquet("{parquet}")', "pandas pyarrow"), ("parquet",)),
    Recipe("polars", "python", _polars('read_parquet("{parquet}")'), ("parquet",)),
    Recipe("DuckDB", "sql", "SELECT * FROM read_parquet('{parquet}') LIMIT 10;", ("parquet",)),
    Recipe("datasets", "python", _datasets('"parquet", data_files="{parquet}"'), ("parquet",)),
    Recipe("mlcroissant", "python", _CROISSANT, ("croissant", "records")),
    Recipe("R", "r", 'table <- read.csv("{csv}", encoding = "UTF-8", check.names = FALSE)\nhead(table)', ("csv",)),
    Recipe("Rows API", "bash", 'curl --fail "{rows}"', ("rows",)),
)
"""What reads the table that was made of a file."""

AS_PUBLISHED = (
    Recipe("curl", "bash", _CURL),
    Recipe("pandas", "python", _pandas('read_csv("{url}"{pandas})'), kinds=_TABLES),
    Recipe("pandas", "python", _pandas('read_parquet("{url}")', "pandas pyarrow"), kinds=("parquet",)),
    Recipe("pandas", "python", _pandas('read_excel("{url}")', "pandas openpyxl"), kinds=("xlsx",)),
    Recipe("geopandas", "python", _GEOPANDAS, kinds=("geojson",)),
    Recipe("polars", "python", _polars('read_csv("{url}"{polars}, infer_schema_length=None)'), kinds=_TABLES),
    Recipe("polars", "python", _polars('read_parquet("{url}")'), kinds=("parquet",)),
    Recipe("DuckDB", "sql", "SELECT * FROM read_csv('{url}'{duckdb}) LIMIT 10;", kinds=_TEXTS),
    Recipe("DuckDB", "sql", "SELECT * FROM read_parquet('{url}') LIMIT 10;", kinds=("parquet",)),
    Recipe("datasets", "python", _datasets('"csv", data_files="{url}"{datasets}'), kinds=_TEXTS),
    Recipe("R", "r", _R, kinds=_TABLES),
    Recipe("Frictionless", "python", _FRICTIONLESS.replace("{packages}", "frictionless"), kinds=_TABLES),
    Recipe("Frictionless", "python", _FRICTIONLESS.replace("{packages}", '"frictionless[excel]"'), kinds=("xlsx",)),
    Recipe("Frictionless", "python", _FRICTIONLESS.replace("{packages}", '"frictionless[parquet]"'), kinds=("parquet",)),
)
"""What reads a file as it was published; encoding and delimiter are those that were found."""

OPTIONS = {
    "pandas": ("sep={delimiter}", "skiprows={skip}", 'on_bad_lines="warn"', 'encoding="{encoding}"'),
    "datasets": ("sep={delimiter}", "skiprows={skip}", 'on_bad_lines="warn"', ""),
    "polars": ("separator={delimiter}", "skip_rows={skip}", "truncate_ragged_lines=True", 'encoding="{encoding}"'),
    "duckdb": ("delim = {sql}", "skip = {skip}", "ignore_errors = true", ""),
    "r": ("sep = {delimiter}", "skip = {skip}", "", ""),
    "frictionless": ("", "", "", 'encoding="{encoding}"'),
}
"""What each library is told of another delimiter, of rows above the header, of rows with too many cells, of another encoding."""
