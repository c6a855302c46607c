"""What an audit would find in a draft: shown before it is published, and asked whether the policy blocks it."""

from dataclasses import replace

from catalog.access import Action, Actor
from catalog.clock import Clock, stamp
from catalog.drafting.ready import foreseen
from catalog.drafting.seeing import opened
from catalog.ports import FileStore, Store
from catalog.quality.base import Finding
from catalog.quality.gathering import gather
from catalog.quality.judging import judge
from catalog.quality.messages import fix, message
from catalog.quality.policy import Consequence, Policy
from catalog.records import PROFILE, CatalogRecord, FileRecord, State
from schemas.dataset import Dataset
from schemas.problems import Problem


class Previews:
    """Judges what is not published yet; links, shapes and Croissant are tried after publication only, so they stay unknown."""

    def __init__(self, store: Store, files: FileStore, clock: Clock, base_url: str, policy: Policy) -> None:
        self._store, self._files, self._clock, self._base_url, self._policy = store, files, clock, base_url, policy

    def of(self, actor: Actor, id: str) -> tuple[Finding, ...]:
        """Return the findings of a draft as it stands, without leaks of its target, which take long to find; raises NotFound."""
        with self._store.read() as work:
            draft = opened(work, actor, Action.READ, id)
            agency, files = work.agencies.get(draft.agency), work.files.of(draft.files_key)
        dataset = foreseen(draft.document, agency) if agency else None
        plain = tuple(replace(file, derived=tuple(one for one in file.derived if one.name == PROFILE)) for file in files)
        return self.findings(dataset, plain) if dataset else ()

    def findings(self, dataset: Dataset, files: tuple[FileRecord, ...]) -> tuple[Finding, ...]:
        """Return what an audit would find today."""
        record = CatalogRecord(
            dataset=dataset, state=State.PUBLISHED, number=0, revision=1, content_hash="", created="", updated="",
        )  # fmt: skip
        return judge(gather(record, files, {}, [], {}, self._files, self._base_url, stamp(self._clock), None))

    def blocking(self, dataset: Dataset, files: tuple[FileRecord, ...]) -> list[Problem]:
        """Return what the policy blocks a draft for: Problems that say what to do."""
        if not self._policy.rules:
            return []
        found = self._policy.of(dataset.access.level, self.findings(dataset, files))
        return [
            Problem("quality-policy", one.path, f"{message(one, 'en')} {fix(one, 'en')}")
            for one, consequence in found if consequence is Consequence.BLOCK
        ]  # fmt: skip
