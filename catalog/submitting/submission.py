"""What scripts send, what it is made from, and how it becomes a whole dataset."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.access import Action, Actor, decide
from catalog.drafting.ready import answerable
from catalog.errors import Denied, Gone, NotFound
from catalog.personal.metadata import personal_texts
from catalog.ports import UnitOfWork
from catalog.publishing import Change
from catalog.records import CatalogRecord, FileRecord, Receipt, State
from catalog.submitting.files import described, unnamed
from catalog.tables.metadata import metadata_problems
from catalog.uploads import Upload
from schemas.dataset import Dataset
from schemas.forms import dump_agency, dump_dataset, load_dataset
from schemas.problems import Problem, Severity

Document = dict[str, Any]
Changing = Callable[[Document], Mapping[str, Any]]
"""Makes the next document of a dataset out of the present one."""
_OURS = ("license_asserted", "uri")
"""Properties that only the catalogue and its operator set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A whole `document`, or a `change` to the dataset `name`; with the uploads of distributions, by their ids.

    `base` is the revision that it was made from, 0 for a dataset that must be new; without it the newest is replaced. Where
    `answered` is false, a missing chain of responsibility is a warning: for clients whose words cannot say it. A request of the
    same `receipt` is done once. A change that `begins` a dataset where there is none changes an empty document. With `review`,
    what its sender may edit but not publish alone becomes a draft that waits for a publisher.
    """

    document: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    change: Changing | None = None
    begins: bool = False
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    because: str = ""
    base: int | None = None
    answered: bool = True
    review: bool = False
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What became of a submission; `problems` are warnings that were published with it. `again`: the request came before.

    `draft` is the id of the draft that waits for a publisher; `revision` is the draft's then.
    """

    name: str
    change: Change
    revision: int
    problems: tuple[Problem, ...] = ()
    again: bool = False
    draft: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether anything was done."""
        return self.change is not Change.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a submission is made from."""

    record: CatalogRecord | None = None
    files: tuple[FileRecord, ...] = ()

    @property
    def dataset(self) -> Dataset | None:
        """Return the dataset that is there."""
        return self.record.dataset if self.record else None

    @property
    def revision(self) -> int:
        """Return its revision, 0 where there is none."""
        return self.record.revision if self.record else 0


def present(work: UnitOfWork, actor: Actor, sent: Submission) -> Present:
    """Return what is there; raises NotFound for a change to what is not, Gone and Denied for what cannot be published over."""
    name = sent.name or sent.document.get("name")
    record = work.datasets.get(name) if isinstance(name, str) else None
    if record is None or not decide(actor, Action.READ, record).allowed:
        if sent.change and not sent.begins:
            raise NotFound("There is no such dataset.")
        return Present(record=record)
    if record.state is State.WITHDRAWN:
        raise Gone(f"The dataset {name!r} was withdrawn; restore it first.", record)
    if record.source:
        raise Denied(f"This dataset is harvested from {record.source!r}; change it there.", "harvested")
    return Present(record=record, files=work.files.of(record.dataset.name))


def whole(work: UnitOfWork, actor: Actor, sent: Submission, there: Present) -> tuple[Dataset | None, list[Problem]]:
    """Return the dataset that would be published, or None; with everything that is wrong or worth a look."""
    hidden = there.record is not None and not decide(actor, Action.READ, there.record).allowed
    document, problems = _completed(work, actor, sent, Present() if hidden else there)
    if problems:
        return None, problems
    dataset, problems = load_dataset(document)
    if dataset is None:
        return None, problems
    missing = list(answerable(dataset.responsibility))
    problems += missing if sent.answered else [replace(one, severity=Severity.WARNING) for one in missing]
    lost = [] if sent.change else unnamed(dataset, sent.uploads)
    taken = [Problem("name-taken", "/name", "There is a dataset of this name already; choose another name.")] if hidden else []
    return dataset, [*problems, *taken, *lost, *personal_texts(dataset), *metadata_problems(dataset)]


def _completed(work: UnitOfWork, actor: Actor, sent: Submission, there: Present) -> tuple[Document, list[Problem]]:
    """Return a document with what the catalogue itself says: the agency, and the measures of files."""
    before = dump_dataset(there.dataset) if there.dataset else {}
    made = dict(sent.change({**before}) if sent.change else sent.document)
    if actor.kind != "system":
        made = {key: value for key, value in made.items() if key not in _OURS}
        made |= {key: before[key] for key in _OURS if key in before}
    problems = _agency(work, actor, made, there)
    entries = made.get("distribution")
    if isinstance(entries, list) and all(isinstance(entry, Mapping) for entry in entries):
        made["distribution"] = described(entries, sent.uploads, there.files, there.dataset)
    return made, problems


def _agency(work: UnitOfWork, actor: Actor, made: Document, there: Present) -> list[Problem]:
    """Put the agency that is known here in the place of the one that is named; only the operator brings new ones."""
    told = made.get("publisher")
    name = told.get("name") if isinstance(told, Mapping) else None
    if told is None and there.dataset and there.dataset.publisher:
        name = there.dataset.publisher.name
    known = work.agencies.get(name) if isinstance(name, str) else None
    if known:
        made["publisher"] = dump_agency(known)
    elif name is None:
        return [Problem("no-agency", "/publisher/name", "Say which agency publishes this dataset.")]
    elif actor.kind != "system" or not (isinstance(told, Mapping) and told.get("title")):
        words = f"There is no agency named {str(name)[:100]!r}; check the spelling, or ask an administrator to add it."
        return [Problem("no-agency", "/publisher/name", words)]
    return []
