"""Dates as portals write them, turned into ISO 8601 in the precision they were given."""

import re
from datetime import UTC, datetime

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T]+(\d\d:\d\d(?::\d\d)?))?", re.ASCII)
_EPOCH_MS = re.compile(r"-?\d{12,13}", re.ASCII)


def iso_date(words: object, *, month_first: bool = False, zone: str = "") -> str | None:
    """Return a date, dateTime, year-month or year in ISO 8601, or None when `words` is no date.

    Takes ISO (with a blank for `T`), `yyyymmdd`, `dd.mm.yyyy` and `dd/mm/yyyy` (or month first), and epoch milliseconds.
    `zone` (such as `Z` or `+05:00`) is added to times that have none. Impossible dates give None.
    """
    given = str(words).strip()
    if _EPOCH_MS.fullmatch(given):
        return _from_epoch_ms(int(given))
    if match := _ISO.fullmatch(given):
        year, month, day, time, offset = match.groups()
        return _joined(year, month, day, time, offset or zone)
    if match := _COMPACT.fullmatch(given):
        year, month, day = match.groups()
        return _joined(year, month, day, None, "")
    if match := _DOTTED.fullmatch(given):
        first, second, year, time = match.groups()
        day, month = (second, first) if month_first else (first, second)
        return _joined(year, month.zfill(2), day.zfill(2), time, zone)
    return None


def _joined(year: str, month: str | None, day: str | None, time: str | None, zone: str) -> str | None:
    date = "-".join(part for part in (year, month, day) if part)
    if time and len(time) == 5:
        time += ":00"
    if zone and re.fullmatch(r"[+-]\d{4}", zone):
        zone = f"{zone[:3]}:{zone[3:]}"
    full = f"{date}T{time}{zone}" if time else date
    try:
        datetime.fromisoformat(full if day else f"{date}-01" if month else f"{date}-01-01")
    except ValueError:
        return None
    return full


def _from_epoch_ms(milliseconds: int) -> str | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return None


def compared(stated: str, now: str) -> int | None:
    """Return -1, 0 or 1 as the moment `now` (ISO 8601, UTC) is before, within or after a date as exact as it is stated.

    None where `stated` is no date in ISO 8601; times without an offset are of UTC.
    """
    if iso_date(stated) != stated:
        return None
    moment = stated
    if "T" in stated:
        told = datetime.fromisoformat(stated)
        moment = utc(told if told.tzinfo else told.replace(tzinfo=UTC))
    cut = now[: len(moment)]
    return (cut > moment) - (cut < moment)


def utc(moment: datetime) -> str:
    """Return a moment as an ISO 8601 text in UTC with seconds and `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
