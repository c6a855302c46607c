"""What the forms of accounts have in common: errors by field, in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext
from werkzeug.wrappers import Response

from catalog.errors import Invalid, Throttled

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]]
Answer = Response | Page
Errors = dict[str, str]


def tried(change: Callable[[], Response], form: Callable[[Errors], str], first: str) -> Answer:
    """Do a change, or show the form again with what is wrong; errors that name no field stand at the `first`."""
    try:
        return change()
    except Invalid as error:
        told = {problem.path.strip("/") or first: gettext(problem.message) for problem in error.problems}
        return form(told or {first: gettext(str(error))}), 400
    except Throttled as error:
        return form({first: too_many(error)}), 429, {"Retry-After": str(error.seconds)}


def too_many(error: Throttled) -> str:
    """Return the sentence for too many tries."""
    return str(gettext("There were too many tries. Wait %(minutes)s minutes.", minutes=error.seconds // 60))
