"""Posts letters with the change that they tell of; a worker sends them, so that an answer takes as long with and without one."""

from collections.abc import Callable

from catalog.accounts import keys
from catalog.accounts.letters import Wording, written
from catalog.accounts.ports import Post
from catalog.clock import Clock, stamp
from catalog.ports import Store, UnitOfWork

SEND = "letter"
"""The kind of job that sends one letter; its key is the letter's id."""


class Mailing:
    """Writes and sends e-mails."""

    def __init__(
        self, store: Store, clock: Clock, post: Post, site: str, wake: Callable[[str], None], *, ready: bool = True
    ) -> None:
        self._store, self._clock, self._post, self._site, self._wake = store, clock, post, site, wake
        self.ready = ready

    def write_in(self, work: UnitOfWork, wording: Wording, to: str, language: str, **values: str) -> None:
        """Post a letter within a transaction; nothing where no server for e-mails is set up."""
        if not self.ready:
            return
        letter = written(wording, keys.fresh_id(), to, language, site=self._site, **values)
        work.letters.add(letter)
        work.jobs.put(SEND, letter.id, due=stamp(self._clock))

    def wake(self) -> None:
        """Tell workers that letters wait."""
        self._wake(SEND)

    def send(self, id: str) -> None:
        """Do a job of kind SEND; a letter that was sent before is not sent again."""
        with self._store.read() as work:
            letter = work.letters.get(id)
        if letter:
            self._post.send(letter)
            with self._store.write() as work:
                work.letters.remove(id)
