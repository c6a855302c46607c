"""A catalogue in which everything carries a canary: a word that is nowhere else and tells where it came from.

Every dataset has a word for its description (`meta`) and one for its files (`bytes`): names, columns, cells.
"""

import hashlib
from pathlib import Path

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog, open_catalog
from catalog.clock import stamp
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from catalog.settings import Settings
from catalog.wanted.records import Wanted, WantedState
from schemas.access import AccessLevel, AccessRule
from schemas.agents import Agency, ContactPoint
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.conftest import StoppedClock
from tests.web.pages.site import pictures

SECRET = "agency:secret-service"
HIDDEN = {"hidden": "open"}
SHOWN = {level.value: level.value for level in AccessLevel} | {"last": "open"}
WANTED = "rivers-wanted"
FILE, PICTURES = "cells", "album"
ALBUM = pictures()


def canary(dataset: str, where: str) -> str:
    """Return the word of a dataset for `meta` or `bytes`; letters only, so that no format writes it otherwise."""
    digest = hashlib.sha256(f"{dataset}/{where}".encode()).digest()
    return "cnry" + "".join(chr(97 + byte % 26) for byte in digest[:16])


def build(folder: Path, *, with_hidden: bool) -> Catalog:
    """Return a catalogue with a dataset of each level and, between them, hidden ones."""
    catalog = open_catalog(Settings(home=folder, public_url="https://data.example.kz"), StoppedClock())
    order = ["open", *HIDDEN, *[name for name in SHOWN if name != "open"]]
    for name in order:
        if name in SHOWN or with_hidden:
            _publish(catalog, name)
    catalog.validation.check_waiting("", lambda done, total: None)
    for name in order:
        if name in SHOWN or with_hidden:
            _again(catalog, name)
    catalog.validation.check_waiting("", lambda done, total: None)
    for name in order:
        if name in SHOWN or with_hidden:
            catalog.versions.cut(name)
    catalog.croissants.check_waiting()
    catalog.audits.run()
    catalog.indexing.drain()
    _wanted(catalog)
    return catalog


def _wanted(catalog: Catalog) -> None:
    """Put a request on the board that the hidden dataset answers, whether or not there is one."""
    asker = catalog.people.add(SYSTEM, "asker@example.kz", "Asker")
    made = Wanted(
        id=WANTED, account=asker.id, title="Levels of all rivers", purpose="To row", language="en", agency="secret-service",
        state=WantedState.PUBLISHED, dataset="hidden", answer="There they are.", due="2026-12-01", words=("river",),
        created=stamp(catalog.clock), updated=stamp(catalog.clock),
    )  # fmt: skip
    with catalog.store.write() as work:
        work.wanted.add(made)


def _publish(catalog: Catalog, name: str) -> None:
    word, hidden = canary(name, "meta"), name in HIDDEN
    rule = AccessRule(level=AccessLevel(HIDDEN.get(name) or SHOWN[name]), visible_to=(SECRET,) if hidden else ())
    dataset = Dataset(
        name=name, identifier=f"id-{word}", title={"en": f"Rivers {word}"}, description={"en": f"About rivers and {word}."},
        keyword={"en": ("rivers", word)}, access=rule, modified="2026-05-01",
        publisher=Agency(name="secret-service" if hidden else "water", title={"en": f"Agency {word}" if hidden else "Water"}),
        contact_point=(ContactPoint(name={"en": f"Desk {word}"}, email=f"{word}@example.kz"),),
        distribution=tuple(
            Distribution(
                id=i, title={"en": f"File {word}"}, format=form, download_url=f"https://example.kz/{canary(name, 'bytes')}",
                license="http://creativecommons.org/licenses/by/4.0/",
            )
            for i, form in ((FILE, "CSV"), (PICTURES, "ZIP"))
        ),
    )  # fmt: skip
    catalog.publishing.publish(SYSTEM, dataset, f"because {word}", Origin(files="copy"))
    word = canary(name, "bytes")
    rows = "\n".join(f"{n},{word} row {n},{n * n}" for n in range(1, 41))
    _store(catalog, name, FILE, f"{word}.csv", f"id,{word},area\n{rows}\n".encode())
    _store(catalog, name, PICTURES, f"{word}.zip", ALBUM.replace(b"readme.txt", word[:10].encode()))


def _again(catalog: Catalog, name: str) -> None:
    """Cut a version, then put one row more, so that there is a difference between two."""
    catalog.versions.cut(name)
    word = canary(name, "bytes")
    rows = "\n".join(f"{n},{word} row {n},{n * n}" for n in range(1, 42))
    _store(catalog, name, FILE, f"{word}.csv", f"id,{word},area\n{rows}\n".encode())


def _store(catalog: Catalog, dataset: str, distribution: str, filename: str, body: bytes) -> None:
    digest = hashlib.sha256(body).hexdigest()
    path = Path(catalog.temporary) / digest
    path.write_bytes(body)
    catalog.files_store.put(path, digest)
    media_type = "application/zip" if distribution == PICTURES else "text/csv"
    record = FileRecord(
        dataset=dataset, distribution=distribution, state=FileState.STORED, filename=filename, media_type=media_type,
        sha256=digest, byte_size=len(body), fetched="2026-11-22T03:01:00Z",
    )  # fmt: skip
    with catalog.store.write() as work:
        work.files.put(record, source="")
