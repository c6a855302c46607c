"""Descriptions as agencies write them, in plain words, Markdown or HTML, made safe to show."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a", "code", "pre", "blockquote", "sub", "sup",
         "table", "thead", "tbody", "tr", "th", "td", "hr"}  # fmt: skip
_LOOKS_LIKE_HTML = re.compile(r"</?(p|br|div|ul|ol|li|a|b|i|strong|em|span|h[1-6]|table)\b[^<>]{0,300}>", re.IGNORECASE)
_LOOKS_LIKE_MARKDOWN = re.compile(r"[*_`#\[\]<>|]|^\s*[-+\d]", re.MULTILINE)
_HEADING = re.compile(r"<(/?)h[1-6]\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@lru_cache(maxsize=2048)
def prose(words: str) -> Markup:
    """Return `words` as harmless HTML: no headings, pictures or scripts; links tell no referrer and carry `nofollow`."""
    if _LOOKS_LIKE_HTML.search(words):
        return _clean(words)
    if _LOOKS_LIKE_MARKDOWN.search(words):
        return _clean(_markdown().render(words))
    return Markup("".join(f"<p>{_plain(part)}</p>" for part in re.split(r"\n\s*\n", words.strip())))


def _plain(words: str) -> str:
    whole, place = "", 0
    for link in _LINK.finditer(words):
        target = escape(link.group())
        whole += escape(words[place : link.start()]) + Markup('<a href="{0}" rel="nofollow noopener">{0}</a>').format(target)
        place = link.end()
    return (whole + escape(words[place:])).replace("\n", Markup("<br>"))


def _clean(html: str) -> Markup:
    levelled = _HEADING.sub(lambda tag: f"<{tag.group(1)}p>", html)
    return Markup(
        nh3.clean(
            levelled, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener",
        )
    )  # fmt: skip


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable("table").disable(["image"])
