"""Reads an AI Hub dataset page: texts under headings, and tables of a label and its value.

The documented shape, not a recorded answer: headings and labels are looked up in `SLOTS`, so the order on the page is free.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

_WORDS = {
    "introduction": ("소개", "데이터 소개", "introduction"),
    "purpose": ("구축목적", "구축 목적", "purpose"),
    "statistics": ("데이터 통계", "데이터 분포", "통계", "statistics", "statistics and distributions"),
    "structure": ("데이터 구조", "어노테이션 포맷", "데이터 예시", "data structure", "structure"),
    "model": ("활용 ai 모델", "ai 모델", "모델 설명", "학습 모델", "model description", "model"),
    "domain": ("데이터 영역", "분야", "field", "data domain"),
    "data_type": ("데이터 유형", "유형", "type", "data type"),
    "data_format": ("데이터 형식", "data format", "format"),
    "origin": ("데이터 출처", "source", "data source"),
    "labelling_type": ("라벨링 유형", "labelling type", "labeling type"),
    "labelling_format": ("라벨링 형식", "labelling format", "labeling format"),
    "service": ("데이터 활용 서비스", "활용 서비스", "service", "service that uses the data"),
    "year": ("구축년도", "구축 년도", "데이터 구축년도", "year", "build year"),
    "volume": ("구축량", "데이터 구축량", "volume"),
    "year_and_volume": ("데이터 구축년도/데이터 구축량", "데이터 구축년도/ 데이터 구축량", "build year and volume"),
    "builder": ("수행기관(주관)", "수행기관", "구축기관", "주관기관", "organisation", "builder"),
    "contact_name": ("담당자명", "책임자명", "담당자", "contact"),
    "contact_phone": ("전화번호", "전화", "대표전화번호", "telephone"),
    "contact_email": ("이메일", "대표이메일", "email", "e-mail"),
    "updated": ("갱신년월", "갱신일", "updated"),
    "views": ("조회수", "views"),
    "downloads": ("다운로드", "다운로드수", "downloads"),
    "tags": ("태그", "tags"),
}
SLOTS = {label: slot for slot, labels in _WORDS.items() for label in (*labels, slot)}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS = frozenset({"th", "dt"})
_VALUES = frozenset({"td", "dd"})
_HIDDEN = frozenset({"script", "style", "nav", "footer", "header", "noscript"})
_BREAKS = frozenset({"p", "br", "li", "div", "tr"})


def slot(label: str) -> str:
    """Return what a heading or label stands for, empty when it is none of ours."""
    return SLOTS.get(" ".join(re.sub(r"^[\s\d.○●■▪ㆍ·-]+|[\s:：]+$", "", label).casefold().split()), "")


def read_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a catalogue entry by slot; the first of two with one meaning counts."""
    facts: dict[str, Any] = {}
    for label, value in values.items():
        if (found := slot(str(label))) and value not in (None, "", []):
            facts.setdefault(found, value)
    return facts


def read_page(html: str) -> dict[str, str]:
    """Return the texts of a dataset page by slot."""
    reader = _Page()
    reader.feed(html)
    reader.close()
    reader.settle()
    return reader.facts


class _Page(HTMLParser):
    """Collects words under the last heading or label seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self._slot, self._section, self._label = "", "", False
        self._words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _HEADINGS | _LABELS:
            self.settle()
            self._label = True
        elif tag in _BREAKS:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _HEADINGS | _LABELS and self._label:
            self._slot, self._words, self._label = slot("".join(self._words)), [], False
            self._section = self._slot if tag in _HEADINGS else self._section
        elif tag in _VALUES:
            self.settle()
            self._slot = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def settle(self) -> None:
        """Keep the words gathered for the slot at hand; the first text of a slot counts."""
        words = re.sub(r"[^\S\n]+", " ", "".join(self._words))
        words = re.sub(r"\s*\n\s*", "\n", words).strip()
        if self._slot and words and not self._label:
            self.facts.setdefault(self._slot, words)
        self._words = []
