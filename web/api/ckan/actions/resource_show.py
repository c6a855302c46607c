"""`resource_show`: a file as a resource."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.packages import asked_file, shown_file


def _run(given: Arguments) -> dict[str, Any]:
    return shown_file(*asked_file(given))


ACTION = Action(name="resource_show", about="Show a file. Argument: id.", run=_run)
