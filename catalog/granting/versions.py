"""Which versions of the files a request or a grant is for: all, the one that is held now, or from one number to another."""

from collections.abc import Mapping

MOST = 2_147_483_647
Bounds = tuple[int, int]
"""The first and the last version; 0 is no bound."""


def bounds(form: Mapping[str, str], present: int, otherwise: Bounds = (0, 0)) -> Bounds | None:
    """Return what the fields `versions` (all, present or range), `from_version` and `to_version` say, None for nonsense.

    A range without a last number goes on for ever; without a choice `otherwise` holds.
    """
    match form.get("versions", ""):
        case "":
            return otherwise
        case "all":
            return 0, 0
        case "present":
            return present, present
        case "range":
            first, last = (_number(form.get(name, "")) for name in ("from_version", "to_version"))
            return (first, last) if first and last is not None and (not last or first <= last) else None
    return None


def _number(words: str) -> int | None:
    """Return a number from 1 on, 0 for none, None for what is no number."""
    words = words.strip()
    if not words:
        return 0
    found = int(words) if words.isascii() and words.isdigit() and len(words) <= 10 else 0
    return found if 0 < found <= MOST else None
