"""Reads a dataset of AI Hub (Korea): catalogue entry, file tree and page sections; only approved residents get the bytes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.dates import iso_date
from schemas.forms.rules import MAX_ITEMS
from schemas.problems import Problem, Severity
from schemas.profiles.aihub.page import read_facts, read_page
from schemas.profiles.aihub.tree import NOT_FOUND, TreeFile, is_tree, read_tree
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iris, left_over, words
from schemas.vocabularies import vocabulary

LANGUAGE = "ko"
TERMS = "https://www.aihub.or.kr/intrcn/guid/usagepolicy.do"

_NIA = {
    "name": "nia-kr", "title": {"ko": "한국지능정보사회진흥원", "en": "National Information Society Agency"},
    "homepage": "https://www.nia.or.kr", "country": "KR",
}  # fmt: skip
_THEMES = {
    "영상이미지·멀티모달": "TECH", "한국어": "EDUC", "재난안전환경": "ENVI", "교통물류": "TRAN", "농축수산": "AGRI",
    "문화관광": "EDUC", "교육": "EDUC", "헬스케어": "HEAL", "로봇·피지컬AI": "TECH", "스포츠": "EDUC", "제조": "ECON",
    "법률": "JUST", "지식재산": "TECH", "금융": "ECON",
}  # fmt: skip
_ELIGIBILITY = {
    "en": "Residents of the Republic of Korea, signed in to AI Hub, after approval of a request that states the purpose.",
    "ko": "대한민국 국민 및 국내 기관에 한하여 AI Hub 로그인 후 활용 목적을 밝히고 승인을 받아야 합니다.",
    "ru": "Только резидентам Республики Корея после входа в AI Hub и одобрения заявки с целью использования.",
    "kk": "Тек Корея Республикасының резиденттеріне, AI Hub жүйесіне кіріп, мақсаты көрсетілген өтінім мақұлданғаннан кейін.",
}
_RIGHTS = {"en": f"The terms of use of AI Hub apply: {TERMS}", "ko": f"AI Hub 이용약관이 적용됩니다: {TERMS}"}
_DUTIES = [{"action": "attribute"}, {"action": "no-redistribution"}]
_USED = (
    "id", "title", "tags", "field", "type", "year", "updated", "introduction", "purpose", "statistics", "structure", "model",
    "labelling_type", "labelling_format", "service", "volume",
)  # fmt: skip


class AIHubReader:
    """Body: `{"key", "title", "tree", "page", "landing_page", "catalogue": {…}}`, or a `failure` in the source's words."""

    name = "aihub"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one dataset; an unknown key, a failed fetch and an answer without a tree become Problems."""
        if not isinstance(record, Mapping) or not words(record.get("key")):
            return Reading({}, (Problem("no-identifier", "/key", "This record of AI Hub has no dataset key."),))
        problem = _unusable(record)
        if problem and problem.severity is Severity.ERROR:
            return Reading({}, (problem,))
        files, unread = read_tree(words(record.get("tree")))
        notes = [problem] if problem else _notes(files, unread)
        return Reading(compact(_document(record, files[:MAX_ITEMS], context)), tuple(notes))


READER = AIHubReader()


def _unusable(record: Mapping[str, Any]) -> Problem | None:
    """Tell why nothing can be made of a record; a key without files is kept when catalogue or page vouch for it."""
    key, tree = words(record["key"]), words(record.get("tree"))
    if failure := words(record.get("failure")):
        return Problem("not-fetched", "", f"Dataset {key} of AI Hub could not be fetched: {failure}")
    if NOT_FOUND in tree:
        vouched = record.get("catalogue") or record.get("page")
        message = f"AI Hub lists dataset {key} but knows no file tree for it; ask the portal."
        return Problem("not-found", "/tree", message, Severity.WARNING if vouched else Severity.ERROR)
    if not is_tree(tree):
        return Problem("unexpected-answer", "/tree", f"The answer for dataset {key} is no file tree; harvest again later.")
    return None


def _notes(files: Sequence[TreeFile], unread: Sequence[str]) -> list[Problem]:
    told = "This line of the file tree was not understood: "
    notes = [Problem("unread-file", "/tree", told + line[:200], Severity.NOTICE) for line in unread[:20]]
    if not files:
        notes.append(Problem("no-files", "/tree", "The file tree of this dataset names no file.", Severity.NOTICE))
    if len(files) > MAX_ITEMS:
        message = f"The tree names {len(files):,} files; the first {MAX_ITEMS:,} are listed."
        notes.append(Problem("too-many", "/tree", message, Severity.WARNING))
    return notes


def _document(record: Mapping[str, Any], files: Sequence[TreeFile], context: ReadContext) -> Document:
    catalogue = record.get("catalogue")
    catalogue = catalogue if isinstance(catalogue, Mapping) else {}
    facts = {**read_page(words(record.get("page"))), **read_facts(catalogue)}
    key, landing = words(record["key"]), words(record.get("landing_page"))
    return {
        "name": f"aihub-{key}", "identifier": key,
        "title": _ko(words(catalogue.get("title")) or words(record.get("title")) or key),
        "description": _ko(facts.get("introduction")), "purpose": _ko(facts.get("purpose")),
        "keyword": {LANGUAGE: _tags(facts.get("tags"))},
        "theme": iris("themes", [_THEMES.get(words(facts.get("domain")), words(facts.get("domain")))]),
        "publisher": dict(context.publisher) or _NIA,
        "contributor": [{"name": _ko(facts.get("builder")), "role": "creator"}] if facts.get("builder") else [],
        "contact_point": [_contact(facts)],
        "modified": iso_date(facts.get("updated", "")), "language": iris("languages", [LANGUAGE]),
        "spatial": [{"uri": uri} for uri in iris("countries", ["KR"])],
        "landing_page": landing, "rights": _RIGHTS,
        "access": {"level": "residents", "eligibility": _ELIGIBILITY, "duties": _DUTIES},
        "distribution": [_file(file, landing) for file in files],
        "ml": _ml(facts, files),
        "raw": left_over(catalogue, _USED),
    }  # fmt: skip


def _ko(value: Any) -> dict[str, str]:
    return {LANGUAGE: words(value)} if words(value) else {}


def _tags(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else re.split(r"[,\n#]", words(value))
    return [tag for item in listed if (tag := words(item))]


def _contact(facts: Mapping[str, Any]) -> Document:
    return {
        "name": _ko(facts.get("contact_name")), "email": words(facts.get("contact_email")),
        "telephone": words(facts.get("contact_phone")),
    }  # fmt: skip


def _file(file: TreeFile, landing: str) -> Document:
    extension = file.name.rpartition(".")[2] if "." in file.name else ""
    term = vocabulary("media_types").find(extension)
    return {
        "id": f"file-{file.key}", "title": _ko(file.name), "path": file.path, "size_text": file.size, "access_url": landing,
        "format": term.code if term else "", "media_type": words(term.data.get("media_type")) if term else "",
        "rights": _RIGHTS, "raw": {"file_key": file.key, "split": file.split},
    }  # fmt: skip


def _ml(facts: Mapping[str, Any], files: Sequence[TreeFile]) -> Document:
    example = words(facts.get("structure"))
    model = words(facts.get("model"))
    return {
        "domain": words(facts.get("domain")), "data_type": words(facts.get("data_type")), "build_year": _year(facts),
        "volume": _volume(facts, files), "service": _ko(facts.get("service")),
        "annotation": {
            "labelling_type": words(facts.get("labelling_type")), "labelling_format": words(facts.get("labelling_format")),
            "example": example,
        },
        "model_cards": [{"name": model.splitlines()[0][:200], "description": _ko(model)}] if model else [],
    }  # fmt: skip


def _year(facts: Mapping[str, Any]) -> str:
    stated = re.search(r"(?:19|20)\d\d", words(facts.get("year")) or words(facts.get("year_and_volume")))
    return stated[0] if stated else ""


def _volume(facts: Mapping[str, Any], files: Sequence[TreeFile]) -> dict[str, str]:
    """Return how much there is as the portal tells it, and in English which files the splits have."""
    told = [words(facts.get(part)) for part in ("volume", "year_and_volume", "statistics")]
    splits = {file.split: [other.size for other in files if other.split == file.split] for file in files if file.split}
    listed = "; ".join(f"{split}: {len(sizes)} files ({', '.join(sizes[:20])})" for split, sizes in splits.items())
    return {**_ko("\n".join(filter(None, told))), **({"en": listed} if listed else {})}
