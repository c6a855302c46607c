"""Names in addresses: 2–100 characters of a–z, 0–9, `_` and `-`, made from titles in any of our scripts."""

import hashlib
import re
import unicodedata

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{1,99}")
RESERVED = frozenset({"new", "edit", "search", "draft", "drafts"})

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
        (
            "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch "  # Russian
            "- y - e yu ya a g q n o u u h i"
        ).split(),
        strict=True,
    )
)
_CYRILLIC["ъ"] = _CYRILLIC["ь"] = ""


def slug(words: str, length: int = 80) -> str:
    """Return `words` as a name: Cyrillic spelt in Latin letters, other letters without marks, everything else a dash.

    Returns an empty text when nothing readable remains (a Hangul title, for example).
    """
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", words).casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def is_name(name: str) -> bool:
    """Tell whether `name` may stand in an address."""
    return NAME.fullmatch(name) is not None and name not in RESERVED


def short_hash(*parts: str, length: int = 8) -> str:
    """Return the first hex digits of the SHA-256 over the parts: stable names for things that bring none."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def name_for(words: str, *identity: str) -> str:
    """Return a legal name from `words`, falling back to a hash of what identifies the thing."""
    name = slug(words)
    return name if is_name(name) else f"{name}-{short_hash(words, *identity)}".strip("-")
