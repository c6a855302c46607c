"""Splits: a RecordSet that lists them, and one RecordSet for each split of a table, read from the Parquet of that split alone.

Every record of such a RecordSet says its split in a field that refers to the list, so no file of another split is fetched.
"""

from collections.abc import Iterable
from typing import Any

from schemas.profiles.croissant.context import Ids

_ROLES = (
    ("cr:TrainingSplit", ("train", "training")),
    ("cr:ValidationSplit", ("validation", "valid", "val", "dev")),
    ("cr:TestSplit", ("test", "testing", "holdout")),
)


class SplitList:
    """The RecordSet of all splits of a dataset."""

    def __init__(self, names: Iterable[str], ids: Ids) -> None:
        self._names = list(dict.fromkeys(names))
        self._place = ids.take("splits") if self._names else ""
        self._name, self._url = f"{self._place}/name", f"{self._place}/url"

    def record_sets(self) -> list[dict[str, Any]]:
        """Return it, or nothing for a dataset without splits."""
        if not self._names:
            return []
        fields = ((self._name, "name", "sc:Text"), (self._url, "url", ["sc:URL", "cr:Split"]))
        return [{
            "@type": "cr:RecordSet", "@id": self._place, "name": "splits", "dataType": "cr:Split", "key": {"@id": self._name},
            "field": [{"@type": "cr:Field", "@id": place, "name": name, "dataType": kind} for place, name, kind in fields],
            "data": [{self._name: name, self._url: _role(name)} for name in self._names],
        }]  # fmt: skip

    def field(self, place: str, split: str) -> dict[str, Any]:
        """Return the field that names the split of every record of a RecordSet; `place` is its id."""
        return {
            "@type": "cr:Field", "@id": place, "name": "split", "dataType": "sc:Text",
            "value": split, "references": {"field": {"@id": self._name}},
        }  # fmt: skip


def _role(name: str) -> str:
    return next((role for role, names in _ROLES if name.casefold() in names), "cr:Split")
