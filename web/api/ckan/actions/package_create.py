"""`package_create`: a new dataset."""

from typing import Any

from catalog.errors import Conflict
from schemas.forms import dump_dataset
from schemas.identifiers import is_name
from schemas.profiles.base import Document
from web.api.ckan.base import Action, Arguments, invalid, needed
from web.api.ckan.merging import created
from web.api.ckan.packages import asked, shown
from web.api.ckan.writing import submit


def _run(given: Arguments) -> dict[str, Any]:
    name = needed(given, "name").casefold()
    needed(given, "owner_org")
    if not is_name(name):
        raise invalid(name="Must be 2 to 100 characters of a-z, 0-9, - and _")
    document = created({"title": name, **given})
    try:
        submit(document=document, base=0)
    except Conflict:
        _again(document)
    return shown(asked({"id": name}))


def _again(document: Document) -> None:
    """Take it that a package was sent twice where it is there already, whatever files came to it since; raise Refused else."""
    present = dump_dataset(asked({"id": document["name"]}).dataset)
    try:
        submit(document={"distribution": present.get("distribution", []), **document, "raw": present.get("raw", {})}, base=0)
    except Conflict:
        raise invalid(name="That URL is already in use.") from None


ACTION = Action(
    name="package_create", run=_run, writes=True,
    about="Publish a new dataset. Arguments: name, title, owner_org and other keys of a package. Files: resource_create.",
)  # fmt: skip
