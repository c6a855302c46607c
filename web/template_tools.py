"""What templates call: texts in the reader's language with the right `lang`, numbers, dates, labels, addresses."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from catalog.search.facets import facets
from schemas.texts import UNDETERMINED, Picked, Text, pick
from schemas.vocabularies import vocabulary
from web import languages, quantities, sentences
from web.assets import Assets
from web.charts import bar, coverage_map
from web.drawing import box, drawing, said
from web.prose import prose


def init_app(app: Flask, assets: Assets) -> None:
    """Give the templates their tools."""
    app.jinja_env.globals.update(
        say=say, plain=plain, paragraphs=paragraphs, only_in=only_in, tagged=tagged, label=label,
        facet_words=facet_words, sentence=sentence,
        number=number, size=size, date=date, moment=moment, period=period, bar=bar,
        coverage_map=lambda box: coverage_map(box, assets.outline), asset=assets.url, address=languages.address,
        drawing=drawing, drawing_words=said, drawing_box=box,
        machine=machine, language_names=languages.NAMES, current_language=languages.current_language,
    )  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def say(text: Text, *, tag: bool = False) -> Markup:
    """Return a text for the reader; one in another language carries `lang` and, with `tag`, says so in words."""
    return tagged(pick(text, languages.current_language()), tag=tag)


def tagged(picked: Picked, *, tag: bool = False) -> Markup:
    """Return chosen words with their language."""
    if picked.language in (languages.current_language(), UNDETERMINED):
        return escape(picked.words)
    marked = Markup('<span lang="{}">{}</span>').format(picked.language, picked.words)
    return marked + (only_in(picked.language) if tag else "")


def plain(text: Text) -> str:
    """Return a text for the reader as plain words."""
    return pick(text, languages.current_language()).words


def paragraphs(text: Text) -> Markup:
    """Return a long text as safe HTML, in a block with its language."""
    picked = pick(text, languages.current_language())
    if not picked.words:
        return Markup("")
    foreign = picked.language not in (languages.current_language(), UNDETERMINED)
    lang = Markup(' lang="{}"').format(picked.language) if foreign else ""
    tag = Markup("<p>{}</p>").format(only_in(picked.language)) if foreign and picked.language in sentences.ONLY_IN else ""
    return tag + Markup('<div class="prose"{}>{}</div>').format(lang, prose(picked.words))


def only_in(language: str) -> Markup:
    """Return the tag “only in Russian”, empty for a language that it has no words for."""
    words = sentences.ONLY_IN.get(language)
    return Markup(' <span class="only-in">{}</span>').format(gettext(words)) if words else Markup("")


def facet_words(name: str, code: str) -> Markup:
    """Return the words of a facet for one of its values."""
    return tagged(facets()[name].label(code, languages.current_language()))


def label(name: str, code: str) -> Markup:
    """Return the words of a vocabulary for a code or IRI."""
    return tagged(vocabulary(name).label(code, languages.current_language()))


def sentence(table: Mapping[str, str], code: str) -> str:
    """Return the translated words for a code, the code itself where nobody foresaw it."""
    words = table.get(code)
    return gettext(words) if words else code


def number(value: int | float) -> str:
    """Return a number for the reader."""
    return quantities.number(value, languages.current_language())


def size(count: int | None) -> str:
    """Return a size for the reader, empty where it is unknown."""
    return "" if count is None else quantities.size(count, languages.current_language())


def date(iso: str) -> Markup:
    """Return a date for people and programs."""
    return _time(iso, quantities.date(iso, languages.current_language()))


def moment(iso: str) -> Markup:
    """Return a moment for people and programs."""
    return _time(iso, quantities.moment(iso, languages.current_language()))


@lru_cache(maxsize=4096)
def _time(iso: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(iso, words)


def period(value: Any) -> str:
    """Return a period of time for the reader."""
    return quantities.period(value.start, value.end, languages.current_language())


def machine(*steps: str) -> str:
    """Return the address of something for programs, which has no language prefix."""
    return "/" + "/".join(quote(step, safe="") for step in steps)
