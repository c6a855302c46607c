"""A step of the wizard and its form: what is asked, what of a document it becomes, and where a Problem is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wtforms import Form

from catalog.access import Actor
from catalog.records import Draft
from schemas.problems import Problem
from web.forms import pointers

if TYPE_CHECKING:
    from catalog.bootstrap import Catalog


class StepForm(Form):
    """A form whose fields stand for places of a dataset document, `pointer` of each says which.

    It has no rules of its own: the document's form judges (`schemas.forms`), and its Problems are laid upon the fields.
    """

    @classmethod
    def answers(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says to each field."""
        return {field.name: pointers.get(document, field.pointer) for field in cls() if field.pointer}

    def part(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the properties of `document` that this form asks about, as they are after the answers; None takes one away.

        An answer that was found wrong changes nothing.
        """
        part: dict[str, Any] = {}
        for field in self:
            if field.pointer and not field.errors:
                head = field.pointer.partition("/")[0]
                part[head] = pointers.put(part.get(head, document.get(head)), field.pointer.partition("/")[2], field.data)
        return {key: told or None for key, told in part.items()}

    def save(self, catalog: "Catalog", actor: Actor, draft: Draft, revision: int) -> Draft:
        """Save the answers; raises what `Drafts.save` raises."""
        return catalog.drafts.save(actor, draft.id, revision, self.part(draft.document))

    def lay(self, problems: Iterable[Problem]) -> list[Problem]:
        """Lay problems upon the fields that they are about; returns those that are about none."""
        others = []
        for problem in problems:
            places = [field for field in self if field.pointer and _about(problem.path, field.pointer)]
            if places:
                field = max(places, key=lambda one: len(one.pointer))
                field.errors = [*field.errors, problem]
            else:
                others.append(problem)
        return others


def _about(path: str, pointer: str) -> bool:
    return f"{path}/".startswith(f"/{pointer}/") or (path.count("/") > 1 and f"/{pointer}/".startswith(f"{path}/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the wizard. `name` stands in the address; `needs` are pointers that must be answered before publishing."""

    name: str
    order: int
    title: str
    lead: str
    form: type[StepForm]
    needs: tuple[str, ...] = ()
    optional: bool = False
    begun: Callable[[Mapping[str, Any]], bool] | None = None

    def done(self, document: Mapping[str, Any]) -> bool:
        """Tell whether everything that is needed is answered."""
        if self.begun:
            return self.begun(document)
        if self.needs:
            return all(pointers.get(document, need) for need in self.needs)
        return any(told for told in self.form.answers(document).values())
