"""What a client changed in CKAN's words is changed; all that CKAN cannot say stays as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.profiles import profiles
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.ckan_reading import json_value, package_extras
from schemas.profiles.terms import regain
from web.api.ckan.packages import Package, told_language
from web.catalog import catalog

_ANSWERS = {"owner": "author", "steward": "maintainer", "quality_officer": "", "legal_basis": ""}
"""Extras that say who answers for a dataset, and the keys of CKAN that stand for them."""
_TEXTS = {"title": "title_translated", "notes": "notes_translated"}
_FILE_TEXTS = {"name": "name_translated", "description": "description_translated"}
_MACHINERY = frozenset({"schema", "scheme", "type", "dialect", "upload", "owner_org", "clear_upload", "profile"})
"""What clients send with a resource and no property comes of."""


def read(given: Package, language: str = "") -> Document:
    """Return a package as a document, without its extension, its times and what follows from its own name."""
    extras = {key: value for key, value in package_extras(given).items() if key != "qoima"}
    answers = _answers(given, extras)
    resources = [_cleaned(one) for one in given.get("resources") or [] if isinstance(one, Mapping)]
    told = {**given, "extras": {key: value for key, value in extras.items() if key not in _ANSWERS}, "resources": resources}
    context = ReadContext(language=language or catalog().settings.default_language)
    document = dict(profiles()["ckan"].read(told, context).document)
    if document.get("identifier") == document.get("name"):
        del document["identifier"]
    document.pop("modified", None) if "modified" not in extras else None
    if isinstance(given.get("owner_org"), str) and given["owner_org"]:
        document["publisher"] = {"name": given["owner_org"].casefold()}
    if hides(given):
        document["access"] = {**document.get("access", {}), "visible_to": [f"agency:{given.get('owner_org') or ''}"]}
    return document | ({"responsibility": answers} if answers else {})


def hides(given: Package) -> bool:
    """Tell whether a package is for its organization only."""
    return str(given.get("private") or "").lower() in ("true", "1") or given.get("state") == "draft"


def created(given: Package) -> Document:
    """Return the document of a new package, with all that its extension says."""
    return regain(read(given), json_value(package_extras(given).get("qoima")))


def merged(present: Document, before: Package, after: Package) -> Document:
    """Return the present document with what differs between the package that a client saw and the one that it sent."""
    after = _with_languages(before, after, present)
    old, new = read(before), read(after)
    result = _changed(present, old, new, skip=frozenset({"distribution", "name", "raw"}))
    result["raw"] = _changed(present.get("raw", {}), old.get("raw", {}), new.get("raw", {}), skip=_same(before, after))
    olds = {one["id"]: one for one in old.get("distribution", [])}
    ours = {one["id"]: one for one in present.get("distribution", [])}
    result["distribution"] = [
        _changed(ours[one["id"]], olds.get(one["id"], {}), one) if one["id"] in ours else one
        for one in new.get("distribution", [])
    ]
    said = json_value(package_extras(after).get("qoima"))
    return regain(result, said) if said and said != json_value(package_extras(before).get("qoima")) else result


def _changed(present: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any], skip: Iterable[str] = ()) -> Document:
    result = dict(present)
    for key in {*old, *new} - set(skip):
        if old.get(key) != new.get(key):
            result[key] = new.get(key)
    return {key: value for key, value in result.items() if value is not None}


def _same(before: Package, after: Package) -> frozenset[str]:
    """Return the keys of which a client says nothing new, such as the licence that files have meanwhile."""
    return frozenset(key for key in after if key in before and after[key] == before[key])


def _with_languages(before: Package, after: Package, present: Document) -> Package:
    """Put words that were changed in one language where the package keeps all languages, and the other way round."""
    texts = {"title": present.get("title", {}), "notes": present.get("description", {})}
    made = {**after, **_told(before, after, _TEXTS, texts)}
    entries = {one["id"]: one for one in present.get("distribution", [])}
    olds = {one["id"]: one for one in before.get("resources", [])}
    resources = []
    for one in made.get("resources") or []:
        entry, old = entries.get(one.get("id"), {}), olds.get(one.get("id"), {})
        known = {"name": entry.get("title", {}), "description": entry.get("description", {})}
        resources.append({**one, **_told(old, one, _FILE_TEXTS, known)} if old else one)
    return {**made, "resources": resources}


def _told(
    before: Mapping[str, Any], after: Mapping[str, Any], keys: Mapping[str, str], texts: Mapping[str, Mapping[str, str]]
) -> Package:
    made: Package = {}
    for key, translated in keys.items():
        if after.get(key) != before.get(key) and after.get(translated, before.get(translated)) == before.get(translated):
            text = {**texts[key], told_language(texts[key]): str(after.get(key) or "")}
            made[translated] = {code: words for code, words in text.items() if words}
        elif translated not in after and after.get(key) == before.get(key):
            made[translated] = before.get(translated)
    return made


def _answers(given: Package, extras: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: extras.get(name) or (given.get(key) if key else None) for name, key in _ANSWERS.items()}
    told: dict[str, Any] = {name: words for name, words in found.items() if isinstance(words, str) and words}
    if "legal_basis" in told:
        told["legal_basis"] = {catalog().settings.default_language: told["legal_basis"]}
    return told


def _cleaned(resource: Mapping[str, Any]) -> Package:
    return {key: value for key, value in resource.items() if key not in _MACHINERY and value not in ("", None)}
