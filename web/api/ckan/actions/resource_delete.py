"""`resource_delete`: takes a file out of a dataset."""

from catalog.submitting.changes import removing
from web.api.ckan.base import Action, Arguments
from web.api.ckan.packages import asked_file
from web.api.ckan.writing import submit


def _run(given: Arguments) -> None:
    entry, id = asked_file(given)
    submit(name=entry.dataset.name, change=removing(id))


ACTION = Action(
    name="resource_delete", about="Take a file out of a dataset; older versions keep it. Argument: id.", run=_run, writes=True
)
