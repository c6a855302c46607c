"""Numbers, sizes, dates and periods as people write them in Kazakh, Russian and English."""

from functools import lru_cache

from babel import Locale

_NBSP = "\u00a0"
_UNITS = {
    "en": ("bytes", "kB", "MB", "GB", "TB"),
    "ru": ("байт", "КБ", "МБ", "ГБ", "ТБ"),
    "kk": ("байт", "КБ", "МБ", "ГБ", "ТБ"),
}
_DAYS = {
    "en": "{day}{_}{month} {year}",
    "ru": "{day}{_}{month} {year}{_}г.",
    "kk": "{year}{_}ж. {day}{_}{month}",
}
_MONTHS = {"en": "{month} {year}", "ru": "{month} {year}{_}г.", "kk": "{year}{_}ж. {month}"}


def number(value: int | float, language: str) -> str:
    """Return a number with its thousands apart: 1,234 in English, 1 234 in Kazakh and Russian."""
    words = f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
    return words if language == "en" else words.replace(",", _NBSP).replace(".", ",")


def short(value: float, language: str, digits: int = 5) -> str:
    """Return a number with few digits; one of four digits, as years are, without its thousands apart."""
    rounded = float(f"{value:.{digits}g}")
    if 1000 <= abs(rounded) < 10_000:
        words = f"{rounded:.{digits}g}"
        return words if language == "en" else words.replace(".", ",")
    return number(int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded, language)


def percent(part: int, whole: int, language: str) -> str:
    """Return a part of a whole in percent, with one digit behind the point: 3.4 %."""
    share = part / whole * 100 if whole else 0.0
    words = "< 0.1" if 0 < share < 0.1 else f"{share:.1f}".removesuffix(".0")
    return f"{words if language == 'en' else words.replace('.', ',')}{_NBSP}%"


def size(count: int, language: str) -> str:
    """Return a number of bytes in decimal units with at most one digit behind the point: 1.2 MB."""
    units, value, step = _UNITS[language], float(count), 0
    while value >= 999.95 and step < len(units) - 1:
        value, step = value / 1000, step + 1
    if step == 0 and count == 1 and language == "en":
        return f"1{_NBSP}byte"
    words = f"{value:.1f}".removesuffix(".0")
    return f"{words if language == 'en' else words.replace('.', ',')}{_NBSP}{units[step]}"


@lru_cache(maxsize=4096)
def date(iso: str, language: str) -> str:
    """Return an ISO 8601 date in the precision it has: a year, a month of a year, a day; anything else unchanged."""
    parts = iso[:10].split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return iso
    if len(parts) == 1:
        return parts[0]
    if not 1 <= int(parts[1]) <= 12:
        return iso
    month = _month(int(parts[1]), language, standing=len(parts) == 2)
    pattern = _DAYS if len(parts) == 3 else _MONTHS
    return pattern[language].format(day=int(parts[-1]), month=month, year=parts[0], _=_NBSP)


def moment(iso: str, language: str) -> str:
    """Return a date with its time of day in UTC, as written: 23 November 2026, 12:05 UTC."""
    if len(iso) < 16 or iso[10] not in "T ":
        return date(iso, language)
    return f"{date(iso, language)}, {iso[11:16]}{_NBSP}UTC"


def period(start: str, end: str, language: str) -> str:
    """Return a period; an open side shows as dots."""
    if not start and not end:
        return ""
    if start == end:
        return date(start, language)
    return f"{date(start, language) if start else '…'} – {date(end, language) if end else '…'}"


def _month(number: int, language: str, *, standing: bool) -> str:
    names: str = Locale(language).months["stand-alone" if standing else "format"]["wide"][number]
    return names if language == "en" else names.lower()
