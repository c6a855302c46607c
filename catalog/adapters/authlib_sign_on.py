"""OpenID Connect by Authlib: code flow with PKCE; addresses come from the configured issuer only, redirects are not followed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from catalog.accounts.providers import Provider
from catalog.errors import CatalogError, Unauthenticated

TIMEOUT = 10
ALGORITHMS = ["RS256", "ES256", "EdDSA"]


class Unreachable(CatalogError):
    """The provider does not answer as it should."""


class AuthlibSignOn:
    """See `catalog.accounts.providers.SignOn`."""

    def address(self, provider: Provider, redirect: str, state: str, nonce: str, verifier: str) -> str:
        """Return where the browser is sent."""
        session, about = _session(provider, redirect), _about(provider)
        address, _ = session.create_authorization_url(
            about["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
        return str(address)

    def claims(self, provider: Provider, redirect: str, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Return the checked claims of the ID token that a code stands for."""
        about = _about(provider)
        try:
            with _session(provider, redirect) as session:
                token = session.fetch_token(
                    about["token_endpoint"], code=code, code_verifier=verifier, timeout=TIMEOUT, allow_redirects=False
                )
                told = _fetched(session, about["jwks_uri"])
            claims = jwt.decode(str(token["id_token"]), KeySet.import_key_set(told), ALGORITHMS).claims
            rules = {"iss": _exactly(provider.issuer), "nonce": _exactly(nonce), "sub": {"essential": True}}
            audience, expiry = {"essential": True, "value": provider.client_id}, {"essential": True}
            jwt.JWTClaimsRegistry(leeway=60, **rules, aud=audience, exp=expiry).validate(claims)  # type: ignore[arg-type]
        except (AuthlibBaseError, JoseError, KeyError, ValueError, OSError) as error:
            raise Unauthenticated(f"{provider.title} did not confirm who you are; begin again.") from error
        return dict(claims)


def _exactly(value: str) -> dict[str, Any]:
    return {"essential": True, "value": value}


def _session(provider: Provider, redirect: str) -> Any:
    session = OAuth2Session(
        provider.client_id, provider.client_secret or None, scope=provider.scope, redirect_uri=redirect,
        code_challenge_method="S256", token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
    )  # fmt: skip
    session.trust_env = False
    return session


@lru_cache(maxsize=32)
def _about(provider: Provider) -> dict[str, Any]:
    """Return what the provider says of itself; kept, since it hardly ever changes."""
    try:
        with _session(provider, "") as session:
            about: dict[str, Any] = _fetched(session, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    except (OSError, ValueError) as error:
        raise Unreachable(f"{provider.title} cannot be reached just now; try again later.") from error
    if about.get("issuer") != provider.issuer:
        raise Unreachable(f"{provider.title} names another issuer than {provider.issuer}; correct the file of providers.")
    return about


def _fetched(session: Any, address: str) -> Any:
    answer = session.get(address, timeout=TIMEOUT, allow_redirects=False, withhold_token=True)
    if answer.status_code != 200 or len(answer.content) > 2**20:
        raise ValueError(f"{address} answers {answer.status_code}")
    return answer.json()
