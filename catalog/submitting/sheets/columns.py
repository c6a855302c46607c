"""What the columns of a spreadsheet mean; `title:ru` is the title in Russian, several words stand between semicolons."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.problems import Problem
from schemas.vocabularies import vocabulary

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the place in the document, and how its words are read; `lingual` ones may name a language."""

    place: tuple[str, ...]
    read: Callable[[str], Any] = str
    lingual: bool = False


def _several(words: str) -> list[str]:
    return [part for one in words.split(";") if (part := one.strip())]


def _term(name: str) -> Callable[[str], Any]:
    def read(words: str) -> str:
        term = vocabulary(name).find(words)
        if term is None and not words.startswith(("http://", "https://")):
            raise ValueError(f"{words[:60]!r} is none of: {', '.join(one.code for one in list(vocabulary(name))[:30])}.")
        return term.iri if term else words

    return read


def _terms(name: str) -> Callable[[str], Any]:
    return lambda words: [_term(name)(one) for one in _several(words)]


COLUMNS: Mapping[str, Column] = {
    "name": Column(("name",)),
    "title": Column(("title",), lingual=True),
    "description": Column(("description",), lingual=True),
    "keyword": Column(("keyword",), _several, lingual=True),
    "agency": Column(("publisher", "name")),
    "theme": Column(("theme",), _terms("themes")),
    "frequency": Column(("accrual_periodicity",), _term("frequencies")),
    "issued": Column(("issued",)),
    "modified": Column(("modified",)),
    "version": Column(("version",)),
    "landing_page": Column(("landing_page",)),
    "access": Column(("access", "level")),
    "owner": Column(("responsibility", "owner")),
    "steward": Column(("responsibility", "steward")),
    "quality_officer": Column(("responsibility", "quality_officer")),
    "legal_basis": Column(("responsibility", "legal_basis"), lingual=True),
    "contact_name": Column(("contact_point", "name"), lingual=True),
    "contact_email": Column(("contact_point", "email")),
    "period_start": Column(("temporal", "start")),
    "period_end": Column(("temporal", "end")),
    "url": Column(("distribution", "download_url")),
    "format": Column(("distribution", "format")),
    "licence": Column(("distribution", "license"), _term("licences")),
}
_LISTS = frozenset({"contact_point", "temporal", "distribution"})
"""Properties that are lists of which a row holds one entry."""


def document(row: int, cells: Mapping[str, str], language: str) -> tuple[Document, list[Problem]]:
    """Return what a row says as a document, with a Problem for every column and word that is not understood."""
    made: Document = {}
    problems = []
    for name, words in cells.items():
        base, _, code = name.partition(":")
        column = COLUMNS.get(base)
        if column is None or (code and not column.lingual):
            words = f"There is no column {name[:60]!r}; there are {', '.join(COLUMNS)}, and such as title:ru."
            problems.append(Problem("unknown-column", f"/rows/{row}/{name}", words))
            continue
        try:
            _put(made, column.place, {code or language: column.read(words)} if column.lingual else column.read(words))
        except ValueError as error:
            problems.append(Problem("unknown-value", f"/rows/{row}/{name}", str(error)))
    return {key: [told] if key in _LISTS else told for key, told in made.items()}, problems


def placed(row: int, problem: Problem) -> Problem:
    """Return a Problem of a document at its row and column."""
    steps = [step for step in problem.path.split("/")[1:] if not step.isdigit()]
    return Problem(problem.code, f"/rows/{row}/{_column(steps)}".rstrip("/"), problem.message, problem.severity)


def _column(steps: list[str]) -> str:
    for name, column in COLUMNS.items():
        if tuple(steps[: len(column.place)]) == column.place:
            rest = steps[len(column.place) :]
            return f"{name}:{rest[0]}" if column.lingual and rest else name
    first: Iterator[str] = (name for name, column in COLUMNS.items() if steps and column.place[0] == steps[0])
    return next(first, "")


def _put(made: Document, place: tuple[str, ...], value: Any) -> None:
    *above, last = place
    for step in above:
        made = made.setdefault(step, {})
    made[last] = {**made.get(last, {}), **value} if isinstance(value, dict) else value
