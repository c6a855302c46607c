"""People of the demo: one of each role, with a password that everybody knows; never in production."""

from catalog.access import SYSTEM
from catalog.access.base import Role, SiteRole
from catalog.bootstrap import Catalog
from catalog.errors import NotFound

PASSWORD = "open demo for everybody"
AGENCY, TITLE = "demo-agency", "Agency of the demo"
MEMBERS = {
    "editor@demo.example.kz": ("Aigul, editor", Role.EDITOR),
    "publisher@demo.example.kz": ("Dana, publisher", Role.PUBLISHER),
    "admin@demo.example.kz": ("Marat, administrator", Role.ADMINISTRATOR),
}
STAFF = {
    "steward@demo.example.kz": ("Saule, steward", SiteRole.STEWARD),
    "auditor@demo.example.kz": ("Timur, auditor", SiteRole.AUDITOR),
    "operator@demo.example.kz": ("Olga, administrator of the site", SiteRole.ADMINISTRATOR),
}
READERS = {"reader@demo.example.kz": "Gulnar, reader"}


def ensure_people(catalog: Catalog) -> tuple[str, ...]:
    """Add who is not there yet and return all addresses; nobody in production."""
    if catalog.settings.environment == "production":
        return ()
    people = catalog.people
    people.ensure_agency(SYSTEM, AGENCY, TITLE, "en")
    for email, (name, role) in MEMBERS.items():
        if _added(catalog, email, name):
            people.give(SYSTEM, email, AGENCY, role)
    for email, (name, site_role) in STAFF.items():
        if _added(catalog, email, name):
            people.give_site(SYSTEM, email, site_role)
    for email, name in READERS.items():
        _added(catalog, email, name)
    return (*MEMBERS, *STAFF, *READERS)


def _added(catalog: Catalog, email: str, name: str) -> bool:
    try:
        catalog.people.found(email)
    except NotFound:
        catalog.people.add(SYSTEM, email, name, PASSWORD)
        return True
    return False
