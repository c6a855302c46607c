"""Audits datasets: only what changed, in batches that commit by themselves, so that a killed run goes on where it stopped."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.access import SYSTEM, Actor
from catalog.clock import Clock, stamp
from catalog.downloads import Downloads
from catalog.errors import NotFound
from catalog.ports import FileStore, Store, UnitOfWork
from catalog.quality.base import DATA, MQA, RULES, Finding, Status, checks
from catalog.quality.evidence import Evidence, Measured, measured, packed, same_but_for_time, unpacked
from catalog.quality.freshness import changes_at
from catalog.quality.gathering import addresses, gather
from catalog.quality.judging import judge
from catalog.quality.policy import Policy
from catalog.quality.records import Audit, Confirmed, Stamp, to_json
from catalog.quality.scoring import Score, score
from catalog.quality.shacl.service import Shapes
from catalog.reading import Reading
from catalog.records import CatalogRecord

PAGE, BATCH = 500, 50
Progress = Callable[[int, int | None], None]
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class AuditCounts:
    """What a run did; `failed` could not be audited, which the log tells."""

    audited: int = 0
    unchanged: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """An audit as a reader may see it: without what was made from bytes that are not for them."""

    audit: Audit
    findings: tuple[Finding, ...]
    mqa: Score
    data: Score
    whole: bool


class Audits:
    """Runs audits and reads their results."""

    def __init__(
        self, store: Store, reading: Reading, downloads: Downloads, files: FileStore, shapes: Shapes, clock: Clock, base_url: str,
        policy: Policy, hold: Callable[[Actor, str, str], object],
    ) -> None:  # fmt: skip
        self._store, self._reading, self._downloads, self._files = store, reading, downloads, files
        self._shapes, self._clock, self._base_url = shapes, clock, base_url
        self._policy, self._hold = policy, hold

    def run(
        self, names: Sequence[str] | None = None, *, source: str | None = None, again: bool = False,
        progress: Progress = lambda done, total: None,
    ) -> AuditCounts:  # fmt: skip
        """Audit published datasets (by `names`, or of a `source`) whose inputs changed, or all of them `again`."""
        counts = AuditCounts()
        for stamps in self._stamps(names, source):
            due = [one for one in stamps if again or one.due(stamp(self._clock))]
            counts.unchanged += len(stamps) - len(due)
            for start in range(0, len(due), BATCH):
                self._batch(due[start : start + BATCH], counts)
                progress(counts.audited + counts.unchanged + counts.failed, None)
        return counts

    def close(self) -> None:
        """Stop the child that stands by."""
        self._shapes.close()

    def replay(self, names: Sequence[str] | None = None) -> Iterator[tuple[Audit, bool]]:
        """Judge stored evidence again; yields every audit with whether the findings are the same, byte for byte.

        Audits under another version of the rules are left out: they cannot be the same.
        """
        before = 0
        while True:
            with self._store.read() as work:
                page = work.quality.page(after=before, names=names, limit=PAGE)
            for audit in page:
                if audit.rules == RULES:
                    yield audit, to_json(judge(unpacked(audit.evidence))) == to_json(audit.findings)
            if len(page) < PAGE:
                return
            before = page[-1].id

    def report(self, actor: Actor, name: str) -> Report:
        """Return the newest audit of a dataset; raises NotFound, or Gone where it was withdrawn."""
        entry = self._reading.entry(actor, name)
        with self._store.read() as work:
            audit = next(iter(work.quality.history(name, limit=1)), None)
        if audit is None:
            raise NotFound("This dataset was not audited yet; that happens within minutes of its publication.")
        return self.seen(audit, whole=self._downloads.decide(actor, entry).allowed)

    def seen(self, audit: Audit, *, whole: bool) -> Report:
        """Return an audit for those who may have the bytes (`whole`), or for the others."""
        known = checks()
        findings = tuple(one for one in audit.findings if whole or not (one.check in known and known[one.check].of_bytes))
        return Report(audit, findings, score(MQA, findings), score(DATA, findings), whole)

    def history(self, actor: Actor, name: str, limit: int = 100) -> list[Audit]:
        """Return the audits of a dataset that the actor may see, newest first, without findings and evidence."""
        self._reading.entry(actor, name)
        with self._store.read() as work:
            return work.quality.history(name, limit=limit)

    @staticmethod
    def stored(audit: Audit) -> Evidence:
        """Return the evidence that an audit was made from."""
        return unpacked(audit.evidence)

    def evidence(self, name: str) -> Evidence:
        """Return the evidence as it is now, with the verdict of the shapes; raises NotFound."""
        with self._store.read() as work:
            record = work.datasets.get(name)
            if record is None:
                raise NotFound(f"There is no dataset named {name!r}.")
            found = self._gathered(work, [record], {})
        return self._shapes.judged(found)[0]

    @property
    def _basis(self) -> str:
        """Return what all audits stand on: the rules and the shapes."""
        return f"{RULES} {self._shapes.digest}"

    def _stamps(self, names: Sequence[str] | None, source: str | None) -> Iterator[list[Stamp]]:
        if names is not None:
            with self._store.read() as work:
                yield work.quality.stamps(self._basis, names=names)
            return
        after = 0
        while True:
            with self._store.read() as work:
                page, after = work.quality.stamped(self._basis, after=after, limit=PAGE, source=source)
            if not page:
                return
            yield page

    def _batch(self, due: Sequence[Stamp], counts: AuditCounts) -> None:
        names = [one.dataset for one in due]
        with self._store.read() as work:
            records = work.datasets.get_many(names)
            last = work.quality.latest(names)
            seen = {name: measured(audit.evidence) for name, audit in last.items()}
            evidence = self._gathered(work, [records[name] for name in names if name in records], seen)
        evidence = self._shapes.judged(evidence, {name: one.shapes for name, one in seen.items()})
        made: list[tuple[Stamp, Audit, Evidence]] = []
        by_name = {one.dataset.name: one for one in evidence}
        for one in due:
            try:
                found = by_name[one.dataset]
                made.append((one, _audit(found), found))
            except Exception:  # the border of one dataset: the others go on
                _log.exception("The dataset %s could not be audited.", one.dataset)
                counts.failed += 1
        with self._store.write() as work:
            watched = {mark.dataset: addresses(found.dataset) - _served(found) for mark, _, found in made}
            work.quality.watch(watched, stamp(self._clock))
            held = []
            for mark, audit, _ in made:
                before = last.get(mark.dataset)
                if before and _same(before, audit):
                    held.append(Confirmed(before.id, audit.checked_at, audit.until, mark.now))
                elif work.quality.add(audit, mark.now):
                    work.outbox.put(mark.dataset)  # search narrows by the band
            work.quality.confirm(held)
        counts.audited += len(made)
        for mark, audit, found in made:
            if broken := self._policy.of(found.dataset.access.level, audit.findings):
                names_of = ", ".join(sorted({one.check for one, _ in broken}))
                self._hold(SYSTEM, mark.dataset, f"The quality policy holds it back: {names_of}")

    def _gathered(
        self, work: UnitOfWork, records: Iterable[CatalogRecord], last: Mapping[str, Measured]
    ) -> list[Evidence]:
        found, now = [], stamp(self._clock)
        listed = list(records)
        names = [record.dataset.name for record in listed]
        files, versions = work.files.of_many(names), work.versions.latest(names)
        pairs = {name: work.versions.of(name, limit=2) for name in versions}
        links = work.quality.links_of(names)
        fixity = work.quality.fixity([file.sha256 for some in files.values() for file in some if file.sha256])
        for record in listed:
            name = record.dataset.name
            try:
                found.append(gather(
                    record, files.get(name, ()), links.get(name, {}), pairs.get(name, []),
                    fixity, self._files, self._base_url, now, last.get(name),
                ))  # fmt: skip
            except Exception:  # the border of one dataset
                _log.exception("The evidence of %s could not be gathered.", name)
        return found


def _audit(evidence: Evidence) -> Audit:
    findings = judge(evidence)
    mqa, data = score(MQA, findings), score(DATA, findings)
    return Audit(
        id=0, dataset=evidence.dataset.name, as_of=evidence.as_of, checked_at=evidence.as_of, rules=RULES, band=mqa.band,
        mqa=mqa.points, mqa_maximum=mqa.maximum, mqa_possible=mqa.possible,
        data=data.points, data_maximum=data.maximum, data_possible=data.possible,
        findings=findings, evidence=packed(evidence), until=changes_at(evidence), failed=_failed(findings, evidence),
    )  # fmt: skip


def _failed(findings: Iterable[Finding], evidence: Evidence) -> str:
    told = {one.check for one in findings if one.status is Status.FAIL and (evidence.open or not checks()[one.check].of_bytes)}
    return " ".join(sorted(told))


def _served(evidence: Evidence) -> set[str]:
    """Return the addresses that we serve ourselves."""
    held = {one.id for one in evidence.dataset.distribution if (f := evidence.files.get(one.id)) and f.sha256}
    return {url for one in evidence.dataset.distribution if one.id in held or not evidence.open
            for url in (one.access_url, *((one.download_url,) if one.id in held else ()))}  # fmt: skip


def _same(one: Audit, other: Audit) -> bool:
    """Tell whether two audits say the same from the same evidence, whenever they were made."""
    if one.rules != other.rules or one.findings != other.findings:
        return False
    return same_but_for_time(one.evidence, other.evidence)
