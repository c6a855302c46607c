"""Croissant documents for those who may have them: a version's is offered only after it was tried out and every table loaded."""

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.access import SYSTEM, Actor
from catalog.clock import Clock, stamp
from catalog.downloads import Downloads
from catalog.errors import NotFound
from catalog.personal.gate import without
from catalog.ports import FileStore, Store
from catalog.reading import Entry, Reading
from catalog.records import Version
from catalog.settings import Settings
from catalog.tables.sandbox import Sandbox
from catalog.versions.package import as_of
from catalog.versions.published import published
from schemas.problems import Problem
from schemas.profiles.base import WriteContext
from schemas.profiles.croissant.checking import problems
from schemas.profiles.croissant.document import croissant
from schemas.profiles.croissant.tables import Tables

BATCH = 200
Document = dict[str, Any]
Progress = Callable[[int, int | None], None]


class Croissants:
    """Writes and tries out Croissant documents."""

    def __init__(
        self, settings: Settings, store: Store, reading: Reading, downloads: Downloads, files: FileStore, clock: Clock
    ) -> None:
        self._store, self._reading, self._downloads, self._files, self._clock = store, reading, downloads, files, clock
        self._context = WriteContext(
            base_url=settings.public_url.rstrip("/"), site_title=settings.site_title, language=settings.default_language
        )

    def document(self, actor: Actor, name: str, number: int | None = None) -> Document:
        """Return the document of a version, the newest without a number; raises NotFound that says what is missing, or Gone.

        Whoever may not have the bytes gets it without version, checksums and RecordSets.
        """
        entry = self._reading.entry(actor, name).of_version(number or 0)
        if not self._downloads.decide(actor, entry).allowed:
            return _sound(self._without_bytes(entry, number))
        version = without(self._version(name, number), entry.barred)
        if not self._downloads.decide(actor, entry.of_version(version.number)).allowed:
            return _sound(self._without_bytes(entry, number))
        result = version.croissant
        if result is None:
            raise NotFound("The Croissant document of this version was not tried out yet; come back later.")
        if not result.get("valid"):
            raise NotFound("There is no Croissant document of this version: " + " ".join(result.get("problems", [])))
        return _sound(self._written(entry, version))

    def offered(self, actor: Actor, entry: Entry) -> bool:
        """Tell whether a dataset has a document to link to, without writing it."""
        if not self._downloads.decide(actor, entry).allowed:
            return True
        with self._store.read() as work:
            version = work.versions.latest([entry.dataset.name]).get(entry.dataset.name)
        return bool(version and version.croissant and version.croissant.get("valid"))

    def draft(self, name: str) -> Document:
        """Return the document of the newest version, tried out or not; for those who look after the catalogue."""
        return self._written(self._reading.entry(SYSTEM, name), self._version(name, None))

    def check(self, name: str) -> Version:
        """Try out the newest version again; returns it with the result."""
        with Sandbox() as sandbox:
            return self._check(sandbox, self._version(name, None))

    def check_waiting(self, progress: Progress = lambda done, total: None, source: str = "") -> int:
        """Try out the newest version of every dataset (of a source) that was not tried out as it is described now; returns how
        many.
        """
        done, after = 0, ""
        with Sandbox() as sandbox:
            while waiting := self._waiting(after, source):
                for version in self._due(waiting):
                    self._check(sandbox, version)
                    done += 1
                    progress(done, None)
                after = waiting[-1].dataset
        return done

    def _waiting(self, after: str, source: str) -> list[Version]:
        with self._store.read() as work:
            return work.versions.untried(after, BATCH, source)

    def _due(self, versions: list[Version]) -> list[Version]:
        """Return those that were not tried out since the description last changed: what was missing may be there now."""
        with self._store.read() as work:
            records = work.datasets.get_many([version.dataset for version in versions])
        revisions = {name: record.revision for name, record in records.items()}
        return [one for one in versions if (one.croissant or {}).get("revision") != revisions.get(one.dataset)]

    def _check(self, sandbox: Sandbox, version: Version) -> Version:
        with self._store.read() as work:
            record, files = work.datasets.get(version.dataset), work.files.of(version.dataset)
        if record is None:
            return version
        entry = Entry(record, files)
        held = published(entry, version, self._context.base_url)
        tables = Tables(as_of(entry, version, self._context.base_url), held, self._context.language)
        result = {
            **self._result(sandbox, self._written(entry, version)), "tables": tables.record_set_ids,
            "revision": record.revision, "checked": stamp(self._clock),
        }  # fmt: skip
        tried = replace(version, croissant=result)
        with self._store.write() as work:
            work.versions.put(tried)
        return tried

    def _result(self, sandbox: Sandbox, document: Document) -> Mapping[str, Any]:
        """Return `{"valid", "loaded", "problems"}`; what the specification requires is checked before anything is read."""
        if found := problems(document):
            return {"valid": False, "loaded": {}, "problems": [problem.message for problem in found]}
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qoima-croissant-")))
            path = folder / "croissant.json"
            path.write_text(json.dumps(document), "utf-8")
            mapping = {place: str(stack.enter_context(self._files.local(sha))) for place, sha in _read(document).items()}
            job = {"job": "croissant", "mapping": mapping, "reads": list(mapping.values())}
            answer = sandbox.run(path, job, folder)
        if isinstance(answer, Problem):
            stopped = f"mlcroissant did not come to an end with it within the limits of the parser ({answer.code})."
            return {"valid": False, "loaded": {}, "problems": [stopped]}
        return {"valid": not answer["problems"], **answer}

    def _version(self, name: str, number: int | None) -> Version:
        with self._store.read() as work:
            found = work.versions.get(name, number) if number else work.versions.latest([name]).get(name)
        if found is None:
            raise NotFound("No file of this dataset is held here, so there is nothing that Croissant could load.")
        return found

    def _written(self, entry: Entry, version: Version) -> Document:
        context = replace(self._context, published=published(entry, version, self._context.base_url, self._files))
        return croissant(as_of(entry, version, self._context.base_url), context)

    def _without_bytes(self, entry: Entry, number: int | None) -> Document:
        if number is not None:
            raise NotFound("Versions of this dataset are for those who may have its files.")
        return croissant(entry.dataset, self._context)


def _read(document: Document) -> dict[str, str]:
    """Return the files that RecordSets are read from: their ids with the hashes they are stored under."""
    fields = (field for one in document.get("recordSet", []) for field in one["field"] if "source" in field)
    used = {field["source"]["fileObject"]["@id"] for field in fields}
    return {node["@id"]: node["sha256"] for node in document["distribution"] if node["@id"] in used}


def _sound(document: Document) -> Document:
    if found := problems(document):
        raise NotFound("There is no Croissant document of this dataset: " + " ".join(problem.message for problem in found))
    return document
