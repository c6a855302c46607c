"""`package_show`: a dataset as a package."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.packages import asked, shown


def _run(given: Arguments) -> dict[str, Any]:
    return shown(asked(given, "id" if given.get("id") else "name_or_id"))


ACTION = Action(name="package_show", about="Show a dataset. Argument: id, its name.", run=_run)
