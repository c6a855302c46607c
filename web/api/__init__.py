"""The native JSON API below `/api/v1/`, described by OpenAPI 3.1 at `/api/v1/openapi.json`."""

from flask import Flask
from flask_smorest import Api

from web.api import agencies, ckan, datasets, drafts, harvests, quality, submissions, suggestions, versions, viewer


class _Api(Api):
    """Leaves errors to `web.errors`, which knows pages and problem documents."""

    def _register_error_handlers(self, *, with_prefix: bool = False) -> None:
        pass


def init_app(app: Flask) -> None:
    """Register the API and its description."""
    app.config.update(
        API_TITLE="Qoima",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": "Datasets of government agencies, ready for machine learning."}},
    )
    api = _Api(app)
    for module in (datasets, suggestions, submissions, drafts, agencies, harvests, quality, versions, viewer, ckan):
        api.register_blueprint(module.blueprint)
    app.extensions["qoima-api"] = api
