"""`resource_create`: a new file of a dataset, sent along or linked."""

from typing import Any

from web.api.ckan.base import Action, Arguments, invalid
from web.api.ckan.packages import Package, asked, shown, shown_file
from web.api.ckan.writing import columns_of, edited, new_file, settle, submit, uploaded, with_columns
from web.catalog import catalog, current_actor


def _run(given: Arguments) -> dict[str, Any]:
    entry = asked(given, "package_id")
    catalog().submissions.require(current_actor(), entry.dataset.name)
    upload = uploaded()
    if upload is None and not given.get("url"):
        raise invalid(url="Missing value: give the address of a file, or the file itself in `upload`")
    if upload and (schemas := columns_of(upload)) is not None:
        submit(name=entry.dataset.name, change=with_columns(schemas))
        return _descriptor(shown(asked(given, "package_id")), given)
    id, resource = new_file(given, entry, upload)
    if resource:
        made = settle({**resource, "id": id}, upload)

        def edit(before: Package) -> Package:
            licence = {"license_id": before["license_id"]} if before.get("license_id") else {}
            return {**before, "resources": [*before["resources"], {**licence, **made}]}

        edited(entry, edit, {id: upload} if upload else {})
    return shown_file(asked(given, "package_id"), id)


def _descriptor(package: Package, given: Arguments) -> dict[str, Any]:
    """Return what stands for a datapackage.json, which every dataset has anyway: its columns went to the files."""
    link = f"{package['url'].rstrip('/')}/datapackage.json"
    return {
        "id": f"{package['name']}-datapackage", "package_id": package["id"], "name": str(given.get("name") or "datapackage"),
        "url": link, "url_type": None, "format": "JSON", "mimetype": "application/vnd.datapackage+json", "state": "active",
        "position": package["num_resources"], "resource_type": "documentation", "description": "", "hash": "", "size": None,
    }  # fmt: skip


ACTION = Action(
    name="resource_create", run=_run, writes=True,
    about="Add a file to a dataset. Arguments: package_id, url or a file in `upload`, name, description, format. "
    "A datapackage.json gives the other files their columns.",
)  # fmt: skip
