"""Requests for data and their votes."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from catalog.adapters.sql.wanted_tables import wanted, wanted_vote
from catalog.wanted.records import HIDDEN, LATE, NO_AGENCY, WAITING, Order, Sought, Wanted, WantedState

_WANTED = select(*(wanted.c[f.name] for f in fields(Wanted)))
_PUBLIC = (wanted.c.hidden == "") & (wanted.c.state != WantedState.WITHDRAWN.value)
_WAITS = wanted.c.state.in_([state.value for state in WAITING])
_ORDERS = {
    Order.VOTES: (wanted.c.votes.desc(), wanted.c.created.desc(), wanted.c.id),
    Order.NEWEST: (wanted.c.created.desc(), wanted.c.id),
    Order.CHANGED: (wanted.c.updated.desc(), wanted.c.id),
}


class SqlBoard:
    """See `catalog.wanted.ports.Board`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Wanted | None:
        """Return a request, or None."""
        row = self._connection.execute(_WANTED.where(wanted.c.id == id)).first()
        return _made(row) if row else None

    def add(self, new: Wanted) -> None:
        """Add a request."""
        self._connection.execute(wanted.insert(), _row(new))

    def change(self, after: Wanted) -> bool:
        """Replace the revision before this one, but for its votes."""
        same = (wanted.c.id == after.id) & (wanted.c.revision == after.revision - 1)
        values = {name: value for name, value in _row(after).items() if name != "votes"}
        return bool(self._connection.execute(wanted.update().where(same).values(**values)).rowcount)

    def page(self, sought: Sought, order: Order = Order.NEWEST, *, skip: int = 0, limit: int = 20) -> list[Wanted]:
        """Return a part of a listing."""
        query = _WANTED.where(_narrowed(sought)).order_by(*_ORDERS[order]).offset(skip).limit(limit)
        return [_made(row) for row in self._connection.execute(query)]

    def count(self, sought: Sought) -> int:
        """Return how many a listing holds."""
        return self._connection.execute(select(func.count()).select_from(wanted).where(_narrowed(sought))).scalar_one()

    def due(self, day: str) -> list[Wanted]:
        """Return public requests that wait and are due by a day, but for those that were told of since they are overdue."""
        waits = _PUBLIC & _WAITS & (wanted.c.due <= day) & (wanted.c.reminded <= wanted.c.due)
        return [_made(row) for row in self._connection.execute(_WANTED.where(waits).order_by(wanted.c.due, wanted.c.id))]

    def remind(self, id: str, day: str) -> None:
        """Keep the day of a reminder."""
        self._connection.execute(wanted.update().where(wanted.c.id == id).values(reminded=day))

    def alike(self, words: Sequence[str], limit: int) -> list[Wanted]:
        """Return public requests that have one of the words in their title, those with most votes first."""
        query = _WANTED.where(_PUBLIC & _one_of(words)).order_by(*_ORDERS[Order.VOTES]).limit(limit)
        return [_made(row) for row in self._connection.execute(query)]

    def vote(self, id: str, account: str, at: str) -> bool:
        """Count a vote, once for an account."""
        if self.voted(account, [id]):
            return False
        self._connection.execute(wanted_vote.insert(), {"wanted": id, "account": account, "at": at})
        self._add(id, 1)
        return True

    def unvote(self, id: str, account: str) -> bool:
        """Take a vote back."""
        mine = (wanted_vote.c.wanted == id) & (wanted_vote.c.account == account)
        taken = bool(self._connection.execute(wanted_vote.delete().where(mine)).rowcount)
        if taken:
            self._add(id, -1)
        return taken

    def voted(self, account: str, ids: Sequence[str]) -> set[str]:
        """Return which of the requests an account has voted for."""
        mine = (wanted_vote.c.account == account) & wanted_vote.c.wanted.in_(list(ids))
        return set(self._connection.execute(select(wanted_vote.c.wanted).where(mine)).scalars())

    def voters(self, id: str, limit: int) -> list[str]:
        """Return the accounts that voted for a request, the first of them first."""
        votes = select(wanted_vote.c.account).where(wanted_vote.c.wanted == id).order_by(wanted_vote.c.at, wanted_vote.c.account)
        return list(self._connection.execute(votes.limit(limit)).scalars())

    def _add(self, id: str, votes: int) -> None:
        self._connection.execute(wanted.update().where(wanted.c.id == id).values(votes=wanted.c.votes + votes))


def _narrowed(sought: Sought) -> ColumnElement[bool]:
    hidden = sought.state == HIDDEN
    conditions = [wanted.c.account == sought.account if sought.account else wanted.c.hidden != "" if hidden else _PUBLIC]
    if sought.state == LATE:
        conditions += [_WAITS, wanted.c.due < sought.today]
    elif sought.state and not hidden:
        conditions.append(wanted.c.state == sought.state)
    if sought.agency:
        conditions.append(wanted.c.agency == ("" if sought.agency == NO_AGENCY else sought.agency))
    if sought.since:
        conditions.append(wanted.c.created > sought.since)
    return and_(*conditions, *map(_one_of, sought.words))


def _one_of(words: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(wanted.c.words.contains(f" {word} ", autoescape=True) for word in words))


def _row(one: Wanted) -> dict[str, Any]:
    values = {f.name: getattr(one, f.name) for f in fields(one)}
    return values | {"state": one.state.value, "words": f" {' '.join(one.words)} "}


def _made(row: Row[Any]) -> Wanted:
    return Wanted(**{**row._mapping, "state": WantedState(row.state), "words": tuple(row.words.split())})
