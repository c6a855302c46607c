"""Reading what portals write: HTML as text, keywords from prose, terms of vocabularies, addresses that can be linked."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from schemas.vocabularies import vocabulary

_TAG = re.compile(r"<[^<>]{1,2000}>")
_BREAK = re.compile(r"(?i)<\s*(br|/p|/div|/li|/h\d|/tr)\s*/?\s*>")
_TEMPLATE = re.compile(r"^\s*\{\{.*\}\}\s*$")
_LANGUAGES = {"kr": "ko", "no": "nb", "kz": "kk"}
_TAG_NAME = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*|und")


def plain(words: Any) -> str:
    """Return HTML or plain words as text; unresolved templates are nothing."""
    if not isinstance(words, str) or _TEMPLATE.match(words):
        return "" if not isinstance(words, int | float) else str(words)
    if "<" not in words and "&" not in words:
        return words.strip()
    bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", words)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", bare)).strip()


def language_code(code: str) -> str:
    """Return a language tag in the form we keep (`kr` is Korean, `no` is Bokmål)."""
    code = code.strip().replace("_", "-")
    return _LANGUAGES.get(code.casefold(), code) if _TAG_NAME.fullmatch(code) else "und"


def language_map(value: Any, language: str) -> dict[str, str]:
    """Return a text by language from words or from an object keyed by language."""
    if isinstance(value, Mapping):
        found = {language_code(str(code)) if code else language: plain(words) for code, words in value.items()}
    else:
        found = {language: plain(value)}
    return {code: words for code, words in found.items() if words}


def term_iri(name: str, words: Any) -> str:
    """Return the IRI of a vocabulary's term, empty when none is meant."""
    term = vocabulary(name).find(words) if isinstance(words, str) else None
    return term.iri if term else ""


def format_of(*spellings: Any) -> tuple[str, str]:
    """Return our code and media type of the first spelling that names a format; the first words as they are otherwise."""
    for words in spellings:
        term = vocabulary("media_types").find(words.strip().lstrip(".")) if isinstance(words, str) else None
        term = term or (vocabulary("media_types").find(words) if isinstance(words, str) else None)
        if term:
            return term.code, str(term.data.get("media_type", ""))
    return next((words.strip()[:40] for words in spellings if isinstance(words, str) and words.strip()), ""), ""


def is_service(code: str) -> bool:
    """Tell whether a format is an API rather than a file."""
    term = vocabulary("media_types").find(code)
    return bool(term and term.data.get("kind") == "service")


def web_address(value: Any) -> str:
    """Return an address with blanks and letters encoded, empty when it is none that can be linked."""
    if not isinstance(value, str) or not re.match(r"(?i)\s*(https?|ftp)://[^\s/?#]+", value):
        return ""
    try:
        parts = urlsplit(value.strip())
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except (ValueError, UnicodeError):
        return ""
    path, query = (quote(part, safe="/%:=&?~#+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme.lower(), host, path, query, quote(parts.fragment, safe="/%:=&?~+!$,;'@()*")))


def keywords(values: Iterable[Any], language: str) -> dict[str, list[str]]:
    """Return keywords in one language; one text with commas is several."""
    found: list[str] = []
    for value in values:
        found += [part for part in (plain(piece) for piece in str(value).split(",")) if part]
    return {language: list(dict.fromkeys(found))[:500]} if found else {}


def file_name(url: str) -> str:
    """Return the last part of an address's path."""
    return urlsplit(url).path.rpartition("/")[2]


def extension(url: str) -> str:
    """Return the extension of an address's file name, without dot."""
    name = file_name(url)
    return name.rpartition(".")[2].lower() if "." in name else ""


def email(value: Any) -> str:
    """Return an e-mail address without `mailto:`, empty when it is none."""
    words = str(value or "").strip().removeprefix("mailto:").strip()
    return words if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", words) else ""
