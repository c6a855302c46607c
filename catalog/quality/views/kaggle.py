"""Kaggle's usability: completeness, credibility, compatibility. Public notebooks and cover pictures are not asked for here."""

from catalog.quality.evidence import Evidence
from catalog.quality.freshness import promise
from catalog.quality.views import Criteria, View


def _run(evidence: Evidence) -> Criteria:
    dataset = evidence.dataset
    fields = [field for one in dataset.distribution if one.table_schema for field in one.table_schema.fields]
    return [
        ("subtitle", bool(dataset.purpose or dataset.description)),
        ("tags", any(dataset.keyword.values())),
        ("description", any(dataset.description.values())),
        ("source", bool(dataset.provenance or dataset.source or dataset.landing_page)),
        ("update_frequency", promise(evidence).kind != "unknown"),
        ("license", any(one.license for one in dataset.distribution)),
        ("file_format", all(one.format for one in dataset.distribution) if dataset.distribution else None),
        ("file_description", all(one.description for one in dataset.distribution) if dataset.distribution else None),
        ("column_description", all(one.description or one.title for one in fields) if fields else None),
    ]


VIEW = View(
    name="kaggle", title="Kaggle", run=_run,
    names={
        "subtitle": {"kk": "қысқаша мәні", "ru": "подзаголовок", "en": "subtitle"},
        "tags": {"kk": "тегтер", "ru": "теги", "en": "tags"},
        "description": {"kk": "сипаттама", "ru": "описание", "en": "description"},
        "source": {"kk": "шығу тегі", "ru": "происхождение", "en": "provenance"},
        "update_frequency": {"kk": "жаңарту жиілігі", "ru": "частота обновления", "en": "update frequency"},
        "license": {"kk": "лицензия", "ru": "лицензия", "en": "licence"},
        "file_format": {"kk": "файл пішімі", "ru": "формат файлов", "en": "file format"},
        "file_description": {"kk": "файл сипаттамасы", "ru": "описание файлов", "en": "file description"},
        "column_description": {"kk": "бағандар сипаттамасы", "ru": "описание столбцов", "en": "column description"},
    },
)  # fmt: skip
