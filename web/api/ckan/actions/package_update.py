"""`package_update`: a dataset as it shall be; what is left out is taken away, but for its files."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.packages import Package, asked, shown
from web.api.ckan.writing import edited

_KEPT = (
    "id", "name", "owner_org", "resources", "organization", "metadata_created", "metadata_modified", "private", "state",
    "license_id",
)  # fmt: skip
_EXTRAS = frozenset({"qoima", "guid"})


def _run(given: Arguments) -> dict[str, Any]:
    entry = asked(given, "id" if given.get("id") else "name")

    def edit(before: Package) -> Package:
        kept = {key: before[key] for key in _KEPT if key in before}
        ours = [one for one in before["extras"] if one["key"] in _EXTRAS]
        own = given.get("extras")
        theirs = own if isinstance(own, list) else []
        named = {one.get("key") for one in theirs if isinstance(one, dict)}
        extras = [*theirs, *(one for one in ours if one["key"] not in named)]
        return {**kept, "title": before["name"], **given, "name": before["name"], "extras": extras}

    edited(entry, edit)
    return shown(asked({"id": entry.dataset.name}))


ACTION = Action(
    name="package_update", run=_run, writes=True,
    about="Replace a dataset. Arguments: id and the keys of a package; without resources its files stay.",
)  # fmt: skip
