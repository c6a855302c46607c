"""What a dataset page shows of the description itself: the metadata table, keywords, licence links, citation."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup, escape

from catalog.reading import Entry
from catalog.records import FileState
from schemas.dataset import Dataset
from schemas.texts import Keywords, pick
from schemas.vocabularies import vocabulary
from web import sentences
from web.charts import degrees
from web.languages import current_language
from web.pages.facts import File
from web.template_tools import date, label, period, say, sentence, size

KEYWORDS = 40


def tools() -> dict[str, Any]:
    """Return what templates call to write a description."""
    return {
        "sections": sections, "metadata_of": metadata_of, "keywords": keywords, "licence_link": licence_link, "bibtex": bibtex,
        "mail_of": mail_of, "host_of": host_of, "web_link": web_link, "code_of": code_of, "check_words": check_words,
        "note_words": note_words, "degrees": degrees, "access_words": sentences.ACCESS, "purpose_words": sentences.PURPOSES,
        "measure_words": sentences.MEASURES,
        "duty_words": sentences.DUTIES, "roles": sentences.ROLES, "run_states": sentences.RUN_STATES,
        "table_problems": sentences.TABLE_PROBLEMS,
        "states": sentences.STATES, "severities": sentences.SEVERITIES, "count_words": sentences.COUNTS,
    }  # fmt: skip


def sections() -> tuple[tuple[str, str], ...]:
    """Return the sections of a dataset page in their order, with their headings."""
    return (
        ("introduction", _("Introduction and purpose")),
        ("metadata", _("Metadata structure")),
        ("statistics", _("Statistics and distributions")),
        ("structure", _("Data structure")),
        ("sample", _("Sample")),
        ("splits", _("Splits")),
        ("model", _("Model description")),
        ("responsible", _("Responsible AI")),
        ("files", _("Files")),
        ("coverage", _("Coverage and method")),
        ("versions", _("Version history")),
        ("history", _("Data history")),
        ("contact", _("Construction organisation and contact")),
        ("access", _("Access and eligibility")),
        ("citation", _("Use and citation")),
        ("ask", _("Report a problem, ask")),
    )


def metadata_of(dataset: Dataset, files: tuple[File, ...], entry: Entry) -> Iterator[tuple[str, Markup | str]]:
    """Yield the rows of the metadata table; a value that nobody stated is empty."""
    ml, annotation = dataset.ml, dataset.ml.annotation
    sizes = [file.byte_size for file in files if file.byte_size]
    yield _("Data domain"), ml.domain or _joined(label("themes", code) for code in dataset.theme)
    yield _("Data type"), ml.data_type
    yield _("Format"), _joined(dict.fromkeys(file.format for file in files if file.format))
    yield _("Source"), _joined(_linked(url) for url in dataset.source) or _linked(dataset.landing_page)
    yield _("Labelling type"), annotation.labelling_type if annotation else ""
    yield _("Labelling format"), annotation.labelling_format if annotation else ""
    yield _("Service that uses the data"), say(ml.service, tag=True)
    yield _("Build year"), ml.build_year
    yield _("Volume"), say(ml.volume, tag=True) or (size(sum(sizes)) if sizes else "")
    yield _("Licence"), _joined(licence_link(code) for code in dict.fromkeys(f.distribution.license for f in files) if code)
    yield _("Period"), _joined(period(one) for one in dataset.temporal)
    yield _("Coverage"), _joined(say(one.name) or one.uri for one in dataset.spatial)
    yield _("Update frequency"), label("frequencies", dataset.accrual_periodicity) if dataset.accrual_periodicity else ""
    yield _("Language"), _joined(label("languages", code) for code in dataset.language)
    yield _("Issued"), date(dataset.issued) if dataset.issued else ""
    yield _("Last changed"), date(dataset.modified) if dataset.modified else ""
    yield _("Identifier"), _joined(filter(None, (dataset.identifier, *dataset.other_identifier)))
    yield _("Conforms to"), _joined(_linked(url) for url in dataset.conforms_to)


def keywords(given: Keywords) -> list[tuple[str, str]]:
    """Return keywords with their language, those of the reader where there are any."""
    own = given.get(current_language())
    pairs = [(current_language(), words) for words in own] if own else [(c, w) for c, ws in given.items() for w in ws]
    return pairs[:KEYWORDS]


def licence_link(code: str) -> Markup:
    """Return a licence in words, linked to its text where its IRI is an address."""
    term = vocabulary("licences").find(code)
    url = web_link(term.iri if term else code)
    words = label("licences", code)
    return Markup('<a href="{}" rel="license noopener">{}</a>').format(url, words) if url else words


def code_of(name: str, iri: str) -> str:
    """Return the code under which a facet knows an IRI."""
    term = vocabulary(name).find(iri)
    return term.code if term else iri.rsplit("/", 1)[-1]


def check_words(file: File) -> str:
    """Return what came out of the last check of a file."""
    record = file.record if file.allowed else None
    if file.held:
        words: str = _state(FileState.HELD)
    elif record is None:
        words = _("not held here") if file.allowed else _("released with access only")
    elif record.valid is None:
        words = _state(record.state)
    else:
        words = _("valid") if record.valid else _("with errors")
    return words


def note_words(note: Any) -> str:
    """Return a note of the reader of tables as words."""
    return str(note.get("message", "")) if isinstance(note, dict) else str(getattr(note, "message", note))


def bibtex(dataset: Dataset, updated: str) -> str:
    """Return a BibTeX entry; braces and backslashes of titles are taken out."""
    publisher = pick(dataset.publisher.title, current_language()).words if dataset.publisher else ""
    title = pick(dataset.title, current_language()).words
    rows = {
        "title": title, "author": publisher and f"{{{_plain(publisher)}}}", "year": updated[:4], "version": dataset.version,
        "url": f"{current_app.config['PUBLIC_URL']}/dataset/{dataset.name}",
    }  # fmt: skip
    lines = [f"  {key} = {{{value if key == 'author' else _plain(value)}}}" for key, value in rows.items() if value]
    return f"@misc{{{dataset.name},\n" + ",\n".join(lines) + "\n}"


def mail_of(dataset: Dataset) -> str:
    """Return the address to write to about a dataset, empty where none is named."""
    named = [one.email for one in dataset.contact_point] + ([dataset.publisher.email] if dataset.publisher else [])
    return next((mail.removeprefix("mailto:") for mail in named if "@" in mail), "")


def host_of(url: str) -> str:
    """Return the host of an address."""
    return urlsplit(url).hostname or url


def web_link(url: str) -> str:
    """Return an address that may be linked, empty for anything but http, https and ftp."""
    return url if url.lower().startswith(("http://", "https://", "ftp://")) else ""


def _state(state: str) -> str:
    return sentence(sentences.FILE_STATES, state)


def _linked(words: str) -> Markup:
    url = web_link(words)
    return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(url, words) if url else escape(words)


def _joined(parts: Iterable[Any]) -> Markup:
    return Markup(", ").join(part for part in parts if part)


def _plain(words: str) -> str:
    return words.translate({ord(sign): None for sign in "{}\\"})
