"""Where a page can be had otherwise: in another language, and for programs."""

from dataclasses import dataclass

from flask import current_app

from catalog.reading import Entry
from schemas.profiles.croissant.context import MEDIA_TYPE
from schemas.texts import INTERFACE_LANGUAGES
from web.catalog import catalog, current_actor
from web.languages import address
from web.negotiation import exports


@dataclass(frozen=True, slots=True)
class Alternate:
    """One `<link rel=alternate>`: a full address with its media type and title."""

    href: str
    type: str
    title: str


def dataset_alternates(entry: Entry) -> tuple[Alternate, ...]:
    """Return every export of a dataset, Croissant once it was tried out, and its record in the JSON API."""
    site, name = current_app.config["PUBLIC_URL"], entry.dataset.name
    forms = [Alternate(f"{site}/dataset/{name}{e.suffix}", e.format.media_type, e.title) for e in exports()]
    if catalog().croissants.offered(current_actor(), entry):
        forms.append(Alternate(f"{site}/dataset/{name}/croissant.jsonld", MEDIA_TYPE, "Croissant"))
    return (*forms, Alternate(f"{site}/api/v1/datasets/{name}", "application/json", "API"))


def translations() -> list[tuple[str, str]]:
    """Return language and full address of this page in every language, the default one as `x-default` too."""
    site = current_app.config["PUBLIC_URL"]
    found = [(code, site + address(code, query="")) for code in INTERFACE_LANGUAGES]
    return [*found, ("x-default", site + address(current_app.config["QOIMA_LANGUAGE"], query=""))]
