"""The e-mails of the board of missing data, in three languages."""

from catalog.accounts.letters import Wording

WANTED: Wording = {
    "en": (
        "Missing data: “{title}”, answer by {due}",
        "Somebody misses data: “{title}”.\n\nAnswer by {due}: when they will be public, which dataset holds them, or why not:\n"
        "{link}\n",
    ),
    "ru": (
        "Недостающие данные: «{title}», ответьте до {due}",
        "Кому-то не хватает данных: «{title}».\n\nОтветьте до {due}: когда они появятся, в каком они наборе или почему нет:\n"
        "{link}\n",
    ),
    "kk": (
        "Жетіспейтін деректер: «{title}», {due} дейін жауап беріңіз",
        "Біреуге деректер жетіспейді: «{title}».\n\n{due} дейін жауап беріңіз: олар қашан жарияланады, қай жиында бар немесе "
        "неге жоқ:\n{link}\n",
    ),
}
"""To those who answer."""
ANSWERED: Wording = {
    "en": ("Your request for data: “{title}”", "There is news of your request for data; read it here:\n{link}\n"),
    "ru": ("Ваш запрос данных: «{title}»", "По вашему запросу данных есть новости; прочитайте их здесь:\n{link}\n"),
    "kk": ("Деректер сұрауыңыз: «{title}»", "Деректер сұрауыңыз бойынша жаңалық бар; осы жерден оқыңыз:\n{link}\n"),
}
"""To who asked, of every answer; what it is stands on the page."""
