"""ML readiness: what changed against the version before is explained."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    drift = evidence.drift
    if drift is None:
        return
    if drift.get("fault"):
        yield Result(Status.UNKNOWN, "/version_notes", "could-not-check", {"why": drift["fault"]})
        return
    moved = [*drift["lost"], *drift["retyped"], *drift["moved"]]
    values = {"before": drift["before"], "after": drift["after"], "columns": ", ".join(moved)[:300]}
    explained = any(words.strip() for words in evidence.dataset.version_notes.values())
    if not moved:
        yield Result(Status.PASS, "/version_notes", "steady", values)
    else:
        yield Result(Status.PASS if explained else Status.FAIL, "/version_notes", "moved", values)


CHECK = Check(
    name="data.readiness.drift", score=DATA, dimension="readiness", points=2, run=_run,
    of_bytes=True,
    says={
        "steady": {
            "kk": "{before} нұсқасынан кейін елеулі өзгеріс жоқ.",
            "ru": "Заметных отличий от версии {before} нет.",
            "en": "Nothing moved since version {before}.",
        },
        "moved": {
            "kk": "{before} нұсқасынан кейін өзгерген: {columns}.",
            "ru": "С версии {before} изменилось: {columns}.",
            "en": "Since version {before} these changed: {columns}.",
        },
    },
    title={
        "kk": "Алдыңғы нұсқадан айырмашылығы түсіндірілген",
        "ru": "Отличия от прежней версии объяснены",
        "en": "Drift against the previous version is explained",
    },
    fix={
        "kk": "Нұсқа ескертпесінде не өзгергенін және неге өзгергенін жазыңыз.",
        "ru": "Опишите в примечании к версии, что изменилось и почему.",
        "en": "Say in the notes of the version what changed and why.",
    },
)  # fmt: skip
