"""Every route says what it lets out and which action decides; a new one that says nothing fails here."""

from pathlib import Path

from flask import Blueprint, Flask

from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from web import create_app
from web.cli import main
from web.surfaces import Lets, commands, declared, routes, surface, undeclared


def test_every_route_of_the_site_is_declared(tmp_path: Path) -> None:
    catalog = open_catalog(Settings(home=tmp_path))
    try:
        assert undeclared(routes(create_app(catalog=catalog))) == []
    finally:
        catalog.close()


def small_site() -> Flask:
    app, pages = Flask("small"), declared(Blueprint("pages", "small"), Lets.METADATA)
    pages.add_url_rule("/page", "page", lambda: "")
    pages.add_url_rule("/file", "file", surface(Lets.BYTES)(lambda: ""))
    pages.add_url_rule("/order", "order", lambda: "", methods=["POST"])
    app.register_blueprint(pages)
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    return app


def test_a_route_that_says_nothing_and_one_that_changes_without_saying_what_are_found() -> None:
    assert [line.split()[0] for line in undeclared(routes(small_site()))] == ["/forgotten", "/order", "/static/<path:filename>"]


def test_a_view_says_more_than_its_blueprint() -> None:
    told = {one.address: one.actions for one in routes(small_site())}
    assert told["/page"] == ("dataset:read",)
    assert told["/file"] == ("dataset:download",)


def test_commands_act_as_the_operator() -> None:
    found = {one.name: one.actions for one in commands(main)}
    assert found["qoima harvest run"] == ("system",)
