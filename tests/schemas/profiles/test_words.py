"""What portals write becomes plain texts, codes of vocabularies and addresses that can be linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.profiles.words import email, extension, format_of, keywords, language_code, language_map, plain, web_address


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("<p>Water &amp; flow</p><p>twice</p>", "Water & flow\ntwice"), ("a < b", "a < b"), (" {{ title }} ", ""),
        (7, "7"), (None, ""), ([], ""), ("plain ", "plain"), ("a<br/>b", "a\nb"),
    ],
)  # fmt: skip
def test_html_becomes_text(given, words):
    assert plain(given) == words


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://a.example/b c.csv", "https://a.example/b%20c.csv"), ("HTTP://a.example/%20?q=ү", "http://a.example/%20?q=%D2%AF"),
        ("https://су.example/a", "https://xn--q1ae.example/a"), ("ftp://a.example/x", "ftp://a.example/x"),
        ("javascript:alert(1)", ""), ("//a.example", ""), ("http://", ""), ("http://[", ""), ("file:///etc/passwd", ""),
        (None, ""), (7, ""),
    ],
)  # fmt: skip
def test_only_addresses_that_can_be_linked_are_taken(given, url):
    assert web_address(given) == url


@given(st.text(max_size=40))
def test_no_address_raises_and_one_that_is_made_stays(words):
    made = web_address("http://" + words)
    assert web_address(made) == made


def test_formats_are_found_by_the_first_spelling_that_names_one():
    assert format_of("no such", "text/csv", "zip") == ("CSV", "text/csv")
    assert format_of(".xlsx")[0] == "XLSX"
    assert format_of("no such") == ("no such", "")
    assert format_of(None, 7) == ("", "")


@pytest.mark.parametrize(
    ("given", "code"), [("kr", "ko"), ("no", "nb"), ("zh_Hant", "zh-Hant"), ("not a language", "und"), ("", "und")]
)
def test_language_codes_are_repaired(given, code):
    assert language_code(given) == code


def test_texts_keep_their_languages():
    assert language_map({"kr": "물", "en": "", "": "water"}, "en") == {"ko": "물", "en": "water"}
    assert language_map("water", "en") == {"en": "water"}
    assert language_map(None, "en") == {}


def test_keywords_with_commas_are_several_and_each_stands_once():
    assert keywords(["a, b", "b", "", "<i>c</i>"], "en") == {"en": ["a", "b", "c"]}


@pytest.mark.parametrize(
    ("given", "mail"), [("mailto:a@b.example", "a@b.example"), (" a@b.example ", "a@b.example"), ("office", ""), (None, "")]
)
def test_mail_addresses(given, mail):
    assert email(given) == mail


def test_the_extension_is_that_of_the_path():
    assert [extension(url) for url in ("http://a.example/b.CSV?x=.zip", "http://a.example/b", "")] == ["csv", "", ""]
