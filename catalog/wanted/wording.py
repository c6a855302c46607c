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
REMINDER: Wording = {
    "en": (
        "Due on {due}: “{title}”",
        "People who miss data (“{title}”) wait for you until {due}: name the dataset, or say what comes of it:\n{link}\n",
    ),
    "ru": (
        "Срок {due}: «{title}»",
        "Те, кому не хватает данных («{title}»), ждут вас до {due}: укажите набор данных или сообщите, что с ними:\n{link}\n",
    ),
    "kk": (
        "{due} мерзімі: «{title}»",
        "Деректер («{title}») жетіспейтін адамдар сізді {due} дейін күтеді: жиынды көрсетіңіз немесе не болатынын айтыңыз:\n"
        "{link}\n",
    ),
}
LATE: Wording = {
    "en": ("Overdue since {due}: “{title}”", "An answer or a promise about data that people miss is overdue:\n{link}\n"),
    "ru": ("Просрочено с {due}: «{title}»", "Ответ или обещание о недостающих данных просрочены:\n{link}\n"),
    "kk": ("{due} бастап мерзімі өтті: «{title}»", "Жетіспейтін деректер туралы жауаптың немесе уәденің мерзімі өтті:\n{link}\n"),
}
"""To the stewards of the site."""
ANSWERED: Wording = {
    "en": ("Data that you miss: “{title}”", "There is news of data that you asked or voted for; read it here:\n{link}\n"),
    "ru": ("Данные, которых вам не хватает: «{title}»", "О данных, которые вы просили, есть новости; они здесь:\n{link}\n"),
    "kk": ("Сізге жетіспейтін деректер: «{title}»", "Сіз сұраған деректер туралы жаңалық бар; осы жерден оқыңыз:\n{link}\n"),
}
"""To those who asked and voted, of every answer; what it is stands on the page."""
