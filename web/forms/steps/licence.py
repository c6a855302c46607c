"""Licence and access: what others may do with the data, and who gets the files; each choice says what follows from it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wtforms import RadioField, SelectField

from catalog.access import Actor
from catalog.records import Draft
from schemas.problems import Problem
from web.forms.asking import asked, terms
from web.forms.base import Step, StepForm
from web.forms.fields import Checks
from web.sentences import DUTIES, N_, PURPOSES

if TYPE_CHECKING:
    from catalog.bootstrap import Catalog

LEVELS = (
    ("open", N_("Everyone"), N_("This will be visible to everyone, and everyone can download the files without an account.")),
    ("registered", N_("Everyone who is signed in"), N_("Everyone reads the description; the files need an account.")),
    (
        "residents", N_("Residents of the country"),
        N_("Everyone reads the description; the files need an identity that proves residence."),
    ),
    (
        "on-request", N_("Those whom the agency approves"),
        N_("Everyone reads the description; each person asks, says for what, and your agency decides."),
    ),
    ("closed", N_("Nobody outside the agency"), N_("Everyone reads the description; the files are not given out.")),
)  # fmt: skip
SEEN = (
    ("everyone", N_("Everyone: the dataset is found by search and has a public page")),
    ("agency", N_("Only members of my agency: for everyone else the dataset does not exist")),
)


class Licence(StepForm):
    """The licence of all files, and the rule of the bytes."""

    licence = asked(
        "", N_("Licence"), N_("It says what others may do. For open data CC BY 4.0 is a good choice."), kind=SelectField,
        choices=terms("licences", empty=N_("Not chosen")), needed=True,
    )  # fmt: skip
    level = asked("access/level", N_("Who may have the files"), choices=lambda language: LEVELS)
    purposes = asked(
        "access/purposes", N_("For which purposes"), N_("Only where somebody must ask first. None ticked: for any purpose."),
        choices=lambda language: tuple(PURPOSES.items()), kind=Checks, folded=True,
    )  # fmt: skip
    eligibility = asked(
        "access/eligibility", N_("Who may ask"), N_("What somebody must be or show to get the files."), long=True, folded=True
    )
    decision_days = asked("access/decision_days", N_("Days until the agency decides"), folded=True)
    duties = asked("", N_("What the recipient must do"), choices=lambda language: tuple(DUTIES.items()), kind=Checks)
    embargo = asked(
        "access/embargo", N_("Files are given out from"), N_("A day such as 2026-11-23; empty means at once."), folded=True
    )
    seen = asked("", N_("Who may see the description"), choices=lambda language: SEEN, kind=RadioField)

    @classmethod
    def answers(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers of a document; the licence is that of its first file that has one."""
        access = document.get("access") or {}
        return super().answers(document) | {
            "level": access.get("level", "open"),
            "licence": next((one["license"] for one in document.get("distribution", ()) if one.get("license")), ""),
            "duties": [duty["action"] for duty in access.get("duties", ())],
            "seen": "agency" if access.get("visible_to") else "everyone",
        }

    def part(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the access rule."""
        access = super().part(document).get("access") or {}
        before = {duty["action"]: duty for duty in (document.get("access") or {}).get("duties", ())}
        duties = [before.get(action, {"action": action}) for action in self.duties.data or ()]
        known = (document.get("access") or {}).get("visible_to") or []
        visible = {"everyone": [], "agency": known or [self.audience]}.get(self.seen.data, known)
        access = {**access, "duties": duties, "visible_to": visible}
        return {"access": {key: told for key, told in access.items() if told not in (None, [], "")}}

    audience = ""

    def save(self, catalog: "Catalog", actor: Actor, draft: Draft, revision: int) -> Draft:
        """Save the access rule, and the licence of every file."""
        self.audience = f"agency:{draft.agency}"
        saved = super().save(catalog, actor, draft, revision)
        return catalog.draft_files.describe_all(actor, saved.id, saved.revision, {"license": self.licence.data or None})

    def lay(self, problems: Iterable[Problem]) -> list[Problem]:
        """Lay what is wrong with the licence of a file upon the licence."""
        left = super().lay(problems)
        about = [one for one in left if one.path.endswith("/license")]
        self.licence.errors = [*self.licence.errors, *about]
        return [one for one in left if one not in about]


def _begun(document: Mapping[str, Any]) -> bool:
    return bool(document.get("access")) and any(one.get("license") for one in document.get("distribution", ()))


STEP = Step(
    name="licence", order=40, title=N_("Licence and access"), form=Licence, begun=_begun,
    lead=N_("What others may do with the data, and who gets the files."),
)  # fmt: skip
