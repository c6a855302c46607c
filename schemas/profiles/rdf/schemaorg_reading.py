"""The schema.org Datasets of other sites: keys with any prefix, values as texts, objects or lists of either."""

import re
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import is_name, name_for, short_hash, slug
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.rdf.kinds import WEB
from schemas.vocabularies import vocabulary

_PREFIX = re.compile(r"^(?:https?://schema\.org/|schema:|sdo:|so:)")
_USED = frozenset((
    "name", "description", "url", "identifier", "license", "creator", "publisher", "datePublished", "dateModified", "version",
    "keywords", "inLanguage", "spatialCoverage", "temporalCoverage", "isAccessibleForFree", "distribution",
    "includedInDataCatalog",
))  # fmt: skip


def plain_keys(value: Any) -> Any:
    """Return JSON values with schema.org prefixes cut from keys and types."""
    if isinstance(value, list):
        return [plain_keys(one) for one in value]
    if isinstance(value, dict):
        return {_PREFIX.sub("", key): _types(inner) if key == "@type" else plain_keys(inner) for key, inner in value.items()}
    return value


def read_dataset(node: dict[str, Any], context: ReadContext) -> Reading:
    """Read one Dataset object; what fits no property stays in `raw` with a warning."""
    address = str(node.get("@id") or first(node.get("url")) or "")
    document: Document = {
        "title": texts(node.get("name"), context),
        "description": texts(node.get("description"), context),
        "keyword": {context.language: keywords(node.get("keywords"))},
        "version": first(node.get("version")),
        "issued": iso_date(first(node.get("datePublished"))) or "",
        "modified": iso_date(first(node.get("dateModified"))) or "",
        "publisher": _agency(node.get("publisher"), context) or dict(context.publisher),
        "contributor": [made for one in many(node.get("creator")) if (made := _contributor(one, context))],
        "language": [entry.iri for one in many(node.get("inLanguage")) if (entry := vocabulary("languages").find(first(one)))],
        "temporal": [made for one in many(node.get("temporalCoverage")) if (made := _period(first(one)))],
        "spatial": [made for one in many(node.get("spatialCoverage")) if (made := _place(one, context))],
    }
    _identify(document, node, address, context)
    document["distribution"] = _distributions(node, context)
    if node.get("isAccessibleForFree") in (False, "false", "False"):
        document["access"] = {"level": "on-request"}
    return _finish(document, node)


def many(value: Any) -> list[Any]:
    """Return a value as a list."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def first(value: Any) -> str:
    """Return the words of a value: a text, or what an object is called by."""
    for one in many(value):
        if isinstance(one, dict):
            one = one.get("@value") or one.get("value") or one.get("name") or one.get("url") or one.get("@id")
            one = first(one)
        if one not in (None, "") and not isinstance(one, dict | list):
            return str(one).strip()
    return ""


def texts(value: Any, context: ReadContext) -> dict[str, str]:
    """Return a text by language."""
    found: dict[str, str] = {}
    for one in many(value):
        language = str(one.get("@language") or context.language) if isinstance(one, dict) else context.language
        if words := first(one):
            found.setdefault(language, words)
    return found


def keywords(value: Any) -> list[str]:
    """Return keywords from a list, DefinedTerms, or one text with commas."""
    given = many(value)
    words = given[0].split(",") if len(given) == 1 and isinstance(given[0], str) else [first(one) for one in given]
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _types(value: Any) -> Any:
    return [_PREFIX.sub("", str(one)) for one in value] if isinstance(value, list) else _PREFIX.sub("", str(value))


def _identify(document: Document, node: dict[str, Any], address: str, context: ReadContext) -> None:
    identifiers = list(dict.fromkeys(words for one in many(node.get("identifier")) if (words := first(one))))
    last = address.rstrip("/").rpartition("/")[2]
    own = bool(context.base_url) and address.startswith(f"{context.base_url}/dataset/")
    title = next(iter(document["title"].values()), "")
    document["name"] = last if own and is_name(last) else name_for(title, address, *identifiers)
    document["identifier"] = identifiers[0] if identifiers else "" if own else address
    document["other_identifier"] = identifiers[1:]
    if not own:
        document["uri"] = address
        document["landing_page"] = url if WEB.match(url := first(node.get("url"))) else ""


def _agency(value: Any, context: ReadContext) -> Document:
    name = first(value)
    if not name:
        return {}
    address = str(value.get("@id") or "") if isinstance(value, dict) else ""
    own = bool(context.base_url) and address.startswith(f"{context.base_url}/organization/")
    last = address.rpartition("/")[2]
    return {"name": last if own and is_name(last) else name_for(name), "title": {context.language: name}}


def _contributor(value: Any, context: ReadContext) -> Document:
    name = first(value)
    role = str(value.get("roleName") or "creator") if isinstance(value, dict) else "creator"
    return {"name": {context.language: name}, "role": role} if name else {}


def _period(words: str) -> Document:
    start, _, end = words.partition("/")
    made = {"start": iso_date(start) or "", "end": iso_date(end) or ""}
    return {key: value for key, value in made.items() if value}


def _place(value: Any, context: ReadContext) -> Document:
    if not isinstance(value, dict):
        return {"name": {context.language: str(value)}} if value else {}
    geo = next((one for one in many(value.get("geo")) if isinstance(one, dict)), {})
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", first(geo.get("box"))[:200])]
    place: Document = {}
    if WEB.match(str(value.get("@id") or "")):
        place["uri"] = value["@id"]
    if words := first(value.get("name")):
        place["name"] = {context.language: words}
    if len(numbers) == 4:
        south, west, north, east = numbers
        if abs(south) <= 90 >= abs(north) and abs(west) <= 180 >= abs(east):
            place["bbox"] = {"west": west, "south": south, "east": east, "north": north}
    return place


def _distributions(node: dict[str, Any], context: ReadContext) -> list[Document]:
    common = _license(node.get("license")) or context.license
    found: dict[str, Document] = {}
    for one in many(node.get("distribution")):
        value = one if isinstance(one, dict) else {"contentUrl": one}
        address = str(value.get("@id") or "")
        link, page = first(value.get("contentUrl")), first(value.get("url"))
        last = address.rstrip("/").rpartition("/")[2]
        key = last if last and slug(last) == last.lower() else short_hash(address, link, page, length=16)
        entry = vocabulary("media_types").find(first(value.get("encodingFormat") or value.get("fileFormat")))
        size = re.fullmatch(r"(\d+)(?:\.0+)?\s*(?:B|bytes)?", first(value.get("contentSize")))
        made = {
            "id": key,
            "title": texts(value.get("name"), context),
            "description": texts(value.get("description"), context),
            "download_url": link if WEB.match(link) else "",
            "access_url": page if WEB.match(page) else "",
            "format": entry.code if entry else "",
            "media_type": entry.data.get("media_type", "") if entry else first(value.get("encodingFormat")),
            "byte_size": int(size[1]) if size else None,
            "size_text": "" if size else first(value.get("contentSize")),
            "license": _license(value.get("license")) or common,
        }
        checksum = first(value.get("sha256"))
        if re.fullmatch(r"[0-9a-fA-F]{64}", checksum):
            made["checksum"] = {"algorithm": "sha256", "value": checksum}
        found.setdefault(key, {name: inner for name, inner in made.items() if inner not in ("", {}, None)})
    return list(found.values())


def _license(value: Any) -> str:
    stated = (one.get("url") or one.get("@id") or first(one) if isinstance(one, dict) else one for one in many(value))
    words = str(next(stated, ""))
    entry = vocabulary("licences").find(words)
    return entry.iri if entry else words if WEB.match(words) else ""


def _finish(document: Document, node: dict[str, Any]) -> Reading:
    document["keyword"] = {language: words for language, words in document["keyword"].items() if words}
    raw = {key: value for key, value in node.items() if key[0] != "@" and key not in _USED}
    if node.get("license") and not any(one.get("license") for one in document["distribution"]):
        raw["license"] = node["license"]
    lost = (("temporalCoverage", "temporal"), ("spatialCoverage", "spatial"), ("inLanguage", "language"))
    raw |= {key: node[key] for key, name in lost if node.get(key) and not document[name]}
    problems = [
        Problem("kept-raw", f"/raw/{key}", f"The value of {key} fits no property; it is kept as it came.", Severity.WARNING)
        for key in raw
    ]
    document["raw"] = raw
    return Reading({key: value for key, value in document.items() if value not in ("", [], {})}, tuple(problems))
