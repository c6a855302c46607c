"""The bands of quality in words."""

from collections.abc import Mapping

from schemas.texts import Picked, Text, pick

LABELS: Mapping[str, Text] = {
    "excellent": {"kk": "Өте жақсы", "ru": "Отлично", "en": "Excellent"},
    "good": {"kk": "Жақсы", "ru": "Хорошо", "en": "Good"},
    "sufficient": {"kk": "Жеткілікті", "ru": "Достаточно", "en": "Sufficient"},
    "bad": {"kk": "Нашар", "ru": "Плохо", "en": "Bad"},
}


def label(code: str, language: str) -> Picked:
    """Return the name of a band for a reader."""
    return pick(LABELS[code], language) if code in LABELS else Picked(code, language)
