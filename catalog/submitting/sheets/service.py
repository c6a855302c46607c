"""Publishes the rows of a spreadsheet, all in one transaction or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from catalog.access import Actor
from catalog.errors import CatalogError, Invalid
from catalog.submitting.service import Submitting
from catalog.submitting.sheets.columns import document, placed
from catalog.submitting.sheets.reading import BYTES, rows
from catalog.submitting.submission import Submission, Submitted
from schemas.problems import Problem, has_errors

LINK = "link"
"""Id of the file that the column `url` names."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number, and what it says of the dataset `name`."""

    number: int
    name: str
    said: Mapping[str, Any]


class Sheets:
    """Reads and publishes spreadsheets of metadata; what a row does not say of a dataset that is there stays as it is."""

    def __init__(self, submissions: Submitting) -> None:
        self._submissions = submissions

    def read(self, stream: IO[bytes], filename: str, language: str) -> list[SheetRow]:
        """Return the rows; raises Invalid with a Problem for every column and value that is not understood."""
        found, problems, names = [], list[Problem](), dict[str, int]()
        for number, cells in rows(stream.read(BYTES + 1), filename):
            said, wrong = document(number, cells, language)
            name = str(said.get("name", ""))
            problems += wrong
            if not name:
                problems.append(Problem("missing", f"/rows/{number}/name", "Every row needs a name, such as public-wells."))
            elif name in names:
                words = f"The name {name!r} stands in row {names[name]} already; each dataset has one row."
                problems.append(Problem("twice", f"/rows/{number}/name", words))
            names.setdefault(name, number)
            found.append(SheetRow(number, name, said))
        if not found:
            problems.append(Problem("empty", "/rows/1", "There is no row below the header."))
        if problems:
            raise Invalid("This spreadsheet cannot be published as it is; nothing was changed.", problems)
        return found

    def publish(
        self, actor: Actor, found: list[SheetRow], *, because: str = "", dry_run: bool = False
    ) -> tuple[list[Submitted], list[Problem]]:
        """Publish all rows or none; returns what became of them, and warnings by row. A dry run changes nothing.

        Raises Invalid with the Problems of all rows.
        """
        problems, sent = list[Problem](), []
        for row in found:
            one = Submission(name=row.name, change=_over(row.said), begins=True, because=because or "From a spreadsheet")
            sent.append(one)
            try:
                problems += [placed(row.number, problem) for problem in self._submissions.look(actor, one, deciding=True)]
            except CatalogError as error:
                told = getattr(error, "problems", ()) or (Problem("refused", "/name", str(error)),)
                problems += [placed(row.number, problem) for problem in told]
        if has_errors(problems):
            raise Invalid("This spreadsheet cannot be published as it is; nothing was changed.", problems)
        return ([] if dry_run else self._submissions.publish_all(actor, sent)), problems


def _over(said: Mapping[str, Any]) -> Any:
    def change(present: dict[str, Any]) -> dict[str, Any]:
        made = {**present, **{key: told for key, told in said.items() if key != "distribution"}}
        for key in ("title", "description", "keyword", "responsibility", "access"):
            if key in said and isinstance(present.get(key), Mapping):
                made[key] = {**present[key], **said[key]}
        return _with_link(made, present, said)

    return change


def _with_link(made: dict[str, Any], present: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = next(iter(said.get("distribution", [])), {})
    entries = list(present.get("distribution", []))
    if "download_url" in told:
        old: dict[str, Any] = next((entry for entry in entries if entry["id"] == LINK), {})
        entries = [*(entry for entry in entries if entry["id"] != LINK), {**old, **told, "id": LINK}]
    elif "license" in told:
        entries = [{**entry, "license": told["license"]} for entry in entries]
    return {**made, "distribution": entries} if entries else made


def numbered(found: list[SheetRow], done: list[Submitted]) -> list[dict[str, Any]]:
    """Return what became of each row, for machines."""
    return [
        {"row": row.number, "name": one.name, "change": one.change, "revision": one.revision}
        for row, one in zip(found, done, strict=False)
    ]

