"""The actor that an account is, with the rights that it has at this moment."""

from catalog.access.base import RESIDENTS, Actor, Residency, SiteRole
from catalog.accounts.records import AUDIT_SCOPE, Account, AccountState
from catalog.ports import UnitOfWork

_SEE = frozenset({"dataset:read", "dataset:edit", "dataset:publish", "dataset:review", "dataset:withdraw"})


def actor_of(work: UnitOfWork, now: str, id: str, scopes: tuple[str, ...] | None = None, session: str = "") -> Actor | None:
    """Return the actor of an account, limited to `scopes` where a token acts for it; None where it is disabled or gone."""
    account = work.accounts.get(id)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    roles, site_roles = work.accounts.roles(id), work.accounts.site_roles(id)
    if scopes is not None and AUDIT_SCOPE not in scopes:
        site_roles -= {SiteRole.AUDITOR}
    sees = scopes is None or not _SEE.isdisjoint(scopes)
    labels = {"public", "registered", *(f"agency:{agency}" for agency in roles)} if sees else {"public"}
    residency = _residency(work, id)
    if sees and residency and residency.holds(now):
        labels.add(RESIDENTS)
    return Actor(
        id=id, kind="account", labels=frozenset(labels), roles=roles, site_roles=site_roles, session=session, residency=residency,
        scopes=None if scopes is None else frozenset(scopes), name=called(account), grants=tuple(work.grants.of_account(id)),
    )  # fmt: skip


def _residency(work: UnitOfWork, id: str) -> Residency | None:
    """Return what was verified last."""
    for one in work.identities.of(id):
        if one.verified:
            return Residency(resident=one.resident, provider=one.provider, verified=one.verified, expires=one.expires)
    return None


def called(account: Account) -> str:
    """Return how an account is called on pages."""
    return account.name or account.email
