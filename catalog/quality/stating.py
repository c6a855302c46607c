"""Whether something is really stated: placeholders such as `-`, `test` or the title again count as absent."""

from collections.abc import Callable, Iterable, Iterator

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


def of_files(evidence: Evidence, prop: str, judge: Callable[[str, int, Distribution], Result]) -> Iterator[Result]:
    """Yield what `judge` says of a property of each distribution, given its path and place; and that there are no files."""
    for at, one in evidence.distributions():
        yield judge(f"/distribution/{at}/{prop}", at, one)
    if not evidence.dataset.distribution:
        yield no_files()


def format_which(evidence: Evidence, holds: Callable[[str, str], bool]) -> Iterator[Result]:
    """Yield for each distribution whether its format, given with its media type, is of those for which `holds` is true."""

    def judge(path: str, at: int, one: Distribution) -> Result:
        if not (words := one.format or one.media_type):
            return Result(Status.FAIL, path, "missing", at=at)
        if holds(one.format, one.media_type):
            return Result(Status.PASS, path, "known", {"value": words}, at)
        return Result(Status.FAIL, path, "unlisted", {"value": words}, at)

    return of_files(evidence, "format", judge)


def no_files() -> Result:
    """Return the result of a check of files where there are none."""
    return Result(Status.FAIL, "/distribution", "no-files")
