"""What stands in a local folder to be published: a data package with its files, or a table with metadata beside it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.errors import Invalid
from schemas.identifiers import name_for, slug
from schemas.problems import Problem
from schemas.profiles import profiles
from schemas.profiles.base import ReadContext

PACKAGE = "datapackage.json"
BESIDE = (".metadata.json", ".json")
"""Ends of the names of metadata files: of `wells.csv` they are in `wells.metadata.json` or `wells.json`."""
_OF_PACKAGE = ("name", "title", "description", "licenses", "contributors", "keywords", "qoima")
METADATA = 16 * 2**20
"""Bytes of a metadata file at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dataset document, and the local files of its distributions by id."""

    document: dict[str, Any]
    files: Mapping[str, Path] = field(default_factory=dict)


def find(path: Path, language: str, metadata: Path | None = None) -> Found:
    """Return what a path holds: a folder with datapackage.json, that file itself, or a data file. Raises Invalid."""
    if path.is_dir() or path.name == PACKAGE:
        return _package(path if path.is_dir() else path.parent, language)
    beside = metadata or next((one for end in BESIDE if (one := path.with_name(path.stem + end)).is_file() and one != path), None)
    document = _described(beside, path, language) if beside else {}
    id = slug(path.stem) or "file"
    entries = document.get("distribution") or [{"id": id}]
    mine = next((entry for entry in entries if Path(str(entry.get("path", ""))).name == path.name), entries[0])
    mine.setdefault("id", id)
    document = {"name": name_for(path.stem), "title": {language: path.stem}, **document, "distribution": entries}
    _verified(path, mine, "/distribution/0")
    return Found(document, {mine["id"]: path})


def _package(folder: Path, language: str) -> Found:
    path = folder / PACKAGE
    if not path.is_file():
        raise _wrong("no-package", "", f"There is no {PACKAGE} in {folder.name or 'this folder'}; write one, or name a CSV file.")
    descriptor = _json(path)
    reading = profiles()["datapackage"].read(descriptor, ReadContext(language=language))
    resources = descriptor.get("resources") if isinstance(descriptor, Mapping) else None
    problems = [*reading.problems, *_unusable(resources if isinstance(resources, list) else [])]
    if problems:
        raise Invalid(f"{PACKAGE} cannot be published as it is.", problems)
    files: dict[str, Path] = {}
    for index, entry in enumerate(reading.document.get("distribution", [])):
        if entry.get("path") and not entry.get("download_url"):
            files[entry["id"]] = _inside(folder, entry["path"], f"/resources/{index}/path")
            _verified(files[entry["id"]], entry, f"/resources/{index}/hash")
    return Found(reading.document, files)


def _described(beside: Path, path: Path, language: str) -> dict[str, Any]:
    """Return the document of a metadata file: our own form, or a data package or a resource of one."""
    told = _json(beside)
    if not isinstance(told, dict):
        raise _wrong("not-an-object", "", f"{beside.name} must hold a JSON object that describes {path.name}.")
    if "resources" not in told and ("schema" in told or "path" in told):  # a resource of Data Package by itself
        whole = {key: told[key] for key in _OF_PACKAGE if key in told}
        told = {**whole, "resources": [{"path": path.name, **told}]}
    if "resources" not in told:
        return dict(told)
    reading = profiles()["datapackage"].read(told, ReadContext(language=language))
    return dict(reading.document)


def _unusable(resources: Iterable[Any]) -> Iterator[Problem]:
    for index, one in enumerate(resources):
        path = one.get("path") if isinstance(one, Mapping) else None
        if isinstance(path, list):
            words = "A file in several parts is not taken; join the parts to one file, or describe each as a resource."
            yield Problem("several-parts", f"/resources/{index}/path", words)
        elif not path:
            words = "Rows within the descriptor are not taken; put them into a file and name it in `path`."
            yield Problem("no-path", f"/resources/{index}", words)


def _inside(folder: Path, path: str, pointer: str) -> Path:
    """Return the file of a relative path; it must lie in the folder, also where links lead."""
    found = (folder / path).resolve()
    if Path(path).is_absolute() or not found.is_relative_to(folder.resolve()):
        raise _wrong("outside", pointer, f"{path!r} leads out of the folder of the package; files must lie in it.")
    if not found.is_file():
        raise _wrong("no-file", pointer, f"There is no file {path!r} beside {PACKAGE}; correct the path or add the file.")
    return found


def _verified(path: Path, entry: Mapping[str, Any], pointer: str) -> None:
    """Raise Invalid where a file is another than its description says."""
    told = entry.get("checksum") or {}
    if told.get("algorithm") in hashlib.algorithms_guaranteed and not str(told["algorithm"]).startswith("shake"):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, told["algorithm"]).hexdigest()
        if digest != str(told.get("value")).lower():
            words = f"{path.name} is not the file that is described: its {told['algorithm']} is {digest}; correct either."
            raise _wrong("other-bytes", pointer, words)


def _json(path: Path) -> Any:
    if path.stat().st_size > METADATA:
        raise _wrong("too-large", "", f"{path.name} has more than {METADATA // 2**20} MB; a description is smaller.")
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _wrong("not-json", "", f"{path.name} is not JSON in UTF-8: {error}.") from None


def _wrong(code: str, pointer: str, words: str) -> Invalid:
    return Invalid(words, [Problem(code, pointer, words)])
