"""The nine criteria of udata (data.gouv.fr), one point each, with the weaknesses that they have there."""

from catalog.quality.evidence import Evidence
from catalog.quality.freshness import promise
from catalog.quality.views import Criteria, View

_CLOSED = frozenset({"", "pdf", "doc", "docx", "word", "xls", "excel", "xlsx"})
_LONG = 100


def _run(evidence: Evidence) -> Criteria:
    dataset, promised = evidence.dataset, promise(evidence)
    files = dataset.distribution
    dead = [one for one in files if (link := evidence.links.get(one.download_url)) and link.verdict == "broken"]
    dead += [one for one in files if (file := evidence.files.get(one.id)) and file.state == "failed"]
    return [
        ("license", any(one.license for one in files)),
        ("temporal_coverage", bool(dataset.temporal)),
        ("spatial", bool(dataset.spatial)),
        ("update_frequency", promised.kind != "unknown"),
        ("update_fulfilled_in_time", promised.kind == "none" or (promised.kind == "dated" and promised.due >= evidence.as_of)),
        ("dataset_description_quality", max(map(len, dataset.description.values()), default=0) > _LONG),
        ("has_open_format", any(one.format.casefold() not in _CLOSED for one in files) if files else None),
        ("all_resources_available", not dead if files else None),
        ("resources_documentation", any(one.description for one in files) if files else None),
    ]


VIEW = View(
    name="udata", title="udata (data.gouv.fr)", run=_run,
    names={
        "license": {"kk": "лицензия", "ru": "лицензия", "en": "licence"},
        "temporal_coverage": {"kk": "кезең", "ru": "период", "en": "period"},
        "spatial": {"kk": "аумақ", "ru": "территория", "en": "area"},
        "update_frequency": {"kk": "жаңарту жиілігі", "ru": "частота обновления", "en": "update frequency"},
        "update_fulfilled_in_time": {"kk": "уақытында жаңартылған", "ru": "обновлено вовремя", "en": "updated in time"},
        "dataset_description_quality": {
            "kk": "сипаттама 100 таңбадан ұзын", "ru": "описание длиннее 100 знаков", "en": "description over 100 characters",
        },
        "has_open_format": {"kk": "ашық пішім", "ru": "открытый формат", "en": "open format"},
        "all_resources_available": {"kk": "барлық файл қолжетімді", "ru": "все файлы доступны", "en": "all files available"},
        "resources_documentation": {"kk": "файл сипатталған", "ru": "файл описан", "en": "a file is described"},
    },
)  # fmt: skip
