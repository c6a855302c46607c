"""Pages of one's own account: signing in and out, and what belongs to oneself. None of them is public."""

from flask import Blueprint

from web.surfaces import Lets, declared

blueprint = declared(Blueprint("account", __name__, url_prefix="/account"), Lets.OWN, changes="own")

from web.pages.account import codes, invitation, passkeys, profile, recovery, signing_in, signing_on, tokens  # noqa: E402, F401 - add their views to the blueprint
