"""Moments as numbers: ISO 8601 texts of any precision become epoch seconds."""

from datetime import UTC, date, datetime, timedelta


def epoch(moment: str) -> int:
    """Return epoch seconds of a moment or of the beginning of a day, month or year, 0 where there is none."""
    padded = f"{moment}-01-01"[:10] if len(moment) in (4, 7) else moment
    try:
        found = datetime.fromisoformat(padded)
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return 0


def span(text: str) -> tuple[int, int]:
    """Return the first and the last second of a year, month or day (`2024`, `2024-05`, `2024-05-31`); raises ValueError."""
    first = date.fromisoformat(f"{text}-01-01"[:10] if len(text) in (4, 7) else text)
    if len(text) == 4:
        after = date(first.year + 1, 1, 1)
    elif len(text) == 7:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    else:
        after = first + timedelta(days=1)
    start, end = (datetime(each.year, each.month, each.day, tzinfo=UTC) for each in (first, after))
    return int(start.timestamp()), int(end.timestamp()) - 1
