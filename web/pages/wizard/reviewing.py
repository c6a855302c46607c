"""Review: sent to a publisher, sent back with a reason, approved, published now or at a time that is still to come."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import CatalogError, Conflict, Invalid
from catalog.records import Draft
from schemas.dates import utc
from schemas.problems import Problem
from web.catalog import catalog, current_actor
from web.pages.wizard import blueprint
from web.pages.wizard.checking import checked
from web.pages.wizard.shown import opened, revision
from web.surfaces import Lets, surface


@blueprint.post("/dataset/draft/<id>/submit")
def submit(id: str) -> Response:
    """Send a draft to the publishers of its agency."""
    return _done(id, lambda draft: catalog().reviewing.submit(current_actor(), id, revision(), _because()) and "")


@blueprint.post("/dataset/draft/<id>/take-back")
def take_back(id: str) -> Response:
    """Go on editing what was submitted or scheduled."""
    return _done(id, lambda draft: catalog().reviewing.take_back(current_actor(), id, revision()) and "")


@blueprint.post("/dataset/draft/<id>/send-back")
@surface(Lets.STAFF, changes="dataset:review")
def send_back(id: str) -> Response:
    """Give a draft back to its authors with a reason."""
    comment = request.form.get("comment", "")[:2000]
    return _done(id, lambda draft: catalog().reviewing.send_back(current_actor(), id, revision(), comment) and "")


@blueprint.post("/dataset/draft/<id>/publish")
@surface(Lets.STAFF, changes="dataset:publish")
def publish(id: str) -> Response:
    """Publish a draft; with warnings that needs a reason."""

    def release(draft: Draft) -> str:
        catalog().reviewing.require_reason(current_actor(), id, _because())
        name = catalog().reviewing.approve(current_actor(), id, revision(), _because())
        return url_for("dataset.show", name=name)

    return _done(id, release)


@blueprint.post("/dataset/draft/<id>/schedule")
@surface(Lets.STAFF, changes="dataset:publish")
def schedule(id: str) -> Response:
    """Publish a draft later."""

    def fix(draft: Draft) -> str:
        catalog().reviewing.require_reason(current_actor(), id, _because())
        catalog().reviewing.schedule(current_actor(), id, revision(), _due(), _because())
        return ""

    return _done(id, fix)


def _done(id: str, act: Callable[[Draft], object]) -> Response:
    draft = opened(id)
    try:
        to = act(draft)
    except (Invalid, Conflict) as error:
        return checked(opened(id), 409 if isinstance(error, Conflict) else 400, _told(error))
    return redirect(str(to or url_for("wizard.check", id=id)), 303)


def _told(error: CatalogError) -> CatalogError:
    """Return the one problem that a list of problems of the draft does not show by itself."""
    own = [one for one in getattr(error, "problems", ()) if one.path in ("/comment", "/due", "/because")]
    return Invalid(own[0].message) if own else error


def _because() -> str:
    return request.form.get("because", "").strip()[:2000]


def _due() -> str:
    """Return the time of a form (in UTC) as ISO 8601; raises Invalid."""
    try:
        return utc(datetime.fromisoformat(request.form.get("due", "")).replace(tzinfo=UTC))
    except ValueError:
        message = "Give a day and a time, such as 2026-11-23T09:00."
        raise Invalid(message, [Problem("not-a-time", "/due", message)]) from None
