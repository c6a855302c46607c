"""Data, freshness: the promise is kept."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.freshness import promise


def _run(evidence: Evidence) -> Iterator[Result]:
    found, path = promise(evidence), "/modified"
    if found.kind == "none":
        yield Result(Status.NOT_APPLICABLE, path, "no-promise")
    elif found.kind == "future":
        yield Result(Status.UNKNOWN, path, "future", {"date": evidence.data_date[:10]})
    elif found.kind != "dated":
        yield Result(Status.UNKNOWN, path, "no-frequency")
    elif found.due >= evidence.as_of:
        yield Result(Status.PASS, path, "on-time", {"due": found.due[:10]})
    else:
        yield Result(Status.FAIL, path, "late", {"due": found.due[:10]})


CHECK = Check(
    name="data.freshness.on_time", score=DATA, dimension="freshness", points=10, run=_run,
    says={
        "no-promise": {
            "kk": "Мерзім уәде етілмеген.",
            "ru": "Срок не обещан.",
            "en": "No date is promised.",
        },
        "future": {
            "kk": "Деректер күні ({date}) сағаттан кейін: тексеру мүмкін болмады.",
            "ru": "Дата данных ({date}) позже часов: проверить не удалось.",
            "en": "The data are dated {date}, after the clock: could not check.",
        },
        "no-frequency": {
            "kk": "Жиілігі белгісіз.",
            "ru": "Частота неизвестна.",
            "en": "The frequency is not known.",
        },
        "on-time": {
            "kk": "Келесі мерзім: {due}.",
            "ru": "Следующий срок: {due}.",
            "en": "The next update is due by {due}.",
        },
        "late": {
            "kk": "{due} күнінен бері кешігуде.",
            "ru": "Опоздание с {due}.",
            "en": "It is late since {due}.",
        },
    },
    title={
        "kk": "Деректер уақытында келеді",
        "ru": "Данные приходят вовремя",
        "en": "The data come on time",
    },
    fix={
        "kk": "Жаңа деректерді жариялаңыз немесе уәде етілген жиілікті өзгертіңіз.",
        "ru": "Опубликуйте новые данные или измените обещанную частоту.",
        "en": "Publish new data, or change the promised frequency.",
    },
)  # fmt: skip
