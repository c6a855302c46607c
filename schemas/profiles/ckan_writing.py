"""How a dataset document is said as a CKAN package, with every key that clients expect (interoperability: CKAN 2.11)."""

from collections.abc import Mapping
from typing import Any

from schemas.identifiers import short_hash
from schemas.profiles.base import Document, WriteContext
from schemas.profiles.ckan_resources import resource
from schemas.texts import pick
from schemas.vocabularies import vocabulary


def write_package(document: Document, context: WriteContext) -> dict[str, Any]:
    """Return the package of a dataset document, without the extension."""
    identity, language = document["name"], context.language
    publisher: dict[str, Any] = document.get("publisher") or {}
    contact: dict[str, Any] = next(iter(document.get("contact_point", [])), {})
    resources = [resource(d, i, identity, document["name"], context) for i, d in enumerate(document.get("distribution", []))]
    words = [word for group in document.get("keyword", {}).values() for word in group]
    stamp = _naive(document.get("modified") or document.get("issued") or "1970-01-01")
    page = document.get("landing_page") or context.dataset_url(document["name"])
    raw: dict[str, Any] = document.get("raw", {})
    said = vocabulary("licences").find(raw.get("license_id"))  # of a dataset without files
    licence = next((r["license_id"] for r in resources if r.get("license_id")), said.code if said else None)
    made = {
        "id": identity, "name": document["name"], "title": pick(document["title"], language).words,
        "title_translated": document["title"], "notes": pick(document.get("description", {}), language).words,
        "notes_translated": document.get("description", {}), "url": page, "author": None, "author_email": None,
        "maintainer": pick(contact.get("name", {}), language).words or None, "maintainer_email": contact.get("email"),
        "license_id": licence, "license_title": None, "license_url": None, "isopen": False,
        "version": document.get("version"), "state": "active",
        "type": "dataset", "private": False, "owner_org": publisher.get("name"), "creator_user_id": None,
        "metadata_created": _naive(document.get("issued") or stamp), "metadata_modified": stamp,
        "num_resources": len(resources), "num_tags": len(words),
        "tags": [_tag(word) for word in words],
        "groups": [], "organization": _organization(publisher, language), "resources": resources,
        "relationships_as_subject": [], "relationships_as_object": [],
    }  # fmt: skip
    more = {"guid": document.get("identifier")} | {key: words for key, words in raw.items() if key not in made}
    extras = [{"key": key, "value": words} for key, words in more.items() if words and isinstance(words, str)]
    return {**made, "extras": extras}


def _tag(word: str) -> dict[str, Any]:
    return {"id": short_hash("tag", word), "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def _organization(publisher: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    if not publisher:
        return None
    title = pick(publisher.get("title", {}), language).words or publisher["name"]
    description = pick(publisher.get("description", {}), language).words
    return {
        "id": publisher["name"], "name": publisher["name"], "title": title,
        "type": "organization", "description": description, "image_url": "", "created": "1970-01-01T00:00:00.000000",
        "is_organization": True,
        "approval_status": "approved", "state": "active",
    }  # fmt: skip


def _naive(stamp: str) -> str:
    date, _, time = stamp.partition("T")
    date = date + "-01-01"[2 * date.count("-") + date.count("-") :] if date.count("-") < 2 else date
    clock = (time.rstrip("Z").partition("+")[0] or "00:00:00").partition(".")
    return f"{date[:10]}T{clock[0]}.{(clock[2] + '000000')[:6]}"
