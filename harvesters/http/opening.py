"""Opens the client that a source's settings ask for."""

from dataclasses import replace
from importlib.metadata import version
from urllib.parse import urlsplit

from stamina.instrumentation import set_on_retry_hooks

from catalog.harvests.records import HarvestSource
from catalog.settings import Settings
from harvesters.http.client import HttpClient
from harvesters.http.limits import Limits


def secrets_of(settings: Settings, source: HarvestSource) -> dict[str, str]:
    """Return the key of a source as `Fetching.secrets` takes it; empty where the source names none."""
    return {"key": settings.secrets.get(source.secret_name, "")} if source.secret_name else {}


def open_client(settings: Settings, source: HarvestSource) -> HttpClient:
    """Return a client for one run over `source`; its own port is reached beside 80 and 443, private addresses only if allowed."""
    set_on_retry_hooks([])  # what comes of a retry is told in the run; the retry itself is no news
    parts = urlsplit(source.url)
    limits = Limits()
    contact = settings.contact or settings.public_url
    return HttpClient(
        allow=settings.harvest_allow,
        ports={f"{parts.hostname}:{parts.port}"} if parts.port else (),
        limits=replace(limits, rate=float(source.options.get("rate", limits.rate))),
        user_agent=f"Qoima/{version('qoima')} (+{contact})",
        secrets=settings.secrets.values(),
    )
