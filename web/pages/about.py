"""About the catalogue: accessibility, privacy, and the licences of what it is made with."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from web.surfaces import Lets, declared

blueprint = declared(Blueprint("about", __name__), Lets.WORDS)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something made by others that the browser gets."""

    name: str
    version: str
    licence: str
    holder: str
    url: str


NOTICES = (
    Notice("GOV.UK Frontend", "6.3.0", "MIT", "Crown Copyright (Government Digital Service)", "https://github.com/alphagov/govuk-frontend"),
    Notice("Leaflet", "1.9.4", "BSD-2-Clause", "Volodymyr Agafonkin; CloudMade", "https://github.com/Leaflet/Leaflet"),
    Notice("world-atlas", "2.0.2", "ISC", "Michael Bostock; Natural Earth (public domain)", "https://github.com/topojson/world-atlas"),
)


@blueprint.get("/about")
def show() -> str:
    """Show the page."""
    return render_template("about.html", notices=NOTICES)
