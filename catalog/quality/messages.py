"""Messages that checks share, in the languages of the interface; a check may bring its own in `says`."""

from collections.abc import Mapping

from catalog.quality.base import Check, Finding, checks
from schemas.texts import Text, pick

MESSAGES: Mapping[str, Text] = {
    "stated": {"kk": "Көрсетілген.", "ru": "Указано.", "en": "It is stated."},
    "missing": {"kk": "Көрсетілмеген.", "ru": "Не указано.", "en": "It is not stated."},
    "placeholder": {
        "kk": "Мазмұны жоқ мәтін тұр: «{value}».", "ru": "Стоит пустая отписка: «{value}».",
        "en": "Only a placeholder is stated: “{value}”.",
    },
    "known": {"kk": "Тізімдегі мән: {value}.", "ru": "Значение из списка: {value}.", "en": "It is in the list: {value}."},
    "unlisted": {
        "kk": "«{value}» бақыланатын тізімде жоқ.", "ru": "«{value}» нет в контролируемом списке.",
        "en": "“{value}” is not in the controlled list.",
    },
    "no-files": {"kk": "Файл жоқ.", "ru": "Нет ни одного файла.", "en": "There is no file."},
    "restricted": {
        "kk": "Файлдар шектеулі: бұл өлшем қолданылмайды.", "ru": "Файлы ограничены: критерий не применяется.",
        "en": "The files are restricted, so this does not apply.",
    },
    "not-applicable": {"kk": "Қолданылмайды.", "ru": "Не применяется.", "en": "This does not apply."},
    "no-table": {"kk": "Кесте жоқ.", "ru": "Таблицы нет.", "en": "There is no table to look at."},
    "not-checked": {"kk": "Әлі тексерілмеген.", "ru": "Ещё не проверено.", "en": "It was not checked yet."},
    "could-not-check": {
        "kk": "Тексеру мүмкін болмады ({why}).", "ru": "Не удалось проверить ({why}).", "en": "Could not check ({why}).",
    },
    "served": {
        "kk": "Осы каталог береді.", "ru": "Отдаётся этим каталогом.", "en": "This catalogue itself serves it.",
    },
    "lost": {
        "kk": "Сақталған файл бүлінген не жоғалған.", "ru": "Сохранённый файл повреждён или утрачен.",
        "en": "The stored file is damaged or lost.",
    },
    "link-ok": {
        "kk": "Жауап береді ({status}), {since} бастап.", "ru": "Отвечает ({status}) с {since}.",
        "en": "It answers ({status}), since {since}.",
    },
    "link-broken": {
        "kk": "Жауап бермейді ({status}), {since} бастап.", "ru": "Не отвечает ({status}) с {since}.",
        "en": "It does not answer ({status}), since {since}.",
    },
    "link-unknown": {
        "kk": "Сілтеме туралы әлі шешім жоқ ({why}).", "ru": "О ссылке пока нет вывода ({why}).",
        "en": "Nothing certain is known of the link yet ({why}).",
    },
    "fine": {"kk": "Ескерту жоқ.", "ru": "Замечаний нет.", "en": "Nothing to remark."},
}  # fmt: skip


def message(finding: Finding, language: str) -> str:
    """Return what a finding says."""
    check = checks().get(finding.check)
    text = (check.says if check else {}).get(finding.said) or MESSAGES.get(finding.said) or {}
    words = pick(text, language).words or finding.said
    for name, value in finding.values.items():
        words = words.replace("{" + name + "}", str(value))
    return words


def fix(finding: Finding, language: str) -> str:
    """Return what to do about a finding."""
    check = checks().get(finding.check)
    return fix_of(check, language) if check else ""


def fix_of(check: Check, language: str) -> str:
    """Return what to do where a check fails."""
    return pick(check.fix, language).words


def title(check: Check | str, language: str) -> str:
    """Return what a check looks at; its name where it is not there any more."""
    known = checks().get(check) if isinstance(check, str) else check
    return pick(known.title, language).words if known else str(check)
