"""Fields that WTForms lacks: a text in three languages, keywords in three languages, lines, numbers as people write them."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.utils import unset_value

from schemas.problems import Problem
from schemas.texts import INTERFACE_LANGUAGES, UNDETERMINED


class Texts(Field):
    """A text by language; languages that are not asked for stay as they are."""

    long = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the texts sent as `name-kk`, `name-ru`, `name-en`, else those of the document."""
        self.process_errors: list[Problem] = []
        known = self.read(data if isinstance(data, Mapping) else {})
        self.object_data = self.data = known
        if formdata is not None:
            sent = {code: self.sent(formdata.get(f"{self.name}-{code}", "")) for code in INTERFACE_LANGUAGES}
            kept = {code: told for code, told in known.items() if code not in INTERFACE_LANGUAGES}
            self.data = kept | {code: told for code, told in sent.items() if told}

    def read(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """Return the texts of a document; one whose language nobody said stands in the one that its letters tell."""
        told = {code: words for code, words in known.items() if code != UNDETERMINED}
        if words := known.get(UNDETERMINED):
            told.setdefault(language_of(" ".join(words) if isinstance(words, list | tuple) else words), words)
        return told

    def sent(self, words: str) -> Any:
        """Return what was sent for one language."""
        return words if words.strip() else ""

    def shown(self, language: str) -> str:
        """Return what stands in the box of a language."""
        return str((self.data or {}).get(language, ""))


class LongTexts(Texts):
    """A text of several lines by language."""

    long = True


class KeywordLists(Texts):
    """Keywords by language, written with commas between."""

    def sent(self, words: str) -> Any:
        """Return the words between the commas."""
        return [word.strip() for word in re.split(r"[,;\n]", words) if word.strip()]

    def shown(self, language: str) -> str:
        """Return the words with commas between."""
        return ", ".join((self.data or {}).get(language, ()))


class Lines(Field):
    """A list of texts, one a line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the lines that hold something."""
        self.data = [line.strip() for line in (valuelist or [""])[0].splitlines() if line.strip()]

    def shown(self) -> str:
        """Return the lines."""
        return "\n".join(self.data or ())


class Numbers(Field):
    """A number, with a comma or a point; what is none is kept to be corrected."""

    whole = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        words = (valuelist or [""])[0].strip()
        plain = re.sub(r"[\s\u00a0\u202f]", "", words).replace(",", ".")
        self.data: int | float | str | None = None
        if words:
            try:
                number = float(plain)
                self.data = int(number) if self.whole or number.is_integer() else number
            except (ValueError, OverflowError):
                self.data = words
                self.process_errors = [Problem("not-a-number", "", "Write a number, such as 12 or 0.5.")]

    def shown(self) -> str:
        """Return the number as it is written."""
        return "" if self.data is None else str(self.data)


class WholeNumbers(Numbers):
    """A whole number."""

    whole = True


class Checks(SelectMultipleField):
    """Several of a list, as boxes to tick; what is not in the list is left to the document's form."""

    validate_choice = False

    def pre_validate(self, form: Any) -> None:
        """Leave the judging to the document's form."""


def language_of(words: str) -> str:
    """Return the language that the letters of a text tell: Kazakh by its own letters, Russian for other Cyrillic."""
    if re.search(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]", words):
        return "kk"
    return "ru" if re.search(r"[а-яёА-ЯЁ]", words) else "en"
