"""What is told of a file with personal data: never a value of a cell, in no report, sample or note."""

import re
from typing import Any

_VALUES = ("cell", "cells")
_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){8,}")
MASK = "…"


def masked(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of a job without what was made of the file and without values; errors keep their places and codes."""
    answer["made"] = []
    if answer["table"]:
        answer["table"] |= {"sample": [], "notes": [masked_words(note) for note in answer["table"]["notes"]]}
    for task in (answer["report"] or {}).get("tasks", ()):
        task["errors"] = [_error(one) for one in task["errors"]]
    if answer["problem"]:
        answer["problem"] |= {"message": masked_words(answer["problem"]["message"])}
    return answer


def masked_words(words: str) -> str:
    """Return a sentence without long numbers and quoted texts, which may be values."""
    return _DIGITS.sub(MASK, re.sub(r"'[^']*'|\"[^\"]*\"", MASK, words))


def _error(error: dict[str, Any]) -> dict[str, Any]:
    told = {**error, "message": error.get("title", ""), "note": masked_words(str(error.get("note", "")))}
    return told | {key: [] if key == "cells" else MASK for key in _VALUES if key in error}
