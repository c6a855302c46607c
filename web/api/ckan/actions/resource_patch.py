"""`resource_patch`: some keys of a file, or its bytes."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.writing import edited_file


def _run(given: Arguments) -> dict[str, Any]:
    return edited_file(given, dict)


ACTION = Action(
    name="resource_patch", run=_run, writes=True,
    about="Change some keys of a file, or its bytes (`upload`). Arguments: id, and the keys.",
)  # fmt: skip
