"""Harvest sources and the reports of their runs, for pages, API and command line."""

from catalog.clock import Clock, stamp
from catalog.errors import Invalid, NotFound
from catalog.harvests.records import HarvestRun, HarvestSource, RunProblem
from catalog.ports import Store
from schemas.identifiers import is_name
from schemas.problems import Problem


class HarvestRecords:
    """Adds, removes and lists sources; lists runs."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def sources(self) -> list[HarvestSource]:
        """Return every source by name."""
        with self._store.read() as work:
            return work.harvests.sources()

    def source(self, name: str) -> HarvestSource:
        """Return a source; raises NotFound."""
        with self._store.read() as work:
            found = work.harvests.source(name)
        if found is None:
            raise NotFound(f"There is no source named {name!r}; `qoima source list` names those there are.")
        return found

    def add(self, source: HarvestSource, actor: str = "system") -> None:
        """Add a source or change it; raises Invalid with every Problem."""
        if problems := list(_problems(source)):
            raise Invalid("The source cannot be added.", problems)
        with self._store.write() as work:
            work.harvests.put_source(source)
            work.audit(at=stamp(self._clock), actor=actor, action="add-source", target=source.name, because="")

    def remove(self, name: str, actor: str = "system") -> None:
        """Forget a source; what it brought stays published until somebody decides."""
        self.source(name)
        with self._store.write() as work:
            work.harvests.remove_source(name)
            work.audit(at=stamp(self._clock), actor=actor, action="remove-source", target=name, because="")

    def runs(self, source: str = "", before: int = 0, limit: int = 20) -> list[HarvestRun]:
        """Return runs, newest first."""
        with self._store.read() as work:
            return work.harvests.runs(source=source, before=before, limit=limit)

    def run(self, number: int) -> HarvestRun:
        """Return a run; raises NotFound."""
        with self._store.read() as work:
            found = work.harvests.run(number)
        if found is None:
            raise NotFound("There is no such run.")
        return found

    def problems(self, run: int, after: int = 0, limit: int = 100) -> list[RunProblem]:
        """Return what went wrong in a run, in order, skipping the first `after`."""
        with self._store.read() as work:
            return work.harvests.problems(run, after=after, limit=limit)


def _problems(source: HarvestSource) -> "list[Problem]":
    found = []
    if not is_name(source.name.replace(".", "-")):
        found.append(Problem("not-a-name", "/name", "A source's name has 2 to 100 characters of a–z, 0–9, `.`, `_` and `-`."))
    if not source.url.startswith(("http://", "https://")):
        found.append(Problem("not-an-address", "/url", "Give the portal's address, beginning with http:// or https://."))
    if source.files not in ("copy", "link"):
        found.append(Problem("unknown-value", "/files", "Files are either `copy` or `link`."))
    if source.invalid not in ("publish", "hold"):
        found.append(Problem("unknown-value", "/invalid", "Invalid data is either `publish` or `hold`."))
    return found
