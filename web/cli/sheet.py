"""`qoima dataset import`: a spreadsheet of metadata becomes datasets, all of them or none."""

from dataclasses import asdict
from pathlib import Path

import click

from catalog.access import SYSTEM
from catalog.errors import Invalid
from catalog.submitting.sheets.service import numbered
from web.cli.session import out, print_json, session


@click.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, help="Language of columns that name none, such as `title`.")
@click.option("--because", default="", help="Reason, for the history.")
@click.option("--dry-run", is_flag=True, help="Only tell what is wrong, by row and column.")
@click.option("--json", "as_json", is_flag=True)
def import_sheet(path: Path, language: str, because: str, dry_run: bool, as_json: bool) -> None:
    """Publish the datasets of a CSV or XLSX file, one row each: name, title, title:ru, agency, url, licence, owner …

    What a row does not say of a dataset that is there stays as it is. One wrong row, and nothing is changed.
    """
    try:
        with session() as catalog, path.open("rb") as file:
            found = catalog.sheets.read(file, path.name, language)
            done, warnings = catalog.sheets.publish(SYSTEM, found, because=because, dry_run=dry_run)
    except Invalid as error:
        if as_json:
            print_json({"error": str(error), "problems": [asdict(problem) for problem in error.problems]})
        raise
    if as_json:
        print_json({"rows": len(found), "datasets": numbered(found, done), "problems": [asdict(one) for one in warnings]})
        return
    for told in numbered(found, done):
        out.print(f"row {told['row']}: {told['name']} {told['change']}", markup=False)
    out.print(f"{len(found)} rows: " + ("nothing stands in the way; nothing was changed." if dry_run else "all are published."))
    for problem in warnings:
        out.print(f"  {problem.severity} {problem.path}: {problem.message}", markup=False, soft_wrap=True)
