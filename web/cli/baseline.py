"""`qoima baseline`: a simple reproducible model of a dataset, whose scores stand on its page."""

from collections import defaultdict
from importlib.util import find_spec

import click
from rich.table import Table

from catalog.access import SYSTEM
from catalog.baseline.service import Baseline
from catalog.bootstrap import Catalog
from catalog.errors import CatalogError
from web.cli.session import out, print_json, progress_bars, session


@click.command()
@click.argument("dataset")
@click.option("--distribution", default="", help="The file to train on; the first with splits and the target when left out.")
@click.option("--seed", default=0, show_default=True, help="Of the model, and of the sample of very long tables.")
@click.option("--json", "as_json", is_flag=True)
def baseline(dataset: str, distribution: str, seed: int, as_json: bool) -> None:
    """Train a simple model of the target of DATASET on its splits, and write its model card."""
    with session() as catalog:
        done = train_baseline(catalog, dataset, distribution, seed, show=not as_json)
    features = done.trained.features
    if as_json:
        used = {"numbers": features.numbers, "texts": features.texts, "left_out": features.left_out}
        facts = {"distribution": done.distribution, "rows": done.trained.rows, "columns": used, "change": str(done.change)}
        print_json({**facts, "card": done.card})
        return
    out.print(_scores(done))
    out.print(f"Columns used: {', '.join(features.used)}.", markup=False, soft_wrap=True)
    if features.left_out:
        out.print(f"Left out (many values, or always the same): {', '.join(features.left_out)}.", markup=False, soft_wrap=True)
    out.print(f"The card {done.card['name']!r} of {dataset}: {done.change}.", markup=False)


def train_baseline(catalog: Catalog, dataset: str, distribution: str = "", seed: int = 0, *, show: bool = True) -> Baseline:
    """Train with progress bars and publish the card."""
    if find_spec("sklearn") is None:
        raise CatalogError("Baselines need scikit-learn; install it with: pip install 'qoima[ml]'.")
    with progress_bars(dataset, show=show) as progress:
        return catalog.baselines.run(SYSTEM, dataset, distribution, seed, progress)


def _scores(done: Baseline) -> Table:
    task, scores = done.trained.task, defaultdict[tuple[str, str], list[str]](lambda: ["–", "–"])
    for metric in done.trained.metrics:
        floor = metric.name.startswith("floor ")
        scores[metric.split, metric.name.removeprefix("floor ")][floor] = f"{metric.value:g}"
    table = Table("Split", "Rows", "Measure", task.model, task.floor, title=f"{task.name} on {done.distribution}")
    for (split, measure), (model, lowest) in scores.items():
        table.add_row(split, f"{done.trained.rows[split]:,}", measure, model, lowest)
    return table
