"""The cast: who acts in stories about publishing."""

from catalog.access.base import Actor, Role


def member(id: str, role: Role, agency: str = "water-agency", scopes: frozenset[str] | None = None) -> Actor:
    """Return somebody of an agency."""
    return Actor(
        id=id, kind="account", labels=frozenset({"public", "registered", f"agency:{agency}"}), roles={agency: role}, scopes=scopes
    )


EDITOR = member("aigul", Role.EDITOR)
COLLEAGUE = member("bolat", Role.EDITOR)
PUBLISHER = member("dana", Role.PUBLISHER)
OTHER_AGENCY = member("erlan", Role.ADMINISTRATOR, "road-agency")
READER = member("gulnar", Role.MEMBER)
