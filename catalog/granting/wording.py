"""The e-mails of requests for access, in three languages."""

from catalog.accounts.letters import Wording

ASKED: Wording = {
    "en": (
        "Request for access to {dataset}: answer by {due}",
        "{organisation} asks {agency} for the files of {dataset}.\n\nDecide by {due}:\n{link}\n",
    ),
    "ru": (
        "Запрос доступа к {dataset}: ответьте до {due}",
        "{organisation} просит у «{agency}» файлы набора {dataset}.\n\nРешите до {due}:\n{link}\n",
    ),
    "kk": (
        "{dataset} жиынына рұқсат сұрау: {due} дейін жауап беріңіз",
        "{organisation} «{agency}» мекемесінен {dataset} файлдарын сұрайды.\n\n{due} дейін шешіңіз:\n{link}\n",
    ),
}
CONFIRM: Wording = {
    "en": (
        "Confirm the request of your agency for {dataset}",
        "A member of your agency asks {agency} for the files of {dataset}. Confirm or reject this:\n{link}\n",
    ),
    "ru": (
        "Подтвердите запрос вашего ведомства о {dataset}",
        "Сотрудник вашего ведомства просит у «{agency}» файлы набора {dataset}. Подтвердите или отклоните запрос:\n{link}\n",
    ),
    "kk": (
        "{dataset} туралы мекемеңіздің сұрауын растаңыз",
        "Мекемеңіздің қызметкері «{agency}» мекемесінен {dataset} файлдарын сұрайды. Растаңыз немесе қабылдамаңыз:\n{link}\n",
    ),
}
"""To those of the asking agency who may confirm."""
ANSWERED: Wording = {
    "en": ("Your request for {dataset}", "The agency answered your request for files of {dataset}; see its answer:\n{link}\n"),
    "ru": ("Ваш запрос о {dataset}", "Ведомство ответило на ваш запрос о файлах набора {dataset}; посмотрите ответ:\n{link}\n"),
    "kk": ("{dataset} туралы сұрауыңыз", "Мекеме {dataset} файлдары туралы сұрауыңызға жауап берді; жауабын қараңыз:\n{link}\n"),
}
"""Of every decision, question and revocation; what it is stands on the page only, since e-mails are read by others, too."""
REMINDER: Wording = {
    "en": ("Answer due on {due}: request for {dataset}", "A request for files of {dataset} waits; answer by {due}:\n{link}\n"),
    "ru": ("Ответ нужен до {due}: запрос о {dataset}", "Запрос о файлах набора {dataset} ждёт; ответьте до {due}:\n{link}\n"),
    "kk": ("{due} дейін жауап керек: {dataset}", "{dataset} файлдары туралы сұрау күтуде; {due} дейін жауап беріңіз:\n{link}\n"),
}
LATE: Wording = {
    "en": (
        "Not answered in time: request for {dataset}",
        "{agency} has not answered a request for the files of {dataset} that was due on {due}:\n{link}\n",
    ),
    "ru": (
        "Ответа нет в срок: запрос о {dataset}",
        "«{agency}» не ответило на запрос о файлах набора {dataset}, срок которого истёк {due}:\n{link}\n",
    ),
    "kk": (
        "Уақытында жауап берілмеді: {dataset}",
        "«{agency}» {dataset} файлдары туралы {due} күнгі сұрауға жауап бермеді:\n{link}\n",
    ),
}
"""To the stewards of the site."""
