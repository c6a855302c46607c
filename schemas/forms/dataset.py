"""The dataset form: a JSON document becomes a Dataset, or a list of everything that is wrong with it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from marshmallow import ValidationError

from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.forms.derive import form_for
from schemas.problems import Problem

FORM_VERSION = 1
"""Raised when stored documents must be migrated before this form reads them."""

Record = TypeVar("Record")


def load_dataset(document: Any) -> tuple[Dataset | None, list[Problem]]:
    """Read a dataset document; returns the dataset, or None and every Problem with its JSON Pointer."""
    return _load(Dataset, document)


def dump_dataset(dataset: Dataset) -> dict[str, Any]:
    """Write a dataset as the document that `load_dataset` reads; empty properties are left out."""
    document: dict[str, Any] = form_for(Dataset).dump(dataset)
    return document


def load_agency(document: Any) -> tuple[Agency | None, list[Problem]]:
    """Read an agency document."""
    return _load(Agency, document)


def dump_agency(agency: Agency) -> dict[str, Any]:
    """Write an agency as the document that `load_agency` reads."""
    document: dict[str, Any] = form_for(Agency).dump(agency)
    return document


def canonical(document: Any) -> tuple[str, str]:
    """Return the document as canonical JSON text (sorted keys, no blanks) and its SHA-256 in hex."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _load(record: type[Record], document: Any) -> tuple[Record | None, list[Problem]]:
    try:
        return form_for(record).load(document), []
    except ValidationError as error:
        return None, list(_problems(error.messages, ""))


def _problems(messages: Any, path: str) -> Iterator[Problem]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from _problems(inner, path + step)
    elif isinstance(messages, list):
        for inner in messages:
            yield from _problems(inner, path)
    else:
        yield Problem(getattr(messages, "code", "invalid"), path, str(messages))
