"""Identity providers (OpenID Connect), read from a JSON file: where they are, and which claim says that somebody is a resident.

    [{"name": "egov", "title": "eGov", "issuer": "https://idp.example.kz", "client_id": "qoima", "client_secret": "…",
      "residency": {"claim": "residency", "value": "KZ", "expires_claim": "residency_expires", "days": 30}}]
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from catalog.access.base import Residency
from catalog.errors import SettingsError
from schemas.dates import utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidencyClaim:
    """Which claim with which value makes a resident; until when is told by `expires_claim`, else `days` after signing in."""

    claim: str
    value: str
    expires_claim: str = ""
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scope: str = "openid email profile"
    residency: ResidencyClaim | None = field(default=None)


class SignOn(Protocol):
    """Speaks OpenID Connect with a provider: code flow with PKCE."""

    def address(self, provider: Provider, redirect: str, state: str, nonce: str, verifier: str) -> str:
        """Return where the browser is sent."""
        ...

    def claims(self, provider: Provider, redirect: str, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Return the claims of the ID token that a code stands for, checked; raises Unauthenticated."""
        ...


def read_providers(path: Path | None) -> tuple[Provider, ...]:
    """Read the file; raises SettingsError that says what is wrong."""
    if path is None:
        return ()
    try:
        found = tuple(_provider(one) for one in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"QOIMA_IDENTITY_PROVIDERS: {path} cannot be read as a list of providers: {error}") from None
    for one in found:
        if not re.fullmatch(r"[a-z0-9-]{1,60}", one.name) or urlsplit(one.issuer).scheme not in ("https", "http"):
            raise SettingsError(f"QOIMA_IDENTITY_PROVIDERS: {one.name!r} needs a name of small letters and an issuer's address.")
    return found


def _provider(told: Mapping[str, Any]) -> Provider:
    residency = told.get("residency")
    return Provider(**{**told, "residency": ResidencyClaim(**residency) if residency else None})


def residency_of(provider: Provider, claims: Mapping[str, Any], now: datetime) -> Residency | None:
    """Return what the claims say of residency, None where the provider says nothing of it."""
    rule = provider.residency
    if rule is None:
        return None
    told = claims.get(rule.claim)
    resident = told is not None and str(told).casefold() == rule.value.casefold()
    expires = _time(claims.get(rule.expires_claim)) if rule.expires_claim in claims else now + timedelta(days=rule.days)
    return Residency(resident=resident, provider=provider.name, verified=utc(now), expires=utc(expires or now))


def _time(told: Any) -> datetime | None:
    """Return a time given as seconds since 1970 or as ISO 8601, None where it is neither."""
    try:
        if isinstance(told, int | float) and not isinstance(told, bool):
            return datetime.fromtimestamp(told, UTC)
        found = datetime.fromisoformat(str(told))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
