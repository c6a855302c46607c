"""What is sent is whole in the store, or not there at all."""

import errno
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.bootstrap import Catalog
from catalog.errors import Invalid, NoRoom, TooLarge


def test_a_cyrillic_name_is_kept_and_tells_the_format(catalog: Catalog) -> None:
    upload = catalog.uploads.receive(io.BytesIO(b"a\n1\n"), "C:\\Қалта\\Деректер 2025.csv")
    assert (upload.filename, upload.format, upload.byte_size) == ("Деректер 2025.csv", "CSV", 4)
    assert b"".join(catalog.files_store.stream(upload.sha256)) == b"a\n1\n"


@pytest.mark.parametrize("name", ["", "...", "a\x00.csv", "a\r\nb.csv", "\u202egpj.csv", "x" * 300])
def test_a_name_that_cannot_be_shown_is_refused(catalog: Catalog, name: str) -> None:
    with pytest.raises(Invalid):
        catalog.uploads.receive(io.BytesIO(b"a"), name)


def test_an_empty_file_and_one_that_is_too_large_are_refused(catalog: Catalog) -> None:
    small = replace(catalog, settings=replace(catalog.settings, upload_limit=10))
    small.uploads.receive(io.BytesIO(b"x" * 10), "limit.csv")
    with pytest.raises(TooLarge):
        small.uploads.receive(io.BytesIO(b"x" * 11), "more.csv")
    with pytest.raises(Invalid):
        small.uploads.receive(io.BytesIO(b""), "none.csv")
    assert list(small.temporary.iterdir()) == []


def test_a_connection_that_breaks_leaves_nothing(catalog: Catalog) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        catalog.uploads.receive_pieces(pieces(), "a.csv")
    assert list(catalog.temporary.iterdir()) == []


def test_a_full_disk_is_told_in_words(catalog: Catalog) -> None:
    class Full:
        def put(self, path: Path, sha256: str) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    full = replace(catalog, files_store=Full())  # type: ignore[arg-type]
    with pytest.raises(NoRoom):
        full.uploads.receive(io.BytesIO(b"a"), "a.csv")
    assert list(catalog.temporary.iterdir()) == []
