"""Which forms a dataset is offered in: one table for addresses, `Accept` and `<link rel=alternate>`."""

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept

from schemas.profiles import profiles
from schemas.profiles.base import Format, Profile

CANONICAL = "dcat"
"""The profile whose forms stand right behind the name, as in `/dataset/<name>.ttl`."""

CHECKED = frozenset({"croissant"})
"""Profiles that are offered only after their documents were tried out; each has a view of its own."""


@dataclass(frozen=True, slots=True)
class Export:
    """One form of a dataset. `suffix` follows `/dataset/<name>`; `title` is for people."""

    profile: Profile
    format: Format
    suffix: str
    title: str


@lru_cache
def exports() -> tuple[Export, ...]:
    """Return every form that any dataset is offered in, those of the canonical profile first."""
    return tuple(export for export in forms() if export.profile.name not in CHECKED)


@lru_cache
def forms() -> tuple[Export, ...]:
    """Return every form that there is, those of the canonical profile first."""
    found = [_export(profile, form) for profile in profiles().values() for form in profile.formats]
    return tuple(sorted(found, key=lambda export: (export.profile.name != CANONICAL, export.suffix)))


def _export(profile: Profile, form: Format) -> Export:
    if profile.name == CANONICAL:
        return Export(profile, form, f".{form.extension}", f"DCAT-AP ({form.extension})")
    return Export(profile, form, f"/{profile.name}.{form.extension.rpartition('.')[2]}", profile.title)


def by_suffix(suffix: str) -> Export | None:
    """Return the form that stands at an address."""
    return next((export for export in exports() if export.suffix == suffix), None)


def wanted(accept: MIMEAccept) -> Export | None:
    """Return the form that a client asks for by `Accept`, None when a page serves it as well or better."""
    offered = {export.format.media_type: export for export in reversed(exports())}
    best = accept.best_match(["text/html", *offered], default="text/html")
    return offered.get(best) if best and accept[best] > accept["text/html"] else None
