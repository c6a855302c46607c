"""What findings do to publication, by access level: label (shown in the report), hold (out of view until released) or block."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalog.errors import SettingsError
from catalog.quality.base import Finding, Status, checks
from schemas.access import AccessLevel


class Consequence(StrEnum):
    """`hold` takes a published dataset from view, `block` keeps a draft from being published too."""

    LABEL = "label"
    HOLD = "hold"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Policy:
    """Consequences by (access level, check); whatever is not named is a label."""

    rules: Mapping[tuple[str, str], Consequence]

    def of(self, level: str, findings: Iterable[Finding]) -> list[tuple[Finding, Consequence]]:
        """Return the failures that do more than label."""
        return [
            (one, found) for one in findings if one.status is Status.FAIL
            and (found := self.rules.get((level, one.check), Consequence.LABEL)) is not Consequence.LABEL
        ]  # fmt: skip


def policy_of(words: str) -> Policy:
    """Read `open/data.validity.tables=hold, closed/data.fixity.stored=block`; raises SettingsError that says what is wrong."""
    rules: dict[tuple[str, str], Consequence] = {}
    for part in filter(None, (part.strip() for part in words.split(","))):
        place, _, consequence = part.partition("=")
        level, _, check = place.strip().partition("/")
        if level not in list(AccessLevel) or check not in checks() or consequence.strip() not in list(Consequence):
            words = f"QOIMA_QUALITY_POLICY: {part!r} is no rule"
            raise SettingsError(f"{words}; write level/check=consequence, such as open/data.validity.tables=hold")
        rules[level, check] = Consequence(consequence.strip())
    return Policy(rules)
