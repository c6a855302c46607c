"""`status_show`: that the site is there, and what it is called."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.catalog import catalog
from web.machines.exports import base_url


def _run(given: Arguments) -> dict[str, Any]:
    settings = catalog().settings
    return {
        "site_title": settings.site_title, "site_description": "", "site_url": base_url(), "ckan_version": "2.11",
        "error_emails_to": None, "locale_default": settings.default_language, "extensions": ["datastore"],
    }  # fmt: skip


ACTION = Action(name="status_show", about="Tell the title and the address of the site.", run=_run)
