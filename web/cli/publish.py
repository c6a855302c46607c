"""`qoima dataset publish`: a folder or a table becomes a dataset, or a list of what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.errors import CatalogError, Invalid
from catalog.records import FileRecord
from catalog.submitting.submission import Submission, Submitted
from catalog.uploads import PIECE, Upload
from harvesters.runner import Progress
from schemas.problems import Problem, has_errors
from schemas.vocabularies import vocabulary
from web.cli.local_files import Found, find
from web.cli.session import out, print_json, progress_bars, session

Command = TypeVar("Command", bound=Callable[..., Any])
_ANSWERABLE = ("owner", "steward", "quality_officer", "legal_basis")


def describing(command: Command) -> Command:
    """Add the options that describe a dataset over what its files say."""
    options = (
        click.option("--name", help="Its part of the address, such as public-wells."),
        click.option("--title", help="Its title."),
        click.option("--description", help="What it is about."),
        click.option("--agency", help="The name of the agency that publishes it."),
        click.option("--licence", help="Code or address of the licence of the files, such as CC-BY-4.0."),
        click.option("--keyword", "keywords", multiple=True, help="A keyword; may be repeated."),
        click.option("--owner", help="The office that decides about the data."),
        click.option("--steward", help="The person who looks after the data."),
        click.option("--quality-officer", help="Who answers for their quality."),
        click.option("--legal-basis", help="The law or the order that they are kept under."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A description of a table.")
@describing
@click.option("--language", default="en", show_default=True, help="Language of texts that name none.")
@click.option("--because", default="", help="Reason, for the history.")
@click.option("--dry-run", is_flag=True, help="Only tell what is wrong.")
@click.option("--json", "as_json", is_flag=True)
def publish(
    path: Path, metadata: Path | None, language: str, because: str, dry_run: bool, as_json: bool, **options: Any
) -> None:  # fmt: skip
    """Publish PATH: a folder with datapackage.json and its files, or a table such as wells.csv.

    A table is described by wells.metadata.json or wells.json beside it, and by the options, which win. The same content again
    changes nothing.
    """
    try:
        found = find(path, language, metadata)
        found = Found(_with_options(found.document, options, language), found.files)
        with session() as catalog, progress_bars(path.name, show=not as_json) as progress:
            if dry_run:
                _tell(found.document, _look(catalog, found), as_json)
                return
            done = _publish(catalog, found, because, progress)
            _show(catalog, done, as_json)
    except Invalid as error:
        if as_json:
            print_json({"error": str(error), "problems": [asdict(problem) for problem in error.problems]})
        raise


def _publish(catalog: Catalog, found: Found, because: str, progress: Progress) -> Submitted:
    """Look first, so that nothing is read for a description that cannot be published."""
    problems = _look(catalog, found)
    if has_errors(problems):
        raise Invalid("This dataset cannot be published as it is.", problems)
    uploads = {id: _taken(catalog, path, progress) for id, path in found.files.items()}
    told = partial(progress, "tables")
    done = catalog.submissions.publish(SYSTEM, Submission(document=found.document, uploads=uploads, because=because), told)
    catalog.submissions.follow(done.name)
    catalog.croissants.check_waiting(partial(progress, "croissant"), "uploads")
    return done


def _look(catalog: Catalog, found: Found) -> list[Problem]:
    return catalog.submissions.look(SYSTEM, Submission(document=found.document))


def _taken(catalog: Catalog, path: Path, progress: Progress) -> Upload:
    total = max(1, path.stat().st_size // PIECE)

    def pieces() -> Iterator[bytes]:
        with path.open("rb") as file:
            for number, piece in enumerate(iter(lambda: file.read(PIECE), b""), 1):
                progress("files", number, total)
                yield piece

    return catalog.uploads.receive_pieces(pieces(), path.name)


def _with_options(document: dict[str, Any], options: Mapping[str, Any], language: str) -> dict[str, Any]:
    given = {key: value for key, value in options.items() if value}
    whole = dict(document)
    whole |= {key: given[key] for key in ("name",) if key in given}
    whole |= {key: {language: given[key]} for key in ("title", "description") if key in given}
    if "keywords" in given:
        whole["keyword"] = {language: list(given["keywords"])}
    if "agency" in given:
        same = isinstance(told := whole.get("publisher"), dict) and told.get("name") == given["agency"]
        whole["publisher"] = told if same else {"name": given["agency"]}
    if answers := {key: given[key] for key in _ANSWERABLE if key in given}:
        told = whole.get("responsibility")
        whole["responsibility"] = {**(told if isinstance(told, dict) else {}), **answers}
    if "licence" in given:
        licence = _licence(given["licence"])
        whole["distribution"] = [{**entry, "license": licence} for entry in whole.get("distribution", [])]
    return whole


def _licence(words: str) -> str:
    term = vocabulary("licences").find(words)
    if term is None and not words.startswith(("http://", "https://")):
        known = ", ".join(one.code for one in vocabulary("licences"))
        raise CatalogError(f"There is no licence {words!r}; give an address, or one of: {known}.")
    return term.iri if term else words


def _tell(document: Mapping[str, Any], problems: list[Problem], as_json: bool) -> None:
    if has_errors(problems):
        raise Invalid("This dataset cannot be published as it is.", problems)
    if as_json:
        print_json({"name": document.get("name"), "problems": [asdict(problem) for problem in problems]})
        return
    out.print(f"{document.get('name')}: nothing stands in the way; nothing was changed.", markup=False)
    _list(problems)


def _show(catalog: Catalog, done: Submitted, as_json: bool) -> None:
    entry = catalog.reading.entry(SYSTEM, done.name)
    address = f"{catalog.settings.public_url.rstrip('/')}/dataset/{done.name}"
    if as_json:
        facts = {"name": done.name, "change": done.change, "revision": done.revision, "url": address}
        problems = [asdict(problem) for problem in done.problems]
        print_json({**facts, "files": [_facts(file) for file in entry.files], "problems": problems})
        return
    out.print(f"{done.name}: {done.change}, revision {done.revision}. {address}", markup=False, soft_wrap=True)
    for file in entry.files:
        out.print(f"  {_line(file)}", markup=False, soft_wrap=True)
    _list(done.problems)


def _facts(file: FileRecord) -> dict[str, Any]:
    told = {name: getattr(file, name) for name in ("filename", "sha256", "byte_size", "valid")}
    return {"id": file.distribution, **told, "rows": (file.table or {}).get("rows"), "url": file.url}


def _line(file: FileRecord) -> str:
    if not file.sha256:
        return f"{file.distribution}: linked to {file.url}"
    rows = f"{file.table['rows']:,} rows, " if file.table and "rows" in file.table else ""
    state = {True: "valid", False: "with errors", None: "no table"}[file.valid]
    return f"{file.filename}: {state}, {rows}{file.byte_size:,} bytes, SHA-256 {file.sha256}"


def _list(problems: Any) -> None:
    for problem in problems:
        out.print(f"  {problem.severity} {problem.path or '/'}: {problem.message}", markup=False, soft_wrap=True)
