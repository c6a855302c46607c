"""The native JSON API below `/api/v1/`, described by OpenAPI 3.1 at `/api/v1/openapi.json`."""

from flask import Flask, Response, request
from flask_smorest import Api

from web.api import (
    access,
    access_inbox,
    agencies,
    ckan,
    datasets,
    drafts,
    harvests,
    quality,
    submissions,
    suggestions,
    versions,
    viewer,
    wanted,
)
from web.catalog import catalog


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
    modules = (
        datasets, suggestions, submissions, drafts, agencies, harvests, quality, versions, viewer, access, access_inbox, wanted,
        ckan,
    )  # fmt: skip
    for module in modules:
        api.register_blueprint(module.blueprint)
    app.extensions["qoima-api"] = api
    app.after_request(_count)


def _count(response: Response) -> Response:
    """Count a question about a dataset that was answered; pages of people are none."""
    if response.status_code == 200 and request.method == "GET" and (name := _asked()):
        catalog().download_counts.note_question(name[:100])
    return response


def _asked() -> str:
    """Return the dataset that a question is about, as each of the APIs names it; empty where it is about none."""
    if request.blueprint in ("api_datasets", "api_versions", "api_quality"):
        return str((request.view_args or {}).get("name", ""))
    return request.args.get({"viewer": "dataset", "ckan": "id"}.get(request.blueprint or "", ""), "")
