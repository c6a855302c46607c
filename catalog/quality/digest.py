"""The weekly work list of an agency: one item for each fix, sent to those who answer for the datasets."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.access import SYSTEM
from catalog.accounts.keys import fresh_id
from catalog.accounts.letters import Letter
from catalog.accounts.ports import Post
from catalog.clock import Clock, stamp
from catalog.ports import Store
from catalog.quality.base import Check, Status, checks
from catalog.quality.summary import Summaries
from schemas.texts import pick

DIGEST, MAIL = "audit-digest", "audit-mail"
"""Kinds of jobs: the first recurs and puts one of the second for each agency."""
SHOWN = 10
"""Datasets named under a fix."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fix: the points that it brings in all, and the datasets that need it."""

    check: Check
    points: float
    datasets: tuple[str, ...]


class Digests:
    """Makes and sends work lists; sends nothing where no mail server is set."""

    def __init__(self, store: Store, summaries: Summaries, post: Post | None, clock: Clock, base_url: str, language: str) -> None:
        self._store, self._summaries, self._post, self._clock = store, summaries, post, clock
        self._base_url, self._language = base_url, language

    def plan(self) -> int:
        """Leave a job for every agency that has something to fix; returns how many."""
        agencies = sorted({one.agency for one in self._summaries.of(SYSTEM).standings if one.failed and one.agency})
        if self._post is None:
            return 0
        with self._store.write() as work:
            for name in agencies:
                work.jobs.put(MAIL, name, due=stamp(self._clock))
        return len(agencies)

    def items(self, agency: str) -> list[Item]:
        """Return what the datasets of an agency need: blockers, then what brings most points."""
        points: dict[str, float] = defaultdict(float)
        datasets: dict[str, list[str]] = defaultdict(list)
        for name in [one.dataset for one in self._summaries.of(SYSTEM, agency).standings if one.failed]:
            with self._store.read() as work:
                audit = work.quality.latest([name])[name]
            for finding in audit.findings:
                if finding.status is Status.FAIL and finding.check in checks():
                    points[finding.check] += finding.points
                    datasets[finding.check] += [name] if name not in datasets[finding.check] else []
        made = [Item(checks()[check], round(total, 2), tuple(datasets[check])) for check, total in points.items()]
        return sorted(made, key=lambda item: (not item.check.blocker, -item.points, item.check.name))

    def send(self, agency: str) -> int:
        """Send the work list of an agency; returns to how many."""
        items = self.items(agency)
        if self._post is None or not items:
            return 0
        recipients = self.recipients(agency)
        for to in recipients:
            subject = f"{len(items)} fixes for the datasets of {agency}"
            self._post.send(Letter(id=fresh_id(), to=to, subject=subject, body="\n".join(self._lines(agency, items))))
        return len(recipients)

    def recipients(self, agency: str) -> list[str]:
        """Return the addresses of the stewards of an agency's datasets, else that of the agency."""
        names = [one.dataset for one in self._summaries.of(SYSTEM, agency).standings]
        with self._store.read() as work:
            stewards = {record.dataset.responsibility.steward for record in work.datasets.get_many(names).values()}
            found = work.agencies.get(agency)
        named = sorted(words.strip() for words in stewards if "@" in words and len(words.split()) == 1)
        office = found.email.removeprefix("mailto:") if found and found.email else ""
        return named or ([office] if office else [])

    def _lines(self, agency: str, items: list[Item]) -> Iterator[str]:
        for place, item in enumerate(items, 1):
            yield f"{place}. {pick(item.check.fix, self._language).words} (+{item.points:g}, {len(item.datasets)})"
            yield from (f"   {self._base_url}/dataset/{name}/quality" for name in item.datasets[:SHOWN])
        yield f"\n{self._base_url}/organization/{agency}/quality"
