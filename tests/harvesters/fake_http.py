"""A client in memory: answers by address without query; an exception is raised, a list is given one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from catalog.harvests.records import HarvestSource
from harvesters.base import Checkpoint, Fetching, HarvestRecord, SourceKind
from harvesters.http.errors import FetchError
from schemas.problems import Problem


def missing() -> FetchError:
    """Return what the client raises for a 404."""
    return FetchError("status", "The server answers 404 Not Found.", status=404)


@dataclass
class FakeHttp:
    """Answers with what `answers` holds for the path, and remembers every address asked with its query."""

    answers: Mapping[str, Any]
    asked: list[str] = field(default_factory=list)

    def get_json(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> Any:
        full = f"{url}?{urlencode(params)}" if params else url
        self.asked.append(full)
        answer = self.answers.get(full, self.answers.get(url, missing()))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def get_text(
        self, url: str, *, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None,
        accept_status: tuple[int, ...] = (),
    ) -> str:  # fmt: skip
        return str(self.get_json(url, params=params, headers=headers))


Found = tuple[list[HarvestRecord], list[Problem], list[Checkpoint]]


def run(kind: SourceKind, answers: Mapping[str, Any], *, resume: str = "", key: str = "", **options: Any) -> Found:
    """Run a source over `answers` at http://portal; returns its records, problems and checkpoints."""
    source = HarvestSource(name="p", kind=kind.name, url="http://portal", options=options)
    fetching = Fetching(source=source, http=FakeHttp(answers), resume=resume, secrets={"key": key} if key else {})
    items = list(kind.records(fetching))
    return (
        [item for item in items if isinstance(item, HarvestRecord)],
        [item for item in items if isinstance(item, Problem)],
        [item for item in items if isinstance(item, Checkpoint)],
    )
