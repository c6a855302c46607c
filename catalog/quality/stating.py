"""Whether something is really stated: placeholders such as `-`, `test` or the title again count as absent."""

from collections.abc import Iterable, Iterator

from catalog.quality.base import Result, Status
from catalog.quality.evidence import Evidence
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.texts import Text

_PLACEHOLDERS = frozenset({
    "", "-", "--", "–", "—", ".", "?", "n/a", "na", "nan", "none", "null", "nil", "test", "тест", "tbd", "todo", "xxx", "unknown",
    "нет", "не указано", "неизвестно", "н/д", "жоқ", "белгісіз", "көрсетілмеген", "string", "lorem ipsum",
})  # fmt: skip


def is_placeholder(words: str) -> bool:
    """Tell whether words say nothing."""
    return words.strip().strip("«»\"'").casefold() in _PLACEHOLDERS


def said(values: Iterable[str], dataset: Dataset, path: str, at: int | None = None) -> Result:
    """Return whether any of the values says something that is not the title again."""
    given = [value for value in values if value and value.strip()]
    titles = {title.strip().casefold() for title in dataset.title.values()}
    real = [value for value in given if not is_placeholder(value) and value.strip().casefold() not in titles]
    if real:
        return Result(Status.PASS, path, "stated", at=at)
    if given:
        return Result(Status.FAIL, path, "placeholder", {"value": given[0][:100]}, at)
    return Result(Status.FAIL, path, "missing", at=at)


def words(text: Text) -> list[str]:
    """Return the words of a text in all its languages."""
    return list(text.values())


def each(evidence: Evidence) -> Iterator[tuple[int, Distribution]]:
    """Yield the distributions with their places."""
    yield from evidence.distributions()


def no_files() -> Result:
    """Return the result of a check of files where there are none."""
    return Result(Status.FAIL, "/distribution", "no-files")
