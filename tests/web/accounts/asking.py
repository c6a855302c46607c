"""Asking for the files of a dataset that are given on request, and deciding about it, as browsers do."""

from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from tests.web.accounts.conftest import csrf

BYTES = b"id,depth\n1,12\n2,7\n"
PURPOSE = "A study of how the depth of wells changes over ten years."
ASKED = {"purpose": PURPOSE, "kind": "research", "organisation": "University", "until": "2027-06-30", "terms": "yes"}
DOWNLOAD = "/dataset/wells/resource/wells-csv/download/wells.csv"
PUBLISHER, OTHER, READER = "publisher@water-agency.kz", "publisher@road-agency.kz", "reader@example.kz"


def sent(client: FlaskClient, address: str, at: str, **fields: str) -> str:
    """Send a form with the field that shows it is ours; returns where it led to."""
    answer = client.post(address, data={"csrf_token": csrf(client, at), **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def asked(client: FlaskClient) -> str:
    return sent(client, "/dataset/wells/access", "/dataset/wells/access", **ASKED)


def account(catalog: Catalog) -> str:
    with catalog.store.read() as work:
        found = work.accounts.by_email(READER)
    assert found
    return found.id


def inbox(address: str) -> str:
    return f"/organization/water-agency/requests/{address.rpartition('/')[2]}"


def granted(reader: FlaskClient, publisher: FlaskClient, until: str = "2027-03-31") -> str:
    """Ask and approve; returns the address of the request."""
    mine = asked(reader)
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine), until=until, because="A good study")
    return mine
