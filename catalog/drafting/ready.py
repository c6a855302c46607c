"""What still stands in the way of publishing, as Problems that say what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.personal.gate import verdict
from catalog.personal.metadata import personal_texts
from catalog.records import Draft, FileRecord, FileState
from schemas.agents import Agency, Responsibility
from schemas.dataset import Dataset
from schemas.forms import dump_agency, load_dataset
from schemas.problems import Problem, Severity

_ANSWERABLE = (
    ("owner", "Say who owns these data: the office that decides about them."),
    ("steward", "Say who the data steward is: the person who looks after these data."),
    ("legal_basis", "Name the law or the order that these data are kept and published under."),
    ("quality_officer", "Say who answers for the quality of these data."),
)


def whole(document: Mapping[str, Any], agency: Agency) -> tuple[Dataset | None, list[Problem]]:
    """Return the dataset of a draft's document under its agency, or None and everything that is wrong or missing."""
    dataset, problems = load_dataset({**document, "publisher": dump_agency(agency)})
    if dataset is None:
        partly = foreseen({"responsibility": document.get("responsibility") or {}}, agency)
        return None, [*problems, *(answerable(partly.responsibility) if partly else ())]
    return dataset, [*answerable(dataset.responsibility), *personal_texts(dataset), *tests(dataset)]


def foreseen(document: Mapping[str, Any], agency: Agency) -> Dataset | None:
    """Return the dataset of a document that may lack its name and title still, or None where more is wrong."""
    return load_dataset({"name": "no-name", "title": {"und": "No title"}, **document, "publisher": dump_agency(agency)})[0]


_TEST = re.compile(r"\W*(test|тест|сынақ|asdf|qwerty|untitled|lorem ipsum)\b", re.IGNORECASE)


def tests(dataset: Dataset) -> Iterator[Problem]:
    """Yield a notice where a title looks like that of a test."""
    if any(_TEST.match(words) for words in dataset.title.values()):
        sentence = "The title looks like that of a test; say what the data are about, or discard the draft."
        yield Problem("test-title", "/title", sentence, Severity.NOTICE)


def answerable(responsibility: Responsibility) -> Iterator[Problem]:
    """Yield what is missing of the chain of responsibility, which everything needs but what is harvested."""
    for name, sentence in _ANSWERABLE:
        if not getattr(responsibility, name):
            yield Problem("no-responsibility", f"/responsibility/{name}", sentence)


def files_ready(draft_files: Iterable[FileRecord]) -> Iterator[Problem]:
    """Yield what files say: one that waits stops publishing, a table with errors or one that cannot be read is a warning."""
    for file in draft_files:
        path, shown = f"/distribution/{file.distribution}", file.filename or file.distribution
        if file.state is FileState.STORED and not file.checked:
            yield Problem("file-waiting", path, f"{shown} is still being checked; this takes some moments.")
        elif file.sha256 and not file.public:
            problem = file.problem or verdict(file.scan)
            yield Problem(problem.code if problem else "held", path, f"{shown}: {problem.message if problem else 'held back.'}")
        elif file.problem:
            yield Problem(file.problem.code, path, f"{shown}: {file.problem.message}", Severity.WARNING)
        elif file.valid is False:
            sentence = f"{shown} has rows with errors; see them and correct the file or its columns."
            yield Problem("table-errors", path, sentence, Severity.WARNING)


def named(draft: Draft) -> str:
    """Return how a draft is called in sentences."""
    title = draft.document.get("title") or {}
    return next(iter(title.values()), "") if isinstance(title, Mapping) else draft.name
