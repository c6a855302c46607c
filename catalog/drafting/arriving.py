"""A file on its way into a draft: refused at once when it is of no use, else kept, read, and asked what it tells."""

import json
from typing import Any

from catalog.access import Actor
from catalog.drafting.accepting import accept
from catalog.drafting.files import DraftFiles
from catalog.drafting.service import Drafts
from catalog.drafting.suggesting import suggest
from catalog.ports import FileStore
from catalog.records import PROFILE, Draft, FileRecord
from catalog.uploads import Upload

AT_ONCE = 32 * 2**20
"""Bytes up to which a file is read while its sender waits; a worker reads larger ones."""
MOST = 2**21
"""Bytes of statistics that are looked at."""


class Arriving:
    """Takes files of clerks into drafts."""

    def __init__(self, drafts: Drafts, files: DraftFiles, bytes_of: FileStore) -> None:
        self._drafts, self._files, self._bytes = drafts, files, bytes_of

    def accepted(self, upload: Upload) -> Upload:
        """Return an upload whose format is taken; raises Invalid."""
        with self._bytes.local(upload.sha256) as path:
            accept(path, upload.filename)
        return upload

    def add(self, actor: Actor, draft: Draft, upload: Upload, language: str) -> Draft:
        """Add an upload to a draft, read it when it is small, and fill in what it tells; `language` is that of the clerk."""
        shared = {key: one[key] for one in draft.document.get("distribution", ())[:1] for key in ("license",) if key in one}
        added = self._files.add(actor, draft.id, draft.revision, upload, shared)
        if added.revision == draft.revision:
            return added
        return self.read(actor, added, str(added.document["distribution"][-1]["id"]), upload.byte_size, language)

    def replace(self, actor: Actor, draft: Draft, distribution: str, upload: Upload, language: str) -> Draft:
        """Put an upload in the place of a file of a draft."""
        replaced = self._files.replace(actor, draft.id, draft.revision, distribution, upload)
        return self.read(actor, replaced, distribution, upload.byte_size, language)

    def read(self, actor: Actor, draft: Draft, distribution: str, size: int, language: str) -> Draft:
        """Validate a file of a draft now unless it is large, and save what it tells where the draft says nothing yet."""
        if size > AT_ONCE:
            return draft
        file = self._files.check(actor, draft.id, distribution)
        part = suggest(draft.document, file, self._profile(file), language)
        return self._drafts.save(actor, draft.id, draft.revision, part) if part else draft

    def _profile(self, file: FileRecord) -> dict[str, Any] | None:
        made = file.made(PROFILE)
        if made is None or made.byte_size > MOST:
            return None
        found: dict[str, Any] = json.loads(b"".join(self._bytes.stream(made.sha256)))
        return found
