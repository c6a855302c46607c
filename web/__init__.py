"""How people and programs ask: pages, API, feeds and downloads, all through the catalogue."""

from typing import TYPE_CHECKING

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from catalog.settings import Settings

if TYPE_CHECKING:
    from catalog.bootstrap import Catalog

MAX_BODY = 64 * 1024
"""Bytes of a request's body; no page takes more than a short form yet."""
GATHER = 1.0
"""Seconds at least between two commits of the index, however many publish."""
COMPRESSED = (
    "text/html", "text/css", "text/plain", "text/turtle", "text/xml", "application/json", "application/ld+json",
    "application/problem+json", "application/rdf+xml", "application/atom+xml", "application/xml",
)  # fmt: skip


def create_app(settings: Settings | None = None, catalog: "Catalog | None" = None) -> Flask:
    """Return the site over a catalogue; one is opened by the settings (those of the environment) where none is given."""
    from web import api, bodies, errors, forgery, identity, languages, machines, pages, security, template_tools
    from web.assets import HASHED, STATIC, load_assets

    if catalog is None:
        from catalog.bootstrap import open_catalog

        catalog = open_catalog(settings, gather=GATHER)
    chosen = catalog.settings
    app = Flask(__name__, static_folder=None)
    app.extensions["qoima-catalog"] = catalog
    app.config.update(
        SECRET_KEY=chosen.secret_key, MAX_CONTENT_LENGTH=MAX_BODY, SITE_TITLE=chosen.site_title,
        PUBLIC_URL=chosen.public_url.rstrip("/"), CONTACT=chosen.contact,
        COMPRESS_MIMETYPES=list(COMPRESSED), COMPRESS_STREAMS=False, BABEL_TRANSLATION_DIRECTORIES="translations",
    )  # fmt: skip
    app.url_map.strict_slashes = False
    for blueprint in (*pages.blueprints, *machines.blueprints):
        app.register_blueprint(blueprint)
    api.init_app(app)
    names, secure = frozenset(blueprint.name for blueprint in pages.blueprints), chosen.public_url.startswith("https://")
    identity.init_app(app, secure=secure)
    bodies.init_app(app)
    forgery.init_app(app)
    security.init_app(app, secure=secure)
    languages.init_app(app, names, chosen.default_language)
    pages.init_app(app, names)
    Compress(app)
    errors.init_app(app, names)
    template_tools.init_app(app, load_assets())
    if chosen.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=STATIC, prefix="static/", immutable_file_test=HASHED, max_age=300,
        add_headers_function=lambda headers, path, url: security.protect_file(headers),
    )  # fmt: skip
    return app
