"""`package_patch`: some keys of a dataset."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.packages import asked, shown
from web.api.ckan.writing import edited


def _run(given: Arguments) -> dict[str, Any]:
    entry = asked(given, "id" if given.get("id") else "name")
    edited(entry, lambda before: {**before, **given, "name": before["name"]})
    return shown(asked({"id": entry.dataset.name}))


ACTION = Action(
    name="package_patch", about="Change some keys of a dataset. Arguments: id, and the keys.", run=_run, writes=True
)
