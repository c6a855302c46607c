"""Data, links: files can be fetched from where they are said to be."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in evidence.distributions():
        file, path = evidence.files.get(one.id), f"/distribution/{at}/download_url"
        if file and file.state == "failed":
            yield Result(Status.FAIL, path, "failed", {"message": file.message or file.problem}, at)
        elif file and file.sha256:
            yield Result(Status.PASS, path, "fetched", {"when": file.fetched[:10]}, at)
        elif link := evidence.links.get(one.download_url) or evidence.links.get(one.access_url):
            values = {"status": link.status or link.kind, "since": link.since[:10], "why": link.kind}
            status = {"ok": Status.PASS, "broken": Status.FAIL}.get(link.verdict, Status.UNKNOWN)
            yield Result(status, path, f"link-{link.verdict}", values, at)
        elif evidence.open:
            yield Result(Status.UNKNOWN, path, "not-checked", at=at)


CHECK = Check(
    name="data.links.files", score=DATA, dimension="links", points=10, run=_run,
    of_bytes=True,
    says={
        "failed": {
            "kk": "Файлды алу мүмкін болмады. {message}",
            "ru": "Файл получить не удалось. {message}",
            "en": "The file could not be fetched. {message}",
        },
        "fetched": {
            "kk": "Соңғы рет алынған күні: {when}.",
            "ru": "В последний раз получен {when}.",
            "en": "It was fetched last on {when}.",
        },
    },
    title={
        "kk": "Файлдарды алуға болады",
        "ru": "Файлы можно получить",
        "en": "The files can be had",
    },
    fix={
        "kk": "Сілтемені түзетіңіз: ол деректер файлының өзіне апаруы тиіс.",
        "ru": "Исправьте ссылку: она должна вести на сам файл с данными.",
        "en": "Correct the link: it must lead to the data file itself.",
    },
)  # fmt: skip
