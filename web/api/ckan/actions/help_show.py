"""`help_show`: what an action does."""

from web.api import ckan
from web.api.ckan.base import Action, Arguments, Refused, needed


def _run(given: Arguments) -> str:
    name = needed(given, "name")
    action = ckan.offered().get(name)
    if action is None:
        raise Refused(404, "Not Found Error", f"Not found: There is no action {name[:100]}")
    return action.about


ACTION = Action(name="help_show", about="Tell what an action does. Argument: name.", run=_run)
