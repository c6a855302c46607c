"""Data, fixity: stored bytes are still those that came in."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in evidence.distributions():
        file, path = evidence.files.get(one.id), f"/distribution/{at}/checksum"
        if file is None or not file.sha256:
            continue
        if file.fixity in ("changed", "lost"):
            yield Result(Status.FAIL, path, file.fixity, {"when": file.fixed[:10]}, at)
        else:
            yield Result(Status.PASS, path, "good", {"when": (file.fixed or file.fetched)[:10]}, at)


CHECK = Check(
    name="data.fixity.stored", score=DATA, dimension="fixity", points=10, run=_run,
    of_bytes=True, blocker=True,
    says={
        "changed": {
            "kk": "SHA-256 сәйкес емес ({when}).",
            "ru": "SHA-256 не совпал ({when}).",
            "en": "The SHA-256 did not match on {when}.",
        },
        "lost": {
            "kk": "Файл жоғалған ({when}).",
            "ru": "Файл утрачен ({when}).",
            "en": "The file was missing on {when}.",
        },
        "good": {
            "kk": "SHA-256 тексерілген: {when}.",
            "ru": "SHA-256 проверен {when}.",
            "en": "The SHA-256 was checked on {when}.",
        },
    },
    title={
        "kk": "Сақталған байттар өзгермеген",
        "ru": "Сохранённые байты не изменились",
        "en": "The stored bytes are unchanged",
    },
    fix={
        "kk": "Файлды көзден қайта жүктеңіз және сақтау орнын тексеріңіз.",
        "ru": "Загрузите файл из источника заново и проверьте хранилище.",
        "en": "Fetch the file from its source again, and have the store looked at.",
    },
)  # fmt: skip
