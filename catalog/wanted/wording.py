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
    "en": ("Data that you miss: “{title}”", "There is news of data that you asked or voted for; read it here:\n{link}\n"),
    "ru": ("Данные, которых вам не хватает: «{title}»", "О данных, которые вы просили, есть новости; они здесь:\n{link}\n"),
    "kk": ("Сізге жетіспейтін деректер: «{title}»", "Сіз сұраған деректер туралы жаңалық бар; осы жерден оқыңыз:\n{link}\n"),
}
"""To those who asked and voted, of every answer; what it is stands on the page."""
