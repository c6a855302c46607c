"""People describe a dataset for machine learning: task, target, splits, model cards, responsible-AI statements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalog.access import Actor
from catalog.curation import PROPERTIES, cleared, described, marks, value_of
from catalog.errors import Invalid
from catalog.publishing import Change, Publishing
from catalog.records import CatalogRecord, FileRecord
from schemas.dataset import Dataset
from schemas.forms import dump_dataset, load_dataset
from schemas.ml import RESPONSIBLE_AI, MLProfile
from schemas.problems import Problem


class Describing:
    """Changes the machine-learning part of datasets; harvests keep what was written here (see `catalog.curation`)."""

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing

    def describe(
        self, actor: Actor, name: str, changes: Mapping[str, Any], *, clear: Iterable[str] = (), because: str = ""
    ) -> Change:
        """Add what `changes` says, a document of MLProfile, and take back what was said here under the names of `clear`.

        A recipe and the languages of a statement are completed, cards replaced by name, everything else as a whole.
        Raises NotFound, Denied, or Invalid with every Problem; what a source states cannot be described otherwise.
        """
        told = list(map(_mark, clear))
        words = because or f"Described: {', '.join([*changes, *(f'without {mark}' for mark in told)])}"
        return self._publishing.revise(actor, name, lambda record, files: _described(record, files, changes, told), words)


def _described(
    record: CatalogRecord, files: Iterable[FileRecord], changes: Mapping[str, Any], clear: list[str]
) -> Dataset:
    present = record.dataset.ml
    if unknown := [mark for mark in clear if mark not in present.curated]:
        there = f"it has {', '.join(present.curated)}" if present.curated else "nothing was"
        message = f"{unknown[0]!r} was not described here, so it cannot be taken back; {there}."
        raise Invalid("The description cannot be changed so.", [Problem("not-described", f"/ml/{unknown[0]}", message)])
    start = cleared(present, clear)
    said = _loaded(record.dataset, start, changes)
    values = {mark: value_of(said, mark) for mark in marks(said)}
    problems = [*_of_the_source(record, start, values), *_unknown_columns(record.dataset, files, said)]
    if problems:
        raise Invalid("The description cannot be changed so.", problems)
    return replace(record.dataset, ml=described(start, values))


def _loaded(dataset: Dataset, present: MLProfile, changes: Mapping[str, Any]) -> MLProfile:
    """Return the changes as a profile of nothing else, completed by what is there already."""
    old = dump_dataset(replace(dataset, ml=present)).get("ml", {})
    document: dict[str, Any] = {**changes}
    if isinstance(changes.get("splits"), Mapping):
        document["splits"] = _recipe(old.get("splits", {}), changes["splits"])
    if isinstance(changes.get("responsible_ai"), Mapping):
        before = old.get("responsible_ai", {})
        document["responsible_ai"] = {
            key: {**before.get(key, {}), **text} if isinstance(text, Mapping) else text
            for key, text in changes["responsible_ai"].items()
        }
    loaded, problems = load_dataset({"name": dataset.name, "title": {"und": dataset.name}, "ml": document})
    if loaded is None:
        raise Invalid("The description cannot be changed so.", problems)
    return loaded.ml


def _recipe(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a recipe completed; a group takes the place of key columns, and the other way round."""
    gone = {"key"} if given.get("group_by") else {"group_by"} if given.get("key") else set()
    return {**{key: value for key, value in before.items() if key not in gone}, **given}


def _of_the_source(record: CatalogRecord, present: MLProfile, values: Iterable[str]) -> Iterator[Problem]:
    for mark in values:
        if record.source and mark not in present.curated and value_of(present, mark) is not None:
            message = f"The source states {mark!r} itself, and its word wins at every harvest; ask it to change that."
            yield Problem("stated-by-source", f"/ml/{mark.replace('.', '/')}", message)


def _unknown_columns(dataset: Dataset, files: Iterable[FileRecord], said: MLProfile) -> Iterator[Problem]:
    """Yield a Problem for the target and for a recipe that no table of the dataset has the columns of, where they are known."""
    tables = [columns for file in files if (columns := _columns(dataset, file))]
    if not tables:
        return
    there = ", ".join(dict.fromkeys(column for columns in tables for column in columns))[:500]
    wanted = {"target": [said.target] if said.target else []}
    if recipe := said.splits:
        wanted["splits"] = [name for name in (*recipe.key, recipe.group_by, recipe.stratify_by) if name]
    for name, columns in wanted.items():
        if not any(set(columns) <= set(table) for table in tables):
            words = f"No table of the dataset has the column{'s' * (len(columns) > 1)} {', '.join(columns)}; there are: {there}."
            yield Problem("unknown-column", f"/ml/{name}", words)


def _columns(dataset: Dataset, file: FileRecord) -> list[str]:
    """Return the columns found in a file, else those declared."""
    if found := (file.table or {}).get("schema"):
        return [field["name"] for field in found.get("fields", ())]
    declared = next((d.table_schema for d in dataset.distribution if d.id == file.distribution), None)
    return [field.name for field in declared.fields] if declared else []


def _mark(name: str) -> str:
    """Return the mark of what is to be cleared; a statement may be named alone."""
    mark = f"responsible_ai.{name}" if name in RESPONSIBLE_AI else name
    if mark.partition(".")[0] not in PROPERTIES:
        there = f"{', '.join(sorted(PROPERTIES))}, or a statement such as dataBiases"
        raise Invalid(f"There is no property {name!r} to clear; there are {there}.", [])
    return mark
