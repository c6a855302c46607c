"""Introduces services to engines: the one place that names an adapter."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from catalog.accounts.inviting import Inviting
from catalog.accounts.mailing import Mailing
from catalog.accounts.own import Own
from catalog.accounts.passkeys import Passkeys
from catalog.accounts.people import People
from catalog.accounts.providers import read_providers
from catalog.accounts.recovering import Recovering
from catalog.accounts.second_step import SecondStep
from catalog.accounts.sessions import Sessions
from catalog.accounts.signing_in import SigningIn
from catalog.accounts.signing_on import SigningOn
from catalog.accounts.throttle import Throttle
from catalog.accounts.tokens import Tokens
from catalog.adapters.authlib_sign_on import AuthlibSignOn
from catalog.adapters.huey_jobs import HueyJobs
from catalog.adapters.object_files import open_files
from catalog.adapters.smtp_post import SmtpPost
from catalog.adapters.sql import SqlStore
from catalog.adapters.whoosh_index import WhooshIndex
from catalog.audit_log import AuditLog
from catalog.baseline.service import Baselines
from catalog.clock import Clock, system_clock
from catalog.describing import Describing
from catalog.download_counts import DownloadCounts
from catalog.downloads import Downloads
from catalog.drafting.arriving import Arriving
from catalog.drafting.files import DraftFiles
from catalog.drafting.review import Reviewing
from catalog.drafting.service import Drafts
from catalog.granting.agreements import Notary
from catalog.granting.asking import Requests
from catalog.granting.confirming import Confirming
from catalog.granting.deciding import Granting
from catalog.granting.telling import Telling
from catalog.harvests.service import HarvestRecords
from catalog.links import Links
from catalog.personal.clearing import Clearing
from catalog.personal.takedown import Takedowns
from catalog.ports import FileStore, Jobs, SearchIndex, Store
from catalog.publishing import Publishing
from catalog.quality.audit import Audits
from catalog.quality.digest import Digests
from catalog.quality.fixity import Fixity
from catalog.quality.policy import Policy, policy_of
from catalog.quality.preview import Previews
from catalog.quality.shacl.service import Shapes
from catalog.quality.summary import Summaries
from catalog.reading import Reading
from catalog.releasing import Releasing
from catalog.resuming import Resuming
from catalog.search.gathering import Gathering
from catalog.search.indexing import Indexing
from catalog.search.searching import Searching
from catalog.settings import Settings, load_settings
from catalog.submitting.service import Submitting
from catalog.submitting.sheets.service import Sheets
from catalog.tables.croissant.service import Croissants
from catalog.tables.query.service import Rows
from catalog.tables.query.warm import Warm
from catalog.tables.service import Validation
from catalog.uploads import Uploads
from catalog.versions.service import Versioning
from catalog.wanted.alike import Alike
from catalog.wanted.answering import Answering
from catalog.wanted.asking import Asking
from catalog.wanted.reminding import Reminding
from catalog.wanted.seeing import Seeing
from catalog.workroom import Workroom


@dataclass(frozen=True)
class Catalog:
    """The catalogue as the site, the command line and the harvesters see it. Services are made on first use."""

    settings: Settings
    store: Store
    files_store: FileStore
    index: SearchIndex
    jobs: Jobs
    clock: Clock = system_clock
    gather: float = 0
    """Seconds at least from one commit of the index to the next; 0 commits each change at once."""

    @cached_property
    def publishing(self) -> Publishing:
        """Changes datasets."""
        return Publishing(self.store, self.clock, self.following or self.indexing.drain)

    @cached_property
    def following(self) -> Gathering | None:
        """Brings the index up to date after changes, several at a time where `gather` says so."""
        return Gathering(self.indexing.drain, self.gather) if self.gather else None

    @cached_property
    def uploads(self) -> Uploads:
        """Takes files in."""
        return Uploads(self.files_store, self.temporary, self.settings.upload_limit)

    @cached_property
    def drafts(self) -> Drafts:
        """Keeps what agencies prepare; see `catalog.drafting`."""
        return Drafts(self.store, self.clock)

    @cached_property
    def draft_files(self) -> DraftFiles:
        """Changes the files of drafts."""
        return DraftFiles(self.store, self.validation, self.clock)

    @cached_property
    def arriving(self) -> Arriving:
        """Takes files of clerks into drafts."""
        return Arriving(self.drafts, self.draft_files, self.files_store)

    @cached_property
    def resuming(self) -> Resuming:
        """Keeps uploads that are not whole yet."""
        folder = self.settings.home / "uploads"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Resuming(self.uploads, folder, self.clock)

    @cached_property
    def reviewing(self) -> Reviewing:
        """Leads drafts to publication."""
        four_eyes, drain = self.settings.four_eyes, self.indexing.drain
        return Reviewing(self.store, self.publishing, self.clock, four_eyes, drain, self.previews.blocking)

    @cached_property
    def submissions(self) -> Submitting:
        """Publishes what scripts send; see `catalog.submitting`."""
        return Submitting(
            self.store, self.publishing, self.validation, self.versions, self.drafts, self.clock, self.settings.four_eyes
        )

    @cached_property
    def workroom(self) -> Workroom:
        """Shows staff what waits, histories and old revisions."""
        return Workroom(self.store, self.drafts, self.clock)

    @cached_property
    def sheets(self) -> Sheets:
        """Publishes spreadsheets of metadata."""
        return Sheets(self.submissions)

    @cached_property
    def describing(self) -> Describing:
        """Describes datasets for machine learning."""
        return Describing(self.publishing)

    @cached_property
    def reading(self) -> Reading:
        """Reads datasets and agencies."""
        return Reading(self.store, self.clock)

    @cached_property
    def downloads(self) -> Downloads:
        """Opens files."""
        return Downloads(self.reading, self.files_store, Releasing(self.store, self.clock))

    @cached_property
    def download_counts(self) -> DownloadCounts:
        """Counts what left."""
        return DownloadCounts(self.store, self.clock)

    @cached_property
    def clearing(self) -> Clearing:
        """Lets pass, by two persons, what the scan for personal data held back."""
        return Clearing(self.store, self.clock, self.validation.check_one, self.indexing.drain)

    @cached_property
    def takedowns(self) -> Takedowns:
        """Takes down datasets and files."""
        return Takedowns(self.store, self.publishing, self.clock, self.download_counts.flush, self.indexing.drain)

    @cached_property
    def audit_log(self) -> AuditLog:
        """Reads and checks the log of what was done."""
        return AuditLog(self.store, self.clock)

    @cached_property
    def people(self) -> People:
        """Knows accounts and their roles; see `catalog.accounts`."""
        return People(self.store, self.clock)

    @cached_property
    def tokens(self) -> Tokens:
        """Makes and reads API tokens."""
        return Tokens(self.store, self.clock)

    @cached_property
    def sessions(self) -> Sessions:
        """Knows browsers that are signed in."""
        return Sessions(self.store, self.clock)

    @cached_property
    def signing_on(self) -> SigningOn:
        """Lets people in whom an identity provider knows."""
        providers, redirect = read_providers(self.settings.identity_providers), self.settings.address() + "/account/sign-on"
        return SigningOn(self.store, self.clock, self.people, self.signing_in, AuthlibSignOn(), providers, redirect)

    @cached_property
    def mailing(self) -> Mailing:
        """Writes and sends e-mails."""
        post = SmtpPost(self.settings.smtp_url, self.settings.mail_from)
        ready = bool(self.settings.smtp_url)
        return Mailing(self.store, self.clock, post, self.settings.site_title, self.jobs.wake, ready=ready)

    @cached_property
    def inviting(self) -> Inviting:
        """Invites people to agencies."""
        return Inviting(self.store, self.clock, self.people, self.mailing, self.settings.address)

    @cached_property
    def recovering(self) -> Recovering:
        """Lets people choose a new password."""
        return Recovering(self.store, self.clock, self.throttle, self.mailing, self.settings.address)

    @cached_property
    def own(self) -> Own:
        """Changes one's own account."""
        return Own(self.store, self.clock, self.throttle)

    @cached_property
    def throttle(self) -> Throttle:
        """Slows tries."""
        return Throttle(self.store, self.clock, self.settings.secret_key)

    @cached_property
    def signing_in(self) -> SigningIn:
        """Lets people in."""
        return SigningIn(self.store, self.clock, self.throttle, self.sessions, self.second_step)

    @cached_property
    def second_step(self) -> SecondStep:
        """Sets codes of apps up and checks them."""
        return SecondStep(self.store, self.clock, self.throttle, self.settings.secret_key, self.settings.site_title)

    @cached_property
    def passkeys(self) -> Passkeys:
        """Keeps passkeys and lets people in by them."""
        return Passkeys(self.store, self.clock, self.signing_in, self.settings.site_title, self.settings.address())

    @cached_property
    def links(self) -> Links:
        """Signs links to files that work for minutes."""
        return Links(self.store, self.downloads, self.clock, self.settings.secret_key)

    @cached_property
    def requests(self) -> Requests:
        """Takes requests for access; see `catalog.granting`."""
        return Requests(self.store, self.reading, self.clock, self.telling)

    @cached_property
    def telling(self) -> Telling:
        """Tells by e-mail of requests that wait or were answered."""
        return Telling(self.store, self.clock, self.mailing, self.settings.address)

    @cached_property
    def confirming(self) -> Confirming:
        """Confirms requests for access on behalf of agencies."""
        return Confirming(self.store, self.clock, self.telling)

    @cached_property
    def granting(self) -> Granting:
        """Decides requests for access."""
        notary = Notary(self.settings.secret_key, self.settings.public_url)
        return Granting(self.store, self.reading, self.clock, notary, self.telling)

    @cached_property
    def wanted(self) -> Asking:
        """Keeps the board of missing data; see `catalog.wanted`."""
        return Asking(self.store, self.reading, self.clock, self.telling, Seeing(self.store, self.reading, self.clock))

    @cached_property
    def alike(self) -> Alike:
        """Finds what may answer a request for data already."""
        return Alike(self.store, self.searching)

    @cached_property
    def answering(self) -> Answering:
        """Answers requests for data."""
        return Answering(self.store, self.reading, self.clock, self.telling)

    @cached_property
    def reminding(self) -> Reminding:
        """Reminds those who answer requests for data."""
        return Reminding(self.store, self.clock, self.telling)

    @cached_property
    def harvests(self) -> HarvestRecords:
        """Knows sources and runs."""
        return HarvestRecords(self.store, self.clock)

    @cached_property
    def searching(self) -> Searching:
        """Finds datasets."""
        return Searching(self.index, self.reading)

    @cached_property
    def indexing(self) -> Indexing:
        """Keeps the index in step."""
        return Indexing(self.store, self.index)

    @cached_property
    def validation(self) -> Validation:
        """Validates tables."""
        return Validation(self.store, self.files_store, self.clock, self.temporary)

    @cached_property
    def rows(self) -> Rows:
        """Reads, filters and describes the rows of tables."""
        warm = Warm(self.files_store, self.settings.home / "cache" / "tables", self.settings.table_cache)
        return Rows(self.downloads, self.files_store, warm)

    @cached_property
    def versions(self) -> Versioning:
        """Numbers the states of datasets' files."""
        return Versioning(self.store, self.reading, self.downloads, self.files_store, self.clock)

    @cached_property
    def croissants(self) -> Croissants:
        """Describes versions in Croissant, and tries out whether they load."""
        return Croissants(self.settings, self.store, self.reading, self.downloads, self.files_store, self.clock)

    @cached_property
    def audits(self) -> Audits:
        """Audits the quality of datasets."""
        site = self.settings.address()
        shapes = Shapes(self.settings.shapes, self.temporary, site)
        return Audits(
            self.store, self.reading, self.downloads, self.files_store, shapes, self.clock, site, self._policy,
            self.publishing.hold,
        )  # fmt: skip

    @cached_property
    def previews(self) -> Previews:
        """Tells what an audit would find in drafts."""
        return Previews(self.store, self.files_store, self.clock, self.settings.address(), self._policy)

    @cached_property
    def _policy(self) -> Policy:
        return policy_of(self.settings.quality_policy)

    @cached_property
    def digests(self) -> Digests:
        """Sends agencies their work lists."""
        settings = self.settings
        post = SmtpPost(settings.smtp_url, settings.mail_from) if settings.smtp_url else None
        base_url = settings.public_url.rstrip("/")
        return Digests(self.store, self.quality, post, self.clock, base_url, settings.default_language)

    @cached_property
    def fixity(self) -> Fixity:
        """Hashes stored bytes again."""
        return Fixity(self.store, self.files_store, self.clock)

    @cached_property
    def quality(self) -> Summaries:
        """Counts quality over many datasets."""
        return Summaries(self.store, self.clock)

    @cached_property
    def baselines(self) -> Baselines:
        """Trains simple models."""
        return Baselines(self.reading, self.versions, self.files_store, self.describing)

    @property
    def temporary(self) -> Path:
        """Return the folder for files on their way into the store."""
        folder = self.settings.home / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def close(self) -> None:
        """Close what is open."""
        if self.following:
            self.following.close()
        for service in ("validation", "audits"):
            if service in self.__dict__:
                getattr(self, service).close()
        self.store.close()


def open_catalog(settings: Settings | None = None, clock: Clock = system_clock, gather: float = 0) -> Catalog:
    """Open the catalogue that the settings describe; tables are brought up to date, nothing else is read."""
    chosen = settings or load_settings()
    chosen.home.mkdir(parents=True, exist_ok=True)
    store = SqlStore(chosen.database)
    store.upgrade()
    index = WhooshIndex(Path(urlsplit(chosen.search).path), chosen.secret_key.encode())
    return Catalog(chosen, store, open_files(chosen.files), index, HueyJobs(chosen.jobs), clock, gather)
