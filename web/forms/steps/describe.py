"""Describe: what the dataset is, in three languages, how it is found, and whom to ask."""

from collections.abc import Mapping
from typing import Any

from schemas.identifiers import name_for
from web.forms.asking import asked, terms
from web.forms.base import Step, StepForm
from web.forms.fields import Checks
from web.sentences import N_


class Describe(StepForm):
    """Texts of the dataset."""

    title = asked(
        "title", N_("Title of the dataset"), N_("What the data are about, where and when; no abbreviations."), needed=True
    )
    description = asked(
        "description", N_("Description"),
        N_("What one row stands for, where the figures come from, what a reader must know before using them."), long=True,
        needed=True,
    )  # fmt: skip
    purpose = asked(
        "purpose", N_("Why these data were made"), N_("What they are good for, and what they should not be used for."), long=True,
        folded=True,
    )  # fmt: skip
    keyword = asked("keyword", N_("Keywords"), N_("Words that people search for, with commas between them."))
    theme = asked("theme", N_("Topics"), choices=terms("themes"), kind=Checks)
    contact = asked("contact_point/0/name", N_("Who answers questions"), N_("A person or an office."))
    email = asked("contact_point/0/email", N_("E-mail for questions"))
    telephone = asked("contact_point/0/telephone", N_("Telephone for questions"), folded=True)
    series = asked(
        "in_series/0/identifier", N_("Series: its short name"), N_("The same for all datasets of the series, such as census."),
        folded=True,
    )  # fmt: skip
    series_title = asked("in_series/0/title", N_("Series: its title"), folded=True)
    name = asked(
        "name", N_("Address of the dataset"),
        N_("Small Latin letters, digits and dashes. Leave it empty to have it made from the title."), folded=True,
    )  # fmt: skip

    def part(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers; a dataset without a name gets the one that its title gives."""
        part = super().part(document)
        titles = {**document, **part}.get("title") or {}
        words = next((titles[code] for code in ("en", "ru", "kk") if titles.get(code)), "")
        if not part.get("name", "wrong") and words:
            part["name"] = name_for(words[:80])
        return part


STEP = Step(
    name="describe", order=20, title=N_("Describe"), form=Describe, needs=("title", "description"),
    lead=N_("Say it in all three languages where you can; a reader sees the language that there is."),
)  # fmt: skip
