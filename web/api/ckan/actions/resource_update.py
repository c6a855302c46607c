"""`resource_update`: a file as it shall be, with other bytes where some are sent along."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.writing import edited_file

_KEPT = frozenset({"id", "package_id", "url", "url_type", "format", "license_id", "hash", "size", "mimetype", "created"})


def _run(given: Arguments) -> dict[str, Any]:
    return edited_file(given, lambda before: {key: value for key, value in before.items() if key in _KEPT})


ACTION = Action(
    name="resource_update", run=_run, writes=True,
    about="Replace what is said of a file, or its bytes (`upload`). Arguments: id, and the keys.",
)  # fmt: skip
