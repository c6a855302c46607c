"""`qoima account`: accounts, roles and tokens from the command line."""

import secrets
import sys

import click

from catalog.access import SYSTEM
from catalog.access.base import Role, SiteRole
from catalog.accounts.records import SCOPES, Account
from catalog.bootstrap import Catalog
from catalog.errors import NotFound
from web.cli.session import out, print_json, session


@click.group()
def account() -> None:
    """Accounts, their roles and tokens."""


@account.command()
@click.argument("email")
@click.option("--agency", help="Agency that the account works for; made where there is none of this name.")
@click.option("--agency-title", default="", help="Title of an agency that is made.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MEMBER.value, show_default=True)
@click.option("--site-role", type=click.Choice([role.value for role in SiteRole]), help="Role for the whole site.")
@click.option("--name", default="", help="Name of the person.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; one is drawn otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(
    email: str, agency: str | None, agency_title: str, role: str, site_role: str | None, name: str, password_stdin: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Add an account, or give the account of EMAIL another role."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else "-".join(secrets.token_hex(3) for _ in range(4))
    with session() as catalog:
        person, new = _ensured(catalog, email, name, password)
        if agency:
            catalog.people.ensure_agency(SYSTEM, agency, agency_title, catalog.settings.default_language)
            catalog.people.give(SYSTEM, email, agency, Role(role))
        if site_role:
            catalog.people.give_site(SYSTEM, email, SiteRole(site_role))
    told = {"id": person.id, "email": person.email, "agency": agency or "", "role": role if agency else ""}
    drawn = {"password": password} if new and not password_stdin else {}
    if as_json:
        print_json({**told, **drawn})
        return
    out.print(f"{'Added' if new else 'Changed'} {person.email}" + (f", {role} of {agency}" if agency else ""), markup=False)
    if drawn:
        out.print(f"Password, shown this once: {password}", markup=False)


def _ensured(catalog: Catalog, email: str, name: str, password: str) -> tuple[Account, bool]:
    try:
        return catalog.people.found(email), False
    except NotFound:
        return catalog.people.add(SYSTEM, email, name, password), True


@account.command()
@click.argument("email")
@click.option("--agency", required=True, help="Agency that the person is invited to.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MEMBER.value, show_default=True)
@click.option("--language", default="", type=click.Choice(["", "kk", "ru", "en"]), help="Language of the e-mail and of the page.")
def invite(email: str, agency: str, role: str, language: str) -> None:
    """Invite EMAIL to an agency, by e-mail where a server is set up, and print the link."""
    with session() as catalog:
        link = catalog.inviting.invite(SYSTEM, email, agency, Role(role), language)
    click.echo(link)


@account.command()
@click.argument("email")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    help=f"What the token may do, given as often as needed: {', '.join(SCOPES)}.",
)
@click.option("--label", default="made on the command line", help="What the token is for.")
@click.option("--days", default=90, show_default=True, help="How long it lives.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def token(email: str, scopes: tuple[str, ...], label: str, days: int, as_json: bool) -> None:
    """Make an API token of the account of EMAIL; it is shown this once."""
    with session() as catalog:
        made = catalog.tokens.make_for(SYSTEM, catalog.people.found(email).id, label, scopes, days)
    if as_json:
        print_json({"token": made.secret, "id": made.token.id, "scopes": made.token.scopes, "expires": made.token.expires})
        return
    click.echo(made.secret)
    out.print(f"It expires {made.token.expires} and is not shown again.", style="dim")


@account.command()
@click.argument("email")
@click.option("--because", default="", help="Why.")
def disable(email: str, because: str) -> None:
    """Let the account of EMAIL sign in no more; its sessions and tokens end at once."""
    with session() as catalog:
        catalog.people.disable(SYSTEM, email, because)
    out.print(f"{email} is disabled.", markup=False)
