"""Pages for people, one module each with a `blueprint`; they are listed here."""

from flask import Blueprint, Flask, Response, request

from web.pages import (
    about,
    account,
    agencies,
    alternates,
    api_docs,
    appearance,
    audit_log,
    dataset,
    file,
    harvests,
    home,
    listing,
    machine_learning,
    members,
    metadata,
    requests,
    search,
    staff,
    versions,
    wanted,
    wizard,
)
from web.pages.quality import blueprint as quality

blueprints: tuple[Blueprint, ...] = tuple(
    module.blueprint
    for module in (
        home, search, dataset, file, versions, agencies, harvests, api_docs, about, appearance, account, members, wizard, staff,
        requests, wanted,
    )
)  # fmt: skip

blueprints += (quality, audit_log.blueprint)


def init_app(app: Flask, pages: frozenset[str]) -> None:
    """Let browsers keep pages and ask whether they changed; what the switch for weak sight shows is the reader's own."""
    appearance.init_app(app)
    app.jinja_env.globals.update(**listing.tools(), **metadata.tools(), **machine_learning.tools(), **wizard.tools())
    app.jinja_env.globals.update(translations=alternates.translations, **staff.tools())

    @app.after_request
    def keep(response: Response) -> Response:
        if request.blueprint in pages and response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.vary.update(("Cookie", "Accept-Encoding"))
            response.headers.setdefault("Cache-Control", "no-cache")
            if "ETag" not in response.headers:
                response.add_etag(weak=True)
            response.make_conditional(request)
        return response
