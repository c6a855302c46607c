"""`qoima dataset describe`: what a dataset is for in machine learning, over what its source states, kept at every harvest."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.errors import CatalogError
from schemas.forms import dump_dataset
from web.cli.session import out, print_json, progress_bars, session


def _pairs(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(one.partition("=")[::2] for one in given)
    if wrong := [one for one in given if not one.partition("=")[2]]:
        raise click.BadParameter(f"{wrong[0]!r} has no value; write name=value.", param=parameter)
    return pairs


def _ratios(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in _pairs(context, parameter, given).items()}
    except ValueError as error:
        raise click.BadParameter(f"{error}; write a split as train=0.8.", param=parameter) from None


@click.command()
@click.argument("name")
@click.option("--task", "tasks", multiple=True, help="Such as classification or regression; may be repeated.")
@click.option("--target", help="The column to predict.")
@click.option("--key", multiple=True, help="A column of the key: rows with equal keys are in one split; may be repeated.")
@click.option("--split", "ratios", multiple=True, callback=_ratios, metavar="NAME=RATIO", help="Such as train=0.8; repeated.")
@click.option("--salt", help="Another salt is another draw.")
@click.option("--stratify-by", help="Split every value of this column on its own.")
@click.option("--group-by", help="Keep the rows of each value of this column together, in place of a key.")
@click.option("--rai", multiple=True, callback=_pairs, metavar="PROPERTY=TEXT", help="A statement of Croissant RAI 1.0.")
@click.option("--language", default="en", show_default=True, help="Language of the statements.")
@click.option("--model-card", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A model card in JSON.")
@click.option("--clear", multiple=True, metavar="PROPERTY", help="Take back what was said here: target, splits, dataBiases …")
@click.option("--json", "as_json", is_flag=True)
def describe(
    name: str, tasks: tuple[str, ...], target: str | None, rai: dict[str, str], language: str, model_card: Path | None,
    clear: tuple[str, ...], as_json: bool, **recipe: Any,
) -> None:  # fmt: skip
    """Describe the dataset NAME for machine learning: task, target, splits, statements, model card."""
    changes = {
        "tasks": list(tasks), "target": target, "splits": {part: value for part, value in recipe.items() if value},
        "responsible_ai": {statement: {language: words} for statement, words in rai.items()},
        "model_cards": [_card(model_card)] if model_card else [],
    }  # fmt: skip
    said = {key: value for key, value in changes.items() if value}
    if not said and not clear:
        raise click.UsageError("Say what to describe, such as --target COLUMN, or what to take back with --clear.")
    with session() as catalog:
        change = catalog.describing.describe(SYSTEM, name, said, clear=clear)
        with progress_bars(name, show=not as_json) as progress:
            follow(catalog, name, lambda done, total: progress("tables", done, total))
        _tell(catalog, name, str(change), as_json)


def follow(catalog: Catalog, name: str, progress: Callable[[int, int | None], None] = lambda done, total: None) -> None:
    """Read again the tables whose recipe of splits changed, write the next version and try it out as Croissant."""
    catalog.validation.check_waiting(catalog.reading.entry(SYSTEM, name).record.source, progress)
    catalog.versions.cut(name)
    catalog.croissants.check_waiting()
    catalog.indexing.drain()


def _card(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise CatalogError(f"{path.name} is not JSON: {error}.") from None


def _tell(catalog: Catalog, name: str, change: str, as_json: bool) -> None:
    entry = catalog.reading.entry(SYSTEM, name)
    rows = {file.distribution: {one.split: one.rows for one in file.derived if one.split} for file in entry.files}
    splits: Mapping[str, Mapping[str, int]] = {distribution: parts for distribution, parts in rows.items() if parts}
    notes = {file.distribution: (file.table or {}).get("notes", ()) for file in entry.files}
    if as_json:
        print_json({"change": change, "ml": dump_dataset(entry.dataset).get("ml", {}), "splits": splits, "notes": notes})
        return
    out.print(f"{name}: {change}.")
    for distribution, parts in splits.items():
        told = ", ".join(f"{split} {count:,}" for split, count in parts.items())
        out.print(f"  {distribution}: {told} rows", markup=False)
    for note in (note for found in notes.values() for note in found):
        out.print(f"  {note}", markup=False, soft_wrap=True)
