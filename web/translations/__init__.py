"""Words of the pages in Kazakh and Russian; English is the source. The catalogues are read once, when the site is made."""

from collections.abc import Callable
from gettext import NullTranslations
from typing import Any

from babel.support import Translations

from schemas.texts import INTERFACE_LANGUAGES

Tools = dict[str, Callable[..., str]]


def template_words(folder: str) -> dict[str, Tools]:
    """Return `_` and `ngettext` for the templates of each language.

    A page has some hundred sentences: these functions look a sentence up without asking which request is being answered.
    """
    return {code: _tools(Translations.load(folder, [code])) for code in INTERFACE_LANGUAGES}


def _tools(known: NullTranslations) -> Tools:
    def gettext(words: str, /, **values: Any) -> str:
        found = known.gettext(words)
        return found % values if values else found

    def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
        return known.ngettext(one, many, num) % {"num": num, **values}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}
