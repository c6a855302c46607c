"""What members of an agency ask of other agencies: confirmed or rejected by its publishers."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Invalid, NotFound
from catalog.granting.records import AccessRequest
from catalog.granting.sharing import AGENCY
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog
from web.identity import signed_in
from web.pages.requests import blueprint, title_of
from web.surfaces import Lets, surface


@blueprint.get("/organization/<agency>/requests/outgoing/<id>")
@surface(Lets.STAFF)
def outgoing(agency: str, id: str) -> str:
    """Show a request of a member with its safeguards."""
    return _shown(agency, id)


@blueprint.post("/organization/<agency>/requests/outgoing/<id>/<any(confirm, reject):do>")
@surface(Lets.STAFF, changes="dataset:publish")
def authorise(agency: str, id: str, do: str) -> Response | tuple[str, int]:
    """Confirm or reject a request of a member."""
    _found(agency, id)
    try:
        if do == "confirm":
            catalog().confirming.confirm(signed_in(), id)
        else:
            catalog().confirming.reject(signed_in(), id, request.form.get("because", "")[:4000])
    except Invalid as error:
        return _shown(agency, id, error.problems), 400
    return redirect(url_for("requests.outgoing", agency=agency, id=id), 303)


def _found(agency: str, id: str) -> AccessRequest:
    found = catalog().confirming.get(signed_in(), id)
    if found.behalf != AGENCY + agency:
        raise NotFound("There is no such request.")
    return found


def _shown(agency: str, id: str, problems: tuple[Problem, ...] = ()) -> str:
    found = _found(agency, id)
    return render_template(
        "requests/confirm.html", agency=agency, request_=found, states=sentences.REQUEST_STATES, wrong=problems,
        words=sentences.REQUEST_PROBLEMS, title=title_of(found.dataset),
    )  # fmt: skip
