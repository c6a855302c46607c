"""Responsibility: who answers for the dataset, and the law it stands on."""

from web.forms.asking import asked
from web.forms.base import Step, StepForm
from web.sentences import N_


class Responsible(StepForm):
    """The chain of responsibility; all of it is needed before publishing."""

    owner = asked("responsibility/owner", N_("Owner"), N_("The office that decides about these data."), needed=True)
    steward = asked(
        "responsibility/steward", N_("Data steward"), N_("The person who looks after these data day by day."), needed=True
    )
    quality_officer = asked(
        "responsibility/quality_officer", N_("Quality officer"), N_("The person who answers for their quality."), needed=True
    )
    legal_basis = asked(
        "responsibility/legal_basis", N_("Legal basis"), N_("The law or the order that the data are kept and published under."),
        needed=True,
    )  # fmt: skip


STEP = Step(
    name="responsibility", order=60, title=N_("Responsibility"), form=Responsible,
    needs=tuple(f"responsibility/{one}" for one in ("owner", "steward", "quality_officer", "legal_basis")),
    lead=N_("Names of offices and persons who answer for the dataset; readers see them on its page."),
)  # fmt: skip
