"""MQA, reusability: dcat:contactPoint is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said, words


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    given = [word for one in dataset.contact_point for word in (one.email, one.url, one.telephone, *words(one.name))]
    yield said(given, dataset, "/contact_point")


CHECK = Check(
    name="mqa.reusability.contact_point", score=MQA, dimension="reusability", points=20, run=_run,
    title={
        "kk": "Байланыс көрсетілген",
        "ru": "Указан контакт",
        "en": "A contact is stated",
    },
    fix={
        "kk": "Сұраққа жауап беретін адамның не бөлімнің электрондық поштасын көрсетіңіз.",
        "ru": "Укажите электронную почту человека или отдела, который отвечает на вопросы.",
        "en": "State the e-mail of a person or office that answers questions.",
    },
)  # fmt: skip
