"""The wizard: an agency's clerk uploads files, describes them step by step, and sends them to a publisher.

Every page asks `current_actor()` and the drafts of the catalogue, which show nothing to strangers.
"""

from typing import Any

from flask import Blueprint

from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("wizard", __name__), Lets.STAFF, changes="dataset:edit")


def tools() -> dict[str, Any]:
    """Return what the templates of the wizard call."""
    return {
        "upload_limit": lambda: catalog().settings.upload_limit,
        "wrong_files": lambda problems: [(told(one), "upload") for one in problems],
    }  # fmt: skip


from web.pages.wizard import checking, columns, files, reviewing, start, step  # noqa: E402, F401 - they add their views
from web.pages.wizard.shown import told  # noqa: E402
