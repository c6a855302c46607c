"""Members of an agency: seen by members, invited, given another role and removed by its administrators."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.access import Action, decide
from catalog.access.base import Role
from catalog.drafting.seeing import as_record
from catalog.errors import Invalid
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog
from web.identity import signed_in
from web.languages import current_language
from web.pages.account.answers import Answer, Errors, tried
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("members", __name__, url_prefix="/organization/<name>/members"), Lets.STAFF, changes=Action.MANAGE.value
)


@blueprint.get("/")
def index(name: str) -> str:
    """List the members."""
    return _page(name, {})


@blueprint.post("/")
def invite(name: str) -> Answer:
    """Invite somebody; where no e-mails are sent, the link is shown to be handed over."""
    actor = signed_in()

    def change() -> Response:
        link = catalog().inviting.invite(actor, request.form.get("email", ""), name, _role(), current_language())
        shown = "" if catalog().mailing.ready else link
        return Response(_page(name, {}, request.form.get("email", "")[:254], shown), mimetype="text/html")

    return tried(change, lambda errors: _page(name, errors), "email")


@blueprint.post("/<id>/role")
def change_role(name: str, id: str) -> Answer:
    """Give a member another role."""
    actor = signed_in()

    def change() -> Response:
        catalog().people.change_role(actor, id, name, _role())
        return redirect(url_for("members.index", name=name), 303)

    return tried(change, lambda errors: _page(name, errors), "members")


@blueprint.post("/<id>/remove")
def remove(name: str, id: str) -> Answer:
    """Remove a member; what they could do for the agency ends at once, with tokens too."""
    actor = signed_in()

    def change() -> Response:
        catalog().people.remove(actor, id, name)
        return redirect(url_for("members.index", name=name), 303)

    return tried(change, lambda errors: _page(name, errors), "members")


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        message = "Choose a role."
        raise Invalid(message, [Problem("bad-role", "/role", message)]) from None


def _page(name: str, errors: Errors, invited: str = "", link: str = "") -> str:
    actor = signed_in()
    agency, found = catalog().people.members(actor, name)
    manages = decide(actor, Action.MANAGE, as_record(name)).allowed
    return render_template(
        "members.html", agency=agency, members=found, manages=manages, errors=errors, invited=invited, link=link,
        email=request.form.get("email", "")[:254] if errors else "", roles=list(Role), role_words=sentences.ACCOUNT_ROLES,
    )  # fmt: skip
