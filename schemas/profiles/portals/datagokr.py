"""Reads an entry of data.go.kr's list of open APIs."""

import re
from collections.abc import Mapping
from typing import Any

from schemas.identifiers import short_hash
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iris, left_over, words

LANGUAGE = "ko"
_KEYS = {
    "title": ("list_title", "title"), "publisher": ("org_nm", "org"), "endpoint": ("end_point_url", "endpoint"),
    "description": ("desc",), "keywords": ("keywords",), "category": ("category_nm", "category"),
}  # fmt: skip
"""What we read, under the portal's own name and under those met in copies of the list."""

_THEMES = {
    "공공행정": ("GOVE",), "과학기술": ("TECH",), "교통물류": ("TRAN",), "국토관리": ("REGI",), "사회복지": ("SOCI",),
    "산업고용": ("ECON",), "식품건강": ("AGRI", "HEAL"), "재난안전": ("SOCI",), "재정금융": ("ECON",), "통일외교안보": ("INTR",),
    "환경기상": ("ENVI",), "교육": ("EDUC",), "농축수산": ("AGRI",), "문화관광": ("EDUC",),
    "법률": ("JUST",), "보건의료": ("HEAL",),
}  # fmt: skip


class DataGoKrReader:
    """Body: one row of the list. It states neither dates nor a licence, so neither is given."""

    name = "datagokr"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one entry; an endpoint that is no address stays in `raw`, with a warning."""
        identifier = words(record.get("list_id")) if isinstance(record, Mapping) else ""
        if not identifier:
            return Reading({}, (Problem("no-identifier", "/list_id", "This entry of data.go.kr has no list_id."),))
        entry = {name: next(filter(None, (words(record.get(key)) for key in keys)), "") for name, keys in _KEYS.items()}
        problems = []
        if entry["endpoint"] and not re.match(r"(?i)https?://[^\s/]", entry["endpoint"]):
            message = f"The endpoint {entry['endpoint'][:200]!r} is no full address; it needs http:// or https:// and a host."
            problems.append(Problem("not-an-address", "/end_point_url", message, Severity.WARNING))
        return Reading(compact(_document(identifier, entry, record, bool(problems), context)), tuple(problems))


READER = DataGoKrReader()


def _document(
    identifier: str, entry: Mapping[str, str], record: Mapping[str, Any], no_address: bool, context: ReadContext
) -> Document:
    site = words(context.options.get("site")) or "https://www.data.go.kr"
    page = f"{site.rstrip('/')}/data/{identifier}/openapi.do"
    own = re.sub(rf"^({re.escape(entry['publisher'])}_)+", "", entry["title"]).strip()
    service = {"title": _ko(own), "endpoint_url": "" if no_address else entry["endpoint"]}
    return {
        "name": f"data-go-kr-{identifier}", "identifier": identifier, "uri": page, "landing_page": page,
        "title": _ko(own or entry["title"]), "description": _ko(entry["description"].replace("\r\n", "\n")),
        "keyword": {LANGUAGE: [word for item in entry["keywords"].split(",") if (word := item.strip())]},
        "theme": iris("themes", _THEMES.get(entry["category"], ())),
        "publisher": _publisher(entry["publisher"]) or dict(context.publisher),
        "language": iris("languages", [LANGUAGE]), "spatial": [{"uri": uri} for uri in iris("countries", ["KR"])],
        "license_asserted": bool(context.license), "service": [service] if service["endpoint_url"] else [],
        "distribution": [{
            "id": "api", "title": _ko(own), "access_url": page, "format": "API", "license": context.license,
            "access_service": service if service["endpoint_url"] else None,
        }],
        "raw": _raw(record, entry, no_address, own),
    }  # fmt: skip


def _ko(given: str) -> dict[str, str]:
    return {LANGUAGE: given} if given else {}


def _publisher(title: str) -> Document:
    return {"name": f"kr-{short_hash(title)}", "title": _ko(title), "country": "KR"} if title else {}


def _raw(record: Mapping[str, Any], entry: Mapping[str, str], no_address: bool, own: str) -> Document:
    """Keep the full form of the title, and an endpoint that no property can hold."""
    kept = {"title": entry["title"] if entry["title"] != own else "", "endpoint": entry["endpoint"] if no_address else ""}
    return {**left_over(record, ("list_id", *(key for keys in _KEYS.values() for key in keys))), **kept}
