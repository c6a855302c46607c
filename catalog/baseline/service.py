"""Trains a baseline for a dataset of the catalogue and writes its model card, in place of the one before."""

import platform
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from catalog.access import Actor
from catalog.baseline.splits import Progress, read_split
from catalog.baseline.training import TRAIN, Trained, train
from catalog.describing import Describing
from catalog.errors import CatalogError, NotFound
from catalog.ports import FileStore
from catalog.publishing import Change
from catalog.reading import Entry, Reading
from catalog.records import Derivative, Version, VersionFile
from catalog.versions.service import Versioning

CARD = "Qoima baseline"
"""Name of the card, of which a dataset has one."""
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "polars", "pyarrow")
_WORDS = {
    "en": "{model} on {columns} columns, trained on {used} of the split train; the floor is {floor}. Made by `{command}`.",
    "ru": "{model} по {columns} столбцам, обучение на {used} выборки train; нижняя граница – {floor}. Команда: `{command}`.",
    "kk": "{model}, {columns} баған, train бөлігінің {used} бойынша үйретілген; төменгі шек – {floor}. Команда: `{command}`.",
}
_ROWS = {
    "en": ("{rows} rows", "a sample of {rows} out of {total} rows, drawn with the seed,"),
    "ru": ("{rows} строках", "{rows} из {total} строк, отобранных по зерну,"),
    "kk": ("{rows} жолы", "{total} жолынан тұқыммен алынған {rows} жол"),
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """A trained baseline, the document of its card, and whether the card changed."""

    distribution: str
    trained: Trained
    card: Mapping[str, Any]
    change: Change


class Baselines:
    """Trains on the splits of the newest version of a table."""

    def __init__(self, reading: Reading, versions: Versioning, files: FileStore, describing: Describing) -> None:
        self._reading, self._versions, self._files, self._describing = reading, versions, files, describing

    def run(self, actor: Actor, name: str, distribution: str, seed: int, progress: Progress) -> Baseline:
        """Train, measure, publish the card. Raises NotFound, Denied, or CatalogError with what is missing."""
        entry = self._reading.entry(actor, name)
        target = entry.dataset.ml.target
        if not target:
            raise CatalogError(f"Name the column to predict first: qoima dataset describe {name} --target COLUMN.")
        found, file = self._table(actor, entry, distribution)
        parts = {made.split: made for made in file.derived if made.split}
        trained, totals = self._trained(entry, target, parts, seed, progress)
        card = _card(name, file.distribution, trained, totals, seed, found, parts)
        because = f"Baseline trained on version {found.number}"
        change = self._describing.describe(actor, name, {"model_cards": [card]}, because=because)
        return Baseline(file.distribution, trained, card, change)

    def _table(self, actor: Actor, entry: Entry, distribution: str) -> tuple[Version, VersionFile]:
        """Return the table to train on: the one that is named, else the first that has splits and the target."""
        name, ml = entry.dataset.name, entry.dataset.ml
        newest = self._versions.newest(actor, name)
        if distribution and entry.distribution(distribution) is None:
            there = ", ".join(one.id for one in entry.dataset.distribution[:20])
            raise NotFound(f"The dataset {name!r} has no file {distribution!r}; it has {there or 'none'}.")
        for file in newest.files if newest else ():
            fits = ml.target in [field["name"] for field in (file.schema or {}).get("fields", ())]
            if distribution in ("", file.distribution) and fits and any(made.split == TRAIN for made in file.derived):
                assert newest
                return newest, file
        if not ml.splits or TRAIN not in ml.splits.ratios:
            options = "--key COLUMN --split train=0.8 --split validation=0.1 --split test=0.1"
            raise CatalogError(f"Split the rows first, one split being train: qoima dataset describe {name} {options}.")
        which = f"The file {distribution!r} does not have" if distribution else f"No table of {name!r} has"
        raise CatalogError(f"{which} both the column {ml.target!r} and splits in the newest version; its page says why.")

    def _trained(
        self, entry: Entry, target: str, parts: Mapping[str, Derivative], seed: int, progress: Progress
    ) -> tuple[Trained, dict[str, int]]:
        """Return what was trained, and how many rows each split has of which only a sample was used, 0 for the others."""
        frames, totals = {}, {}
        with ExitStack() as opened:
            for done, (split, made) in enumerate(parts.items(), 1):
                path = opened.enter_context(self._files.local(made.sha256))
                frames[split], total = read_split(path, seed)
                totals[split] = total if total > frames[split].height else 0
                progress("Splits", done, len(parts))
        ml, recipe = entry.dataset.ml, entry.dataset.ml.splits
        alone = {recipe.group_by, *(recipe.key if len(recipe.key) == 1 else ())} if recipe else ()
        return train(frames, target, declared=ml.tasks, without=alone, seed=seed, progress=progress), totals


def _card(
    name: str, distribution: str, trained: Trained, totals: Mapping[str, int], seed: int, found: Version,
    parts: Mapping[str, Derivative],
) -> dict[str, Any]:  # fmt: skip
    task, rows, total = trained.task, trained.rows[TRAIN], totals[TRAIN]
    facts = {
        "model": task.model, "floor": task.floor, "columns": len(trained.features.used),
        "command": f"qoima baseline {name} --distribution {distribution} --seed {seed}",
    }  # fmt: skip
    used = {language: words[bool(total)].format(rows=rows, total=total) for language, words in _ROWS.items()}
    return {
        "name": CARD, "task": task.name, "seed": seed, "environment": _environment(),
        "description": {language: words.format(**facts, used=used[language]) for language, words in _WORDS.items()},
        "metrics": [asdict(metric) for metric in trained.metrics], "data_version": found.version,
        "inputs": {split: made.sha256 for split, made in parts.items()},
    }  # fmt: skip


def _environment() -> str:
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _LIBRARIES)])
