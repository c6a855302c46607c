"""What rows about people are told by: names beside birth dates or precise places, and counts of so few that they are known."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import polars

_NAMES = (
    r"\bфио\b|ф\. ?и\. ?о|аты.{0,2}жөні|\bтегі|фамили|отчеств|әкесінің|surname|last.?name|first.?name|given.?name|"
    r"full.?name|family.?name|person.?name|patient|пациент|заявител|applicant|өтініш беруші|гражданин|владел|"
    r"\bиесі|성명|이름|fornavn|efternavn"
)
_OFFICE = (
    r"директор|руковод|басшы|директоры|director|head|manager|ответств|жауапты|депутат|deput|минист|начальник|председат|төраға|"
    r"автор|author|контакт|contact|врач|дәрігер|судья|нотариус|адвокат"
)
_NAME = r"^\p{Lu}[\p{L}'’-]+(?:[ ,]+\p{Lu}[\p{L}.'’-]*){0,3}$|^[가-힣]{2,4}$|^\p{Lu}{2,}(?: \p{Lu}{2,}){1,2}$"
_PATRONYMIC = r"(?i)\p{L}(?:ович|евич|овна|евна|ична|ұлы|қызы|улы|кызы|оглы)\.?$"
_BIRTH = r"рожд|туған|birth|\bd\.?o\.?b\b|fødsel|생년월일"
_DAY = r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}"
_PLACE = r"\blat|\blon|\blng|широт|долгот|ендік|бойлық|coord|координат|\bgps\b"
_PRECISE = r"^[(\[ ]*-?[0-9]{1,3}[.,][0-9]{4,}"
_TRAITS = (
    r"\bsex\b|gender|\bпол\b|жынысы|\bage\b|возраст|\bжасы?\b|диагноз|diagnos|disease|заболеван|ауру|ethnic|национальност|"
    r"ұлты|инвалид|disab|religion|вероисповед"
)
_COUNTS = r"колич|числ|саны|\bcount|\bnumber|cases|случа|\bpersons?\b|people|\bчел|адам"
_ROWS, _FEW = 1000, r"^[1-4](?:\.0+)?$"


class People:
    """Counts by column what labels and values say about people."""

    def __init__(self, labels: Sequence[str], types: Sequence[str]) -> None:
        self._labels, self._cells = labels, [0] * len(labels)
        self._texts = [kind in ("string", "any") for kind in types]
        self._looked = [self._pattern(label) for label in labels]
        self._counts, self._patronymics, self._first = [0] * len(labels), [0] * len(labels), [0] * len(labels)

    def _pattern(self, label: str) -> str:
        pairs = ((_BIRTH, _DAY), (_PLACE, _PRECISE), (_NAMES, _NAME), (_COUNTS, _FEW))
        return next((value for about, value in pairs if re.search(about, label, re.IGNORECASE)), "")

    def look(self, frame: polars.DataFrame) -> None:
        """Count what the next rows hold."""
        for index, texts in enumerate(frame):
            pattern = self._looked[index]
            if pattern:
                self._cells[index] += int((texts.str.len_bytes() > 0).sum())
                self._counts[index] += int(texts.str.contains(pattern).sum())
            if self._texts[index] and self._first[index] < _ROWS:
                head = texts.head(_ROWS)
                self._first[index] += int((head.str.len_bytes() > 0).sum())
                self._patronymics[index] += int(head.str.contains(_PATRONYMIC).sum())

    def found(self, names: Sequence[str], *, numbers: bool) -> tuple[bool, list[dict[str, Any]]]:
        """Return whether the rows name people (who are no officials), and what follows; `numbers` of people were found."""
        named = [index for index in range(len(self._labels)) if self._names(index)]
        private = [index for index in named if not self._says(index, _OFFICE)]
        return bool(private), list(self._found(names, named, bool(private) or numbers, bool(private)))

    def _found(self, names: Sequence[str], named: list[int], people: bool, private: bool) -> Iterator[dict[str, Any]]:
        few = [index for index, pattern in enumerate(self._looked) if pattern == _FEW and self._counts[index]]
        traits = sum(self._says(index, _TRAITS) for index in range(len(self._labels)))
        for index, pattern in enumerate(self._looked):
            half = self._counts[index] and self._counts[index] * 2 >= self._cells[index]
            if pattern == _DAY and named and half:
                yield self._told(names, index, "birth-date", "certain" if private else "review")
            elif pattern == _PRECISE and people and half:
                yield self._told(names, index, "person-coordinates", "likely")
            elif index in few and traits and not named:
                yield self._told(names, index, "small-cells", "review")

    def _told(self, names: Sequence[str], index: int, kind: str, level: str) -> dict[str, Any]:
        hits, cells = self._counts[index], self._cells[index]
        return {"column": names[index], "kind": kind, "level": level, "hits": hits, "candidates": cells, "rows": []}

    def _names(self, index: int) -> bool:
        if self._looked[index] == _NAME and self._counts[index] * 2 >= self._cells[index] > 0:
            return True
        return self._first[index] > 0 and self._patronymics[index] * 10 >= self._first[index] * 3

    def _says(self, index: int, words: str) -> bool:
        return bool(re.search(words, self._labels[index], re.IGNORECASE))
