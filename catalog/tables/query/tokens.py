"""Words of the filter language, each with its place; and the one way to say that something else was expected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import Invalid
from schemas.problems import Problem

LENGTH = 4_000
"""Characters of a filter at most."""
_TOKEN = re.compile(
    r"""\s*(?:(?P<name>"(?:[^"]|"")*")|(?P<text>'(?:[^']|'')*')|(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)"""
    r"""|(?P<sign><>|>=|<=|[=<>(),])|(?P<word>[A-Za-z_]\w*)|(?P<other>\S)|(?P<end>\Z))""",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `kind` is name, text, number, sign, word or end; names and texts come without their quotes."""

    kind: str
    text: str
    place: int

    @property
    def shown(self) -> str:
        """Return the word as an error shows it."""
        return "the end" if self.kind == "end" else f"{self.text[:40]!r}"


def tokens(text: str, parameter: str) -> Iterator[Token]:
    """Yield the words of a text, `end` as the last; raises Invalid for what is too long or not of the language."""
    if len(text) > LENGTH:
        raise wrong(parameter, 0, f"a filter of at most {LENGTH:,} characters", f"one of {len(text):,}")
    place = 0
    while match := _TOKEN.match(text, place):
        kind = match.lastgroup or "end"
        found, begin = match[kind], match.start(kind)
        if kind == "other":
            expected = "a closing quote" if found in "\"'" else "a \"column\", a 'text', a number, AND, OR, NOT or a parenthesis"
            raise wrong(parameter, begin, expected, f"{found!r}")
        quote = found[:1] if kind in ("name", "text") else ""
        yield Token(kind, found[1:-1].replace(quote * 2, quote) if quote else found, begin)
        if kind == "end":
            return
        place = match.end()


def wrong(parameter: str, place: int, expected: str, found: str) -> Invalid:
    """Return the error for a word that does not fit; places count from 1 for people."""
    message = f"In `{parameter}` at character {place + 1}: expected {expected}, found {found}."
    return Invalid(message, [Problem("bad-filter", f"/{parameter}", message)])
