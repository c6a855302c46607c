"""Signed links for minutes: bound to a person, a file, its bytes and a purpose; the rule is asked when one is used."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

from catalog.access import Actor
from catalog.accounts.acting import actor_of
from catalog.clock import Clock, stamp
from catalog.downloads import Download, Downloads
from catalog.errors import Denied, NotFound
from catalog.ports import Store
from schemas.dates import utc

LIFE = timedelta(minutes=5)
_GONE = "This link is not known, has ended, or the file changed since; ask for another one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says; `sha256` is that of the bytes, so that a newer version needs a link of its own."""

    account: str
    dataset: str
    distribution: str
    sha256: str
    purpose: str
    expires: str


class Links:
    """Signs links and opens what they name."""

    def __init__(self, store: Store, downloads: Downloads, clock: Clock, secret: str) -> None:
        self._store, self._downloads, self._clock = store, downloads, clock
        self._signed = URLSafeSerializer(secret, salt="download links", signer_kwargs={"digest_method": sha256})

    def make(self, actor: Actor, dataset: str, distribution: str) -> tuple[str, Download, str]:
        """Return a signed link, what it gives and until when; raises NotFound, Gone, or Denied, for visitors too."""
        if actor.kind != "account":
            raise Denied("Sign in to make a link; open files need none.", "not-signed-in")
        found = self._downloads.open(actor, dataset, distribution)
        link = Link(
            account=actor.id, dataset=dataset, distribution=distribution, sha256=found.sha256, purpose=actor.purpose,
            expires=utc(self._clock() + LIFE),
        )  # fmt: skip
        return str(self._signed.dumps(asdict(link))), found, link.expires

    def open(self, signed: str) -> Download:
        """Open the file of a link with the rights that its person has now; raises NotFound, Gone or Denied."""
        try:
            link, now = Link(**self._signed.loads(signed)), stamp(self._clock)
        except (BadSignature, TypeError):
            raise NotFound(_GONE) from None
        with self._store.read() as work:
            actor = actor_of(work, now, link.account)
        if actor is None or link.expires <= now:
            raise NotFound(_GONE)
        found = self._downloads.open(replace(actor, purpose=link.purpose), link.dataset, link.distribution)
        if found.sha256 != link.sha256:
            raise NotFound(_GONE)
        return found
