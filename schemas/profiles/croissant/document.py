"""A dataset as one Croissant document: what it is, who answers for it, under which terms, and how its tables load."""

from collections.abc import Iterable, Iterator
from typing import Any

from schemas.dataset import Dataset
from schemas.identifiers import slug
from schemas.profiles.base import WriteContext
from schemas.profiles.croissant import context as terms
from schemas.profiles.croissant.context import Ids, filled, language_map
from schemas.profiles.croissant.files import locked
from schemas.profiles.croissant.rai import statements
from schemas.profiles.croissant.tables import Tables
from schemas.profiles.croissant.usage import usage_info
from schemas.texts import pick
from schemas.vocabularies import vocabulary


def croissant(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    """Return the document. Where nothing is published of the files, they are named without a fact about their bytes."""
    page, published = context.dataset_url(dataset.name), context.published
    made: dict[str, Any] = {
        "@context": terms.context(context.language),
        "@type": "sc:Dataset",
        "conformsTo": [terms.CROISSANT, terms.RAI],
        "name": language_map(dataset.title),
        "description": language_map(dataset.description) or language_map(dataset.title),
        "url": page,
        "license": _licences(dataset),
        "creator": list(_creators(dataset)),
        "publisher": _agency(dataset, context),
        "datePublished": dataset.issued or dataset.modified or published.at,
        "dateModified": dataset.modified or published.at,
        "version": published.version,
        "sdVersion": f"{published.revision}.0.0" if published.revision else "",
        "citeAs": _citation(dataset, context),
        "keywords": list(dict.fromkeys(word for words in dataset.keyword.values() for word in words)),
        "inLanguage": [_language(code) for code in dataset.language],
        "sameAs": list(dict.fromkeys(one for one in (dataset.uri, dataset.landing_page) if one.startswith("http"))),
        "usageInfo": usage_info(dataset.access, page),
        "prov:wasDerivedFrom": [{"@id": one} for one in dataset.source if one.startswith("http") and " " not in one],
        **statements(dataset.ml.responsible_ai, context.language),
    }
    return filled(made | _files(dataset, context))


def _files(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    if context.published.files:
        tables = Tables(dataset, context.published, context.language)
        return {"distribution": tables.file_objects, "recordSet": tables.record_sets}
    ids = Ids()
    named = [locked(ids.take(one.id, otherwise="file"), dataset.name, one, context) for one in dataset.distribution]
    return {"distribution": named, "isLiveDataset": True}  # nothing pins the bytes, so no checksum is owed


def _licences(dataset: Dataset) -> list[Any]:
    """Return the licences by address, or the terms in words where there is none."""
    known = list(dict.fromkeys(one.license for one in dataset.distribution if one.license))
    said = next((one for one in (dataset.rights, *(d.rights for d in dataset.distribution)) if one), {})
    return known or ([{"@type": "sc:CreativeWork", "name": language_map(said)}] if said else [])


def _creators(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Yield who made the dataset; the publisher where nobody else is named."""
    made = [one for one in dataset.contributor if one.role in ("creator", "author") and one.name]
    for one in made:
        yield filled({"@type": "sc:Organization", "name": language_map(one.name), "url": one.url, "email": one.email})
    if not made and dataset.publisher:
        titled = language_map(dataset.publisher.title) or dataset.publisher.name
        yield filled({"@type": "sc:Organization", "name": titled, "url": dataset.publisher.homepage})


def _agency(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    if not dataset.publisher:
        return {}
    titled = language_map(dataset.publisher.title) or dataset.publisher.name
    return {"@type": "sc:Organization", "name": titled, "url": context.agency_url(dataset.publisher.name)}


def _language(iri: str) -> str:
    known = vocabulary("languages").find(iri)
    return known.code if known else iri


def _citation(dataset: Dataset, context: WriteContext) -> str:
    """Return a BibTeX entry; braces and backslashes are taken out of its values."""
    title = pick(dataset.title, context.language).words
    author = pick(dataset.publisher.title, context.language).words or dataset.publisher.name if dataset.publisher else ""
    rows = (
        ("title", title), ("author", author), ("year", (dataset.issued or dataset.modified or context.published.at)[:4]),
        ("version", context.published.version), ("url", context.dataset_url(dataset.name)),
    )  # fmt: skip
    return f"@misc{{{slug(dataset.name)}, {_bibtex(rows)}}}"


def _bibtex(rows: Iterable[tuple[str, str]]) -> str:
    plain = str.maketrans("", "", "{}\\\n")
    return ", ".join(f"{key} = {{{value.translate(plain)}}}" for key, value in rows if value)
