"""Coverage and frequency: the time and the place that the data are about, how often they change, how they were made."""

from web.forms.asking import asked, terms
from web.forms.base import Step, StepForm
from web.sentences import N_


class Coverage(StepForm):
    """Time, place, frequency, method."""

    start = asked("temporal/0/start", N_("The data begin"), N_("A year, a month or a day: 2026, 2026-11 or 2026-11-23."))
    end = asked("temporal/0/end", N_("The data end"), N_("Leave it empty where they go on."))
    accrual_periodicity = asked(
        "accrual_periodicity", N_("How often the dataset is updated"), N_("Readers see when an update is late."),
        choices=terms("frequencies", empty=N_("Not stated")), needed=True,
    )  # fmt: skip
    modified = asked("modified", N_("Last change of the data"), N_("A day such as 2026-11-23."))
    country = asked("spatial/0/uri", N_("Country"), choices=terms("countries", empty=N_("Not stated")))
    place = asked("spatial/0/name", N_("Region or place"), N_("For example: Almaty region."))
    west = asked("spatial/0/bbox/west", N_("Western edge, degrees"), folded=True)
    south = asked("spatial/0/bbox/south", N_("Southern edge, degrees"), folded=True)
    east = asked("spatial/0/bbox/east", N_("Eastern edge, degrees"), folded=True)
    north = asked("spatial/0/bbox/north", N_("Northern edge, degrees"), folded=True)
    provenance = asked(
        "provenance", N_("How the data were collected"), N_("Method, instruments, known limits."), long=True, folded=True
    )


STEP = Step(
    name="coverage", order=50, title=N_("Coverage and frequency"), form=Coverage, needs=("accrual_periodicity",),
    lead=N_("What was found in the files is filled in already; check it."),
)  # fmt: skip
