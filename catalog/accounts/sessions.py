"""Sessions of browsers: a random secret in a cookie, a row here; ending the row ends the session with the next request."""

from datetime import timedelta

from catalog.access.base import Actor
from catalog.accounts import keys
from catalog.accounts.acting import actor_of
from catalog.accounts.records import Session
from catalog.clock import Clock, stamp
from catalog.errors import NotFound
from catalog.ports import Store, UnitOfWork
from schemas.dates import utc

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)


class Sessions:
    """Begins, reads and ends sessions."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def begin_in(self, work: UnitOfWork, account: str, agent: str, method: str) -> tuple[str, Session]:
        """Begin a session within a transaction; returns the secret for the cookie. A session is never taken over, always new."""
        secret, now = keys.fresh(), self._clock()
        work.sessions.sweep(utc(now))
        session = Session(
            id=keys.fresh_id(), account=account, digest=keys.digest(secret), created=utc(now), seen=utc(now),
            expires=utc(now + LONGEST), agent=agent[:200], method=method,
        )  # fmt: skip
        work.sessions.add(session)
        work.audit(at=utc(now), actor=account, action="account:sign-in", target=f"account:{account}", because=method)
        return secret, session

    def actor(self, secret: str) -> Actor | None:
        """Return who is signed in with a cookie, None where the session has ended."""
        now = self._clock()
        with self._store.read() as work:
            session = work.sessions.find(keys.digest(secret))
            if session is None or session.expires <= utc(now) or session.seen <= utc(now - IDLE):
                return None
            actor = actor_of(work, utc(now), session.account, session=session.id)
        if session.seen <= utc(now - timedelta(minutes=5)):
            with self._store.write() as work:
                work.sessions.touch(session.id, utc(now))
        return actor

    def of(self, actor: Actor) -> list[Session]:
        """Return one's own live sessions, last seen first."""
        now = self._clock()
        with self._store.read() as work:
            found = work.sessions.of(actor.id)
        return [one for one in found if one.expires > utc(now) and one.seen > utc(now - IDLE)]

    def end(self, actor: Actor, id: str = "") -> None:
        """End a session of one's own, that which asks where none is named; raises NotFound."""
        ended = id or actor.session
        with self._store.write() as work:
            if not ended or not work.sessions.remove(actor.id, id=ended):
                raise NotFound("There is no such session; it may have ended.")
            work.audit(at=stamp(self._clock), actor=actor.id, action="account:sign-out", target=f"account:{actor.id}", because="")

    def end_others(self, actor: Actor) -> int:
        """End all sessions of one's own but that which asks; returns how many."""
        with self._store.write() as work:
            count = work.sessions.remove(actor.id, but=actor.session)
            work.audit(
                at=stamp(self._clock), actor=actor.id, action="account:sign-out-others", target=f"account:{actor.id}", because=""
            )
        return count
