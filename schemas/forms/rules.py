"""What each property must be, in one table; limits on every text and list."""

import re
import unicodedata
from typing import Any

from marshmallow import ValidationError

from schemas.access import AccessRule
from schemas.agents import Agency
from schemas.coverage import BoundingBox, Period
from schemas.dataset import Dataset
from schemas.distribution import CORRECTIONS, Checksum, Distribution
from schemas.identifiers import is_name
from schemas.ml import RESPONSIBLE_AI, MLProfile, SplitRecipe
from schemas.table import Field

MAX_TEXT = 100_000
"""Characters of one text."""
MAX_ITEMS = 10_000
"""Entries of one list (a dataset of CMS has 4,040 distributions)."""


class Coded(str):
    """A message that carries the code of its Problem through Marshmallow."""

    code: str

    def __new__(cls, code: str, message: str) -> "Coded":
        made = super().__new__(cls, message)
        made.code = code
        return made

    def format(self, *args: Any, **kwargs: Any) -> "Coded":
        """Fill in the message, keeping the code; Marshmallow calls this."""
        return Coded(self.code, super().format(*args, **kwargs))


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def text_rules(words: str) -> str:
    """Return `words` in NFC, trimmed, with plain line ends, without control and bidirectional override characters
    and halves of characters, which no database takes.
    """
    if len(words) > MAX_TEXT:
        raise ValidationError(Coded("too-long", f"A text has at most {MAX_TEXT:,} characters; this one has {len(words):,}."))
    if words.isascii() and words.isprintable():
        return words.strip()
    return _CONTROL.sub("", unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _web_address(value: str) -> None:
    if value and not re.match(r"(?i)(https?|ftp)://[^\s/]+|urn:|mailto:[^\s]+@|tel:", value):
        raise ValidationError(Coded("not-an-address", "Give a full address that begins with http:// or https://."))


def _web_addresses(values: tuple[str, ...]) -> None:
    for value in values:
        _web_address(value)


def _name(value: str) -> None:
    if not is_name(value):
        raise ValidationError(Coded("not-a-name", "A name has 2 to 100 characters of a–z, 0–9, _ and -, and is not reserved."))


def _not_empty(value: str) -> None:
    if not value:
        raise ValidationError(Coded("missing", "This must not be empty."))


def _has_text(value: dict[str, str]) -> None:
    if not value:
        raise ValidationError(Coded("missing", "Give a text in at least one language."))


_NO_DATE = Coded("not-a-date", "Give a date such as 2026-11-23, 2026-11 or 2026.")


def _date(value: str) -> None:
    from schemas.dates import iso_date

    if value and iso_date(value) is None:
        raise ValidationError(_NO_DATE)


def _moment(value: str) -> None:
    """Refuse what access could not be decided by: a date that is not in ISO 8601."""
    from schemas.dates import iso_date

    if value and iso_date(value) != value:
        raise ValidationError(_NO_DATE)


def _not_negative(value: int | float | None) -> None:
    if value is not None and value < 0:
        raise ValidationError(Coded("out-of-range", "This number cannot be negative."))


def _hex(value: str) -> None:
    if not re.fullmatch(r"[0-9a-fA-F]{8,128}", value):
        raise ValidationError(Coded("not-a-checksum", "A checksum is written in hexadecimal digits."))


def _within(limit: float) -> Any:
    def check(value: float) -> None:
        if abs(value) > limit:
            raise ValidationError(Coded("out-of-range", f"Degrees lie between -{limit:g} and {limit:g}."))

    return check


def _ratios(value: dict[str, float]) -> None:
    for name, ratio in value.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) or name in _NO_SPLITS:
            words = "A split is named by a-z, 0-9 and _, such as `train`; `table` and `all` stand for all rows."
            raise ValidationError(Coded("not-a-split", words))
        if not 0 < ratio < 1:
            raise ValidationError(Coded("out-of-range", f"The ratio of the split {name!r} must lie between 0 and 1."))
    if not 2 <= len(value) <= 10:
        raise ValidationError(Coded("out-of-range", "Give two to ten splits, such as train 0.8 and test 0.2."))
    if abs(sum(value.values()) - 1) > 1e-6:
        raise ValidationError(Coded("out-of-range", "The ratios of the splits must add up to 1."))


_NO_SPLITS = frozenset({"table", "all"})


def _recipe(value: SplitRecipe | None) -> None:
    if value and not value.ratios:
        raise ValidationError(Coded("missing", "Name the splits with their ratios, such as train 0.8 and test 0.2."))
    if value and value.key and value.group_by:
        words = "Give either key columns or a group: the rows of a group stay together, whatever their keys."
        raise ValidationError(Coded("contradiction", words))


def _responsible_ai(value: dict[str, Any]) -> None:
    if unknown := sorted(set(value) - set(RESPONSIBLE_AI)):
        words = f"Croissant RAI 1.0 has no property {unknown[0]!r}; use one of: {', '.join(sorted(RESPONSIBLE_AI))}."
        raise ValidationError(Coded("unknown-value", words))


def _correction(value: dict[str, Any]) -> None:
    if unknown := sorted(set(value) - set(CORRECTIONS)):
        words = f"{unknown[0]!r} of a table cannot be corrected; there are {', '.join(CORRECTIONS)}."
        raise ValidationError(Coded("unknown-value", words))
    if (delimiter := value.get("delimiter", ",")) in ('"', "\r", "\n") or not isinstance(delimiter, str) or len(delimiter) != 1:
        raise ValidationError(Coded("not-a-delimiter", "A delimiter is one character, such as ; or a tab."))
    if not isinstance(header := value.get("header", 1), int) or not 0 <= header <= 10_000:
        raise ValidationError(Coded("out-of-range", "Give the row of the header, counted from 1, or 0 where there is none."))
    try:
        "".encode(str(value.get("encoding", "utf-8")))
    except (LookupError, UnicodeError):
        raise ValidationError(Coded("not-an-encoding", "Name an encoding such as utf-8, cp1251 or cp949.")) from None


RULES: dict[tuple[type, str], list[Any]] = {
    (AccessRule, "embargo"): [_moment],
    (AccessRule, "expires"): [_moment],
    (Agency, "name"): [_name],
    (Agency, "homepage"): [_web_address],
    (Dataset, "name"): [_name],
    (Dataset, "title"): [_has_text],
    (Dataset, "issued"): [_date],
    (Dataset, "modified"): [_date],
    (Dataset, "landing_page"): [_web_address],
    (Dataset, "page"): [_web_addresses],
    (Field, "name"): [_not_empty],
    (Distribution, "id"): [_not_empty],
    (Distribution, "access_url"): [_web_address],
    (Distribution, "download_url"): [_web_address],
    (Distribution, "issued"): [_date],
    (Distribution, "modified"): [_date],
    (Distribution, "byte_size"): [_not_negative],
    (Distribution, "correction"): [_correction],
    (Checksum, "value"): [_hex],
    (BoundingBox, "west"): [_within(180)],
    (BoundingBox, "east"): [_within(180)],
    (BoundingBox, "south"): [_within(90)],
    (BoundingBox, "north"): [_within(90)],
    (Period, "start"): [_date],
    (Period, "end"): [_date],
    (SplitRecipe, "ratios"): [_ratios],
    (MLProfile, "splits"): [_recipe],
    (MLProfile, "responsible_ai"): [_responsible_ai],
}
