"""Words, numbers and dates in three languages."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from web.prose import prose
from web.quantities import date, number, period, size

FOLDER = Path(__file__).resolve().parents[3] / "web" / "translations"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_sentence_is_translated(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file)
    empty = [
        message.id for message in catalog if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]
    assert empty == []
    assert [message.id for message in catalog if list(message.check())] == []


def test_dates_keep_their_precision() -> None:
    assert date("2026-11-23", "kk").replace("\u00a0", " ") == "2026 ж. 23 қараша"
    assert date("2026-11-23T10:00:00Z", "ru").replace("\u00a0", " ") == "23 ноября 2026 г."
    assert date("2026-06", "en") == "June 2026"
    assert date("2026", "kk") == "2026"
    assert date("someday", "en") == "someday"
    assert period("2020", "", "en") == "2020 – …"


def test_sizes_and_numbers_follow_the_language() -> None:
    assert size(1_234_567, "ru").replace("\u00a0", " ") == "1,2 МБ"
    assert size(1_234_567, "en").replace("\u00a0", " ") == "1.2 MB"
    assert size(999_999, "en").replace("\u00a0", " ") == "1 MB"
    assert number(1234567, "kk").replace("\u00a0", " ") == "1 234 567"
    assert number(0.5, "ru") == "0,5"


@pytest.mark.parametrize("given", [
    "<p onclick=x>a<script>alert(1)</script></p>", "[a](javascript:alert(1))", "<a href='javascript:alert(1)'>a</a>", "![x](https://e.example/p.png)",
    "<p><img src=x onerror=alert(1)></p>", "<https://a.example/\"onmouseover=\"x>", "https://a.example/\"><script>x",
])  # fmt: skip
def test_prose_is_harmless(given: str) -> None:
    seen: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(str(prose(given)))
    assert {tag for tag, _ in seen} <= {"p", "a"}
    assert all(set(attributes) <= {"href", "rel"} for _, attributes in seen)
    assert not [attributes for _, attributes in seen if str(attributes.get("href", "https:")).partition(":")[0] != "https"]


def test_prose_shows_lists_links_and_paragraphs() -> None:
    assert prose("a\n\nb") == "<p>a</p><p>b</p>"
    assert "<li>one</li>" in prose("# Head\n\n* one\n* two")
    assert "<h1" not in prose("# Head\n\n* one")
    assert 'href="https://a.example/x"' in prose("See https://a.example/x.")
