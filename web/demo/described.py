"""What `qoima demo` describes for machine learning, as an operator would, and the baselines that it trains."""

from typing import Any

DESCRIBED: dict[str, dict[str, Any]] = {
    "council-tax-bands": {
        "tasks": ["classification"], "target": "band",
        "splits": {"group_by": "ward", "salt": "aldermere", "ratios": {"train": 0.7, "validation": 0.15, "test": 0.15}},
        "responsible_ai": {
            "dataLimitations": {
                "en": "Bands follow prices of 1991, so they say little of what homes are worth today.",
                "ru": "Разряды следуют ценам 1991 года и мало говорят о нынешней стоимости жилья.",
                "kk": "Санаттар 1991 жылғы бағаларға сүйенеді, сондықтан үйлердің бүгінгі құны туралы аз айтады.",
            },
        },
    },
}  # fmt: skip
"""By the name of the dataset, a document for `catalog.describing`; its portal says nothing of it."""
BASELINES = ("air-quality-daily", "council-tax-bands")
"""Datasets that state a target and splits: the first by its portal, the second by DESCRIBED."""
