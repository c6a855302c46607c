"""`package_delete`: withdraws a dataset."""

from web.api.ckan.base import Action, Arguments, needed
from web.catalog import catalog, current_actor


def _run(given: Arguments) -> None:
    catalog().submissions.move(current_actor(), needed(given, "id").casefold(), "withdraw", "Withdrawn by a script")


ACTION = Action(
    name="package_delete", about="Withdraw a dataset; a tombstone stays. Argument: id.", run=_run, writes=True
)
