"""Reminds those who answer of what is due soon, and tells stewards what is overdue, each once for a day that something is due."""

from datetime import date

from catalog.access.base import SiteRole
from catalog.clock import Clock, stamp
from catalog.granting.telling import DAYS, Telling
from catalog.ports import Store
from catalog.wanted.changing import noted, tell_answering
from catalog.wanted.wording import LATE, REMINDER


class Reminding:
    """Looks for requests that wait too long."""

    def __init__(self, store: Store, clock: Clock, telling: Telling) -> None:
        self._store, self._clock, self._telling = store, clock, telling

    def remind(self) -> int:
        """Write the letters that are due; returns about how many requests."""
        now, told = stamp(self._clock), 0
        today = date.fromisoformat(now[:10])
        with self._store.write() as work:
            for one in work.wanted.due((today + DAYS).isoformat()):
                late = one.late(now[:10])
                if not late and one.reminded >= (date.fromisoformat(one.due) - DAYS).isoformat():
                    continue
                stewards = work.accounts.with_site_role(SiteRole.STEWARD) if late else None
                tell_answering(self._telling, work, one, LATE if late else REMINDER, stewards)
                work.wanted.remind(one.id, now[:10])
                noted(work, now, "system", "escalated" if late else "reminded", one)
                told += 1
        self._telling.wake()
        return told
