"""E-mails to people in their language, written with the change that they tell of and sent by a worker."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.texts import INTERFACE_LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail."""

    id: str
    to: str
    subject: str
    body: str


Wording = Mapping[str, tuple[str, str]]
"""Subject and body by language; `{…}` are replaced."""

INVITATION: Wording = {
    "en": (
        "Invitation to {site}",
        "You are invited to work for {agency} on {site}.\n\nOpen this link within 7 days to take part:\n{link}\n\n"
        "If you did not expect this, do nothing.\n",
    ),
    "ru": (
        "Приглашение: {site}",
        "Вас приглашают работать за «{agency}» на сайте {site}.\n\n"
        "Чтобы принять приглашение, откройте эту ссылку в течение 7 дней:\n{link}\n\n"
        "Если вы этого не ждали, ничего не делайте.\n",
    ),
    "kk": (
        "Шақыру: {site}",
        "Сізді {site} сайтында «{agency}» атынан жұмыс істеуге шақырады.\n\n"
        "Шақыруды қабылдау үшін 7 күн ішінде мына сілтемені ашыңыз:\n{link}\n\nМұны күтпеген болсаңыз, ештеңе істемеңіз.\n",
    ),
}
RECOVERY: Wording = {
    "en": (
        "A new password for {site}",
        "Somebody, probably you, asked for a new password.\n\nOpen this link within an hour to choose one:\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
    ),
    "ru": (
        "Новый пароль: {site}",
        "Кто-то, вероятно вы, попросил новый пароль.\n\nЧтобы выбрать его, откройте эту ссылку в течение часа:\n{link}\n\n"
        "Если это были не вы, ничего не делайте: пароль останется прежним.\n",
    ),
    "kk": (
        "Жаңа құпиясөз: {site}",
        "Біреу, сірә өзіңіз, жаңа құпиясөз сұрады.\n\nОны таңдау үшін бір сағат ішінде мына сілтемені ашыңыз:\n{link}\n\n"
        "Бұл сіз болмасаңыз, ештеңе істемеңіз: құпиясөз бұрынғыдай қалады.\n",
    ),
}


def written(wording: Wording, id: str, to: str, language: str, **values: str) -> Letter:
    """Return a letter in a language; line ends in values are taken out, so that nobody writes headers of their own."""
    subject, body = wording[language if language in INTERFACE_LANGUAGES else "en"]
    plain = {name: " ".join(value.split()) for name, value in values.items()}
    return Letter(id=id, to=to, subject=subject.format(**plain), body=body.format(**plain))
