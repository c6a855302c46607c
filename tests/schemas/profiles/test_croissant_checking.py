"""The strict check finds what mlcroissant lets pass and what then fails, or is lost, at loading."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from schemas.profiles.croissant.checking import problems
from schemas.profiles.croissant.context import context

FIELD = {
    "@type": "cr:Field", "@id": "wells/id", "name": "id", "dataType": "sc:Integer",
    "source": {"fileObject": {"@id": "wells.parquet"}, "extract": {"column": "id"}},
}  # fmt: skip
DOCUMENT: dict[str, Any] = {
    "@context": context("en"), "@type": "sc:Dataset", "conformsTo": ["http://mlcommons.org/croissant/1.1"],
    "name": "Wells", "description": "Wells.", "url": "https://a.example/wells", "license": ["https://a.example/licence"],
    "creator": [{"@type": "sc:Organization", "name": "Office"}], "datePublished": "2025-01-01", "version": "1.0.0",
    "distribution": [{
        "@type": "cr:FileObject", "@id": "wells.parquet", "name": "wells.parquet", "sha256": "0a" * 32,
        "contentUrl": "https://a.example/wells.parquet", "encodingFormat": "application/x-parquet",
    }],
    "recordSet": [{"@type": "cr:RecordSet", "@id": "wells", "name": "Wells", "field": [FIELD]}],
}  # fmt: skip
Change = Callable[[dict[str, Any]], Any]


def file(**values: Any) -> Change:
    return lambda document: document["distribution"][0].update(values)


def field(**values: Any) -> Change:
    return lambda document: document["recordSet"][0]["field"][0].update(values)


def record_set(**values: Any) -> Change:
    return lambda document: document["recordSet"][0].update(values)


def whole(**values: Any) -> Change:
    return lambda document: document.update(values)


WRONG: dict[str, tuple[Change, str]] = {
    "no name": (whole(name=""), "missing"),
    "no licence": (whole(license=[]), "missing"),
    "no creator": (whole(creator=None), "missing"),
    "no files": (whole(distribution=[], recordSet=[]), "missing"),
    "another vocabulary": (whole(**{"@context": context("en") | {"@vocab": "http://schema.org/"}}), "context"),
    "context by address": (whole(**{"@context": "https://schema.org/"}), "context"),
    "only RAI": (whole(conformsTo=["http://mlcommons.org/croissant/RAI/1.0"]), "version"),
    "several types": (whole(**{"@type": ["sc:Dataset", "sc:Thing"]}), "type"),
    "version in words": (whole(version="latest"), "form"),
    "a name of RAI that only the library knows": (whole(**{"rai:dataCollectionTimeFrame": "2024"}), "rai"),
    "hash in capitals": (file(sha256="0A" * 32), "file-hash"),
    "hash with prefix": (file(sha256="sha256:" + "0a" * 32), "file-hash"),
    "no hash": (lambda document: document["distribution"][0].pop("sha256"), "file-hash"),
    "a second hash": (file(md5="0a" * 16), "file-hash"),
    "a relative address": (file(contentUrl="wells.parquet"), "file-address"),
    "the media type of IANA": (file(encodingFormat="application/vnd.apache.parquet"), "source-file"),
    "a blank in an id": (record_set(**{"@id": "my wells"}), "id"),
    "one id twice": (lambda document: document["recordSet"][0]["field"].append(dict(FIELD)), "repeated-id"),
    "an unknown type": (field(dataType="sc:Number"), "data-type"),
    "a field that reads nothing": (lambda document: document["recordSet"][0]["field"][0].pop("source"), "source"),
    "a source and a value": (field(value=1), "source"),
    "a file that is not there": (field(source={"fileObject": {"@id": "x"}, "extract": {"column": "id"}}), "source-file"),
    "no column": (field(source={"fileObject": {"@id": "wells.parquet"}}), "source-column"),
    "a reference to nothing": (field(references={"field": {"@id": "towns/id"}}), "reference"),
    "a key of another table": (record_set(key={"@id": "towns/id"}), "key"),
    "rows with other keys": (record_set(data=[{"id": 1}]), "data"),
    "no fields": (record_set(field=[]), "record-set"),
}


def test_a_whole_document_is_right():
    assert problems(DOCUMENT) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_would_be_lost_or_fail_is_found(name):
    change, code = WRONG[name]
    document = copy.deepcopy(DOCUMENT)
    change(document)
    assert code in {problem.code for problem in problems(document)}


def test_a_live_dataset_owes_no_checksum():
    document = copy.deepcopy(DOCUMENT)
    del document["distribution"][0]["sha256"]
    assert problems(document | {"isLiveDataset": True}) == []
