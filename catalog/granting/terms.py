"""The terms of files on request as the text that people accept, in three languages: what the access rule asks, said in full.

The text follows from the rule alone. What somebody accepted is kept word for word with the request and signed with the grant.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from catalog.granting.records import AccessRequest, Terms
from schemas.access import AccessRule
from schemas.texts import INTERFACE_LANGUAGES, pick

_Words = Mapping[str, str]
_USE: _Words = {
    "en": "I use the files of “{name}” only for the purpose that I state, until the agreed day, and pass them on to nobody.",
    "ru": "Я использую файлы набора «{name}» только для указанной мной цели, до согласованного дня, и никому их не передаю.",
    "kk": "«{name}» жиынының файлдарын тек өзім көрсеткен мақсатқа, келісілген күнге дейін пайдаланамын және ешкімге бермеймін.",
}
_DUTIES: Mapping[str, _Words] = {
    "attribute": {
        "en": "I name the source wherever I publish what comes of them.",
        "ru": "Я указываю источник везде, где публикую полученные результаты.",
        "kk": "Алынған нәтижені жариялаған жердің бәрінде дереккөзді атаймын.",
    },
    "no-redistribution": {
        "en": "I do not pass on copies or extracts of them.",
        "ru": "Я не передаю их копии и выдержки.",
        "kk": "Олардың көшірмелері мен үзінділерін бермеймін.",
    },
    "delete-after": {
        "en": "I delete the files after the project.",
        "ru": "Я удаляю файлы после окончания проекта.",
        "kk": "Жоба аяқталған соң файлдарды жоямын.",
    },
}
_KINDS: _Words = {"en": "Allowed kinds of use", "ru": "Разрешённые виды использования", "kk": "Рұқсат етілген пайдалану түрлері"}
_FOR: _Words = {"en": "The files are for", "ru": "Файлы предназначены для", "kk": "Файлдар мыналарға арналған"}
_COUNT: _Words = {"en": "Downloads at most", "ru": "Загрузок не более", "kk": "Жүктеу саны ең көбі"}
_WHO: _Words = {"en": "Who may have the data", "ru": "Кто может получить данные", "kk": "Деректерді кім ала алады"}
_WHY: _Words = {"en": "Reason of the restriction", "ru": "Причина ограничения", "kk": "Шектеу себебі"}


def terms(name: str, rule: AccessRule, language: str, accepted: str = "") -> Terms:
    """Return the terms of a dataset's files in a language of the interface, with when they were accepted (ISO 8601, UTC)."""
    language = language if language in INTERFACE_LANGUAGES else "en"
    text = "\n".join([_USE[language].format(name=name), *_asked(rule, language)])
    return Terms(text=text, language=language, sha256=sha256(text.encode()).hexdigest(), accepted=accepted)


def as_accepted(request: AccessRequest, rule: AccessRule) -> bool:
    """Tell whether a rule asks what was accepted with a request."""
    return request.terms is None or terms(request.dataset, rule, request.terms.language).sha256 == request.terms.sha256


def _asked(rule: AccessRule, language: str) -> Iterator[str]:
    for duty in rule.duties:
        words = _DUTIES[duty.action][language] if duty.action in _DUTIES else duty.action
        yield f"{words} ({duty.value})" if duty.value else words
    told = (
        (_KINDS, ", ".join(rule.purposes)), (_FOR, ", ".join(rule.audience)),
        (_COUNT, "" if rule.count is None else str(rule.count)),
        (_WHO, pick(rule.eligibility, language).words), (_WHY, pick(rule.reason, language).words),
    )  # fmt: skip
    yield from (f"{words[language]}: {what}" for words, what in told if what)
