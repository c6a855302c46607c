"""Datasets as packages that clients of CKAN read, change and send back."""

from collections.abc import Mapping
from typing import Any

from catalog.errors import NotFound
from catalog.reading import Entry
from catalog.records import State
from schemas.profiles.ckan_resources import uploaded
from schemas.profiles.standards.ckan import package
from web.api.ckan.base import Arguments, needed
from web.catalog import catalog, current_actor
from web.machines.exports import base_url, write_context

Package = dict[str, Any]


def asked(given: Arguments, name: str = "id") -> Entry:
    """Return the dataset that an argument names; raises NotFound, Gone."""
    return catalog().reading.entry(current_actor(), needed(given, name).casefold())


def asked_file(given: Arguments) -> tuple[Entry, str]:
    """Return the dataset that has the file of the argument `id`, and the file's id; raises NotFound."""
    told = needed(given, "id")
    name, _, id = told.rpartition("/")
    actor = current_actor()
    holders = [catalog().reading.entry(actor, name)] if name else catalog().reading.holding(actor, id, limit=2)
    if len(holders) != 1 or holders[0].distribution(id) is None:
        raise NotFound(f'Resource "{told[:100]}" was not found.')
    return holders[0], id


def shown(entry: Entry) -> Package:
    """Return a package as this reader may have it."""
    made = package(catalog().reading.exported(entry, current_actor(), base_url()), write_context())
    held = {file.distribution for file in entry.files if file.sha256}
    made["resources"] = [uploaded(one) if one["id"] in held else one for one in made["resources"]]
    record = entry.record
    return {
        **made, "private": "public" not in record.labels, "state": "active" if record.state is State.PUBLISHED else "draft",
        "metadata_created": _naive(record.created), "metadata_modified": _naive(record.updated),
    }  # fmt: skip


def shown_file(entry: Entry, id: str) -> Package:
    """Return one resource of a package."""
    return next(one for one in shown(entry)["resources"] if one["id"] == id)


def told_language(text: Mapping[str, str]) -> str:
    """Return the language in which a package shows a text."""
    from schemas.texts import pick

    return pick(text, catalog().settings.default_language).language


def _naive(stamp: str) -> str:
    return f"{stamp.rstrip('Z')}.000000"
