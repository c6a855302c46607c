"""The entries of a ZIP archive, how its folders divide them, and some of its pictures as samples."""

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from catalog.tables.contents.pictures import SUFFIXES, measured
from catalog.tables.kinds import TABLES

ENTRIES, FOLDERS, LISTED = 200, 50, 50
PICTURES, PICTURE = 12, 128 * 2**10
"""Samples of pictures, and bytes of one at most."""


def archive(path: Path, folder: Path, job: Mapping[str, Any], samples: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `{"count", "unpacked", "entries", "folders", "tables", "pictures", "samples"}`; sizes in bytes.

    `folders` counts files by folder, the label of pictures in most archives; `samples` name the Derivatives of pictures.
    """
    with zipfile.ZipFile(path) as file:
        members = [(_name(one, job), one) for one in file.infolist() if not one.is_dir()]
        members = [(name, one) for name, one in members if not name.startswith("__MACOSX/")]
        folders = Counter(str(PurePosixPath(name).parent) for name, _ in members)
        pictures = [(name, one) for name, one in members if PurePosixPath(name).suffix.lower() in SUFFIXES]
        shown = list(_samples(file, pictures, folder, samples))
    tables = [name for name, _ in members if PurePosixPath(name).suffix.lower().lstrip(".") in TABLES]
    return {
        "count": len(members), "unpacked": sum(one.file_size for _, one in members),
        "entries": [{"name": name, "size": one.file_size} for name, one in members[:ENTRIES]],
        "folders": dict(folders.most_common(FOLDERS)), "tables": tables[:LISTED], "pictures": len(pictures), "samples": shown,
    }  # fmt: skip


def _name(member: zipfile.ZipInfo, job: Mapping[str, Any]) -> str:
    """Return a member's name; without the flag for UTF-8 (APPNOTE 4.4.4, bit 11) in the likeliest encoding that fits."""
    if member.flag_bits & 0x800:
        return member.filename[:300]
    try:
        stored = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename[:300]
    for encoding in ("utf-8", *(name for name in job.get("likely") or () if name != "cp1252")):
        try:
            return stored.decode({"cp1251": "cp866"}.get(encoding, encoding))[:300]  # DOS letters where Windows is likely
        except UnicodeDecodeError:
            continue
    return member.filename[:300]


def _samples(
    file: zipfile.ZipFile, pictures: list[tuple[str, zipfile.ZipInfo]], folder: Path, samples: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for name, member in _spread(pictures):
        if len(samples) == PICTURES:
            return
        with file.open(member) as stream:
            body = stream.read(PICTURE + 1)
        facts = measured(body) if len(body) <= PICTURE else None
        if facts:
            made = f"picture-{len(samples) + 1}.{facts['media_type'].rpartition('/')[2]}"
            (folder / made).write_bytes(body)
            samples.append({"name": made, "media_type": facts["media_type"]})
            yield {**facts, "made": made, "name": name, "label": PurePosixPath(name).parent.name}


def _spread(pictures: list[tuple[str, zipfile.ZipInfo]]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield small pictures, one of each folder in turn, from the first hundred of each."""
    folders: dict[str, list[tuple[str, zipfile.ZipInfo]]] = {}
    for name, member in pictures:
        if member.file_size <= PICTURE and not member.flag_bits & 1:
            folders.setdefault(str(PurePosixPath(name).parent), []).append((name, member))
    for turn in range(min(100, max(map(len, folders.values()), default=0))):
        for found in folders.values():
            if turn < len(found):
                yield found[turn]
