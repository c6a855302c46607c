"""Requests for access and grants."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from catalog.adapters.sql.granting_tables import access_grant, access_request
from catalog.granting.records import OPEN, AccessRequest, Grant, RequestState, Sharing, Step, Terms

_REQUESTS = select(*(access_request.c[f.name] for f in fields(AccessRequest)))
_GRANTS = select(*(access_grant.c[f.name] for f in fields(Grant))).order_by(access_grant.c.starts.desc())
_OF_ACCOUNT = _GRANTS.where(access_grant.c.account == bindparam("account"))


class SqlRequests:
    """See `catalog.granting.ports.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> AccessRequest | None:
        """Return a request, or None."""
        row = self._connection.execute(_REQUESTS.where(access_request.c.id == id)).first()
        return _request(row) if row else None

    def add(self, request: AccessRequest) -> None:
        """Add a request."""
        self._connection.execute(access_request.insert(), _request_row(request))

    def change(self, request: AccessRequest, before: RequestState) -> bool:
        """Replace a request unless its state is another than `before` by now."""
        same = (access_request.c.id == request.id) & (access_request.c.state == before.value)
        return bool(self._connection.execute(access_request.update().where(same).values(**_request_row(request))).rowcount)

    def of_account(self, account: str, limit: int = 200) -> list[AccessRequest]:
        """Return the requests of an account, newest first."""
        query = _REQUESTS.where(access_request.c.account == account).order_by(access_request.c.created.desc()).limit(limit)
        return [_request(row) for row in self._connection.execute(query)]

    def of_agency(self, agency: str, limit: int = 200) -> list[AccessRequest]:
        """Return the requests to an agency: those that wait first, by the day they are due."""
        mine, waits = access_request.c.agency == agency, access_request.c.state.in_([state.value for state in OPEN])
        order = (waits.desc(), access_request.c.due, access_request.c.created)
        return [_request(row) for row in self._connection.execute(_REQUESTS.where(mine).order_by(*order).limit(limit))]

    def unconfirmed(self, behalf: str) -> list[AccessRequest]:
        """Return the requests that wait for those on whose behalf they are, the oldest first."""
        waits = (access_request.c.behalf == behalf) & (access_request.c.state == RequestState.UNCONFIRMED.value)
        return [_request(row) for row in self._connection.execute(_REQUESTS.where(waits).order_by(access_request.c.created))]

    def due(self, day: str) -> list[AccessRequest]:
        """Return the requests that wait for the agency and are due by a day, the earliest first."""
        waits = (access_request.c.state == RequestState.PENDING.value) & (access_request.c.due <= day)
        return [_request(row) for row in self._connection.execute(_REQUESTS.where(waits).order_by(access_request.c.due))]


class SqlGrants:
    """See `catalog.granting.ports.Grants`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, grant: Grant) -> None:
        """Add a grant."""
        values = {f.name: getattr(grant, f.name) for f in fields(grant)}
        self._connection.execute(access_grant.insert(), values | {"agreement": json.dumps(grant.agreement, ensure_ascii=False)})

    def revoke(self, id: str, at: str, because: str) -> bool:
        """Revoke a grant; tells whether it was not revoked before."""
        live = (access_grant.c.id == id) & (access_grant.c.revoked == "")
        values = {"revoked": at, "revoked_because": because}
        return bool(self._connection.execute(access_grant.update().where(live).values(**values)).rowcount)

    def use(self, id: str) -> bool:
        """Count a use of a grant that is neither revoked nor used up."""
        grants = access_grant.c
        live = (grants.id == id) & (grants.revoked == "") & (grants["count"].is_(None) | (grants.used < grants["count"]))
        return bool(self._connection.execute(access_grant.update().where(live).values(used=grants.used + 1)).rowcount)

    def of_account(self, account: str) -> list[Grant]:
        """Return the grants of an account, newest first."""
        return list(map(_grant, self._connection.execute(_OF_ACCOUNT, {"account": account})))

    def of_request(self, request: str) -> Grant | None:
        """Return the grant that a request led to, or None."""
        return next(iter(self._where(access_grant.c.request == request)), None)

    def of_requests(self, requests: Sequence[str]) -> dict[str, Grant]:
        """Return the grants that requests led to, by request."""
        return {one.request: one for one in self._where(access_grant.c.request.in_(requests))}

    def _where(self, condition: Any) -> list[Grant]:
        return list(map(_grant, self._connection.execute(_GRANTS.where(condition))))


def _grant(row: Row[Any]) -> Grant:
    return Grant(**{**row._mapping, "agreement": json.loads(row.agreement)})


def _request_row(request: AccessRequest) -> dict[str, Any]:
    values = {f.name: getattr(request, f.name) for f in fields(request)}
    history = json.dumps([asdict(step) for step in request.history], ensure_ascii=False)
    more = {name: json.dumps(asdict(values[name]), ensure_ascii=False) if values[name] else "" for name in ("terms", "sharing")}
    return values | more | {"state": request.state.value, "history": history, "behalf": request.behalf}


def _request(row: Row[Any]) -> AccessRequest:
    history = tuple(Step(**step) for step in json.loads(row.history))
    terms = Terms(**json.loads(row.terms)) if row.terms else None
    sharing = json.loads(row.sharing) if row.sharing else None
    shared = Sharing(**{**sharing, "measures": tuple(sharing["measures"])}) if sharing else None
    return AccessRequest(
        **{**row._mapping, "state": RequestState(row.state), "history": history, "terms": terms, "sharing": shared}
    )
