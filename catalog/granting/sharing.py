"""Sharing with an agency of the catalogue or a company: three safeguards that the asker states and the owner judges one by one.

Legitimate purpose, authorisation and equal protection, as Singapore's public sector shares data. A request for an agency is
confirmed by a publisher of that agency before its owner sees it; a company names the officer who authorises it.
"""

from collections.abc import Mapping

from catalog.access import Actor
from catalog.access.base import RESIDENTS
from catalog.errors import failed
from catalog.granting.records import Sharing
from schemas.access import AccessRule
from schemas.problems import Problem

COMPANY, AGENCY = "company", "agency:"
"""On whose behalf somebody asks: `company`, or `agency:` and the name of an agency."""
SAFEGUARDS = ("purpose", "authorisation", "protection")
MEASURES = ("storage-place", "encryption", "access-list", "access-log", "deletion-date", "no-transfer")
"""What keeps shared data as safe as at their owner's."""
LEAST, MOST = 30, 2000
"""Characters of what is stated of a purpose and of protection."""


def stated(actor: Actor, form: Mapping[str, str]) -> tuple[Sharing | None, list[Problem]]:
    """Return what the fields `behalf`, `legitimate`, `officer`, `measure_…` and `protection` say, with what is wrong of it.

    Without `behalf` somebody asks for themselves, and nothing is stated.
    """
    behalf = form.get("behalf", "").strip()
    if not behalf:
        return None, []
    made = Sharing(
        behalf=behalf, legitimate=form.get("legitimate", "").strip(), officer=form.get("officer", "").strip(),
        measures=tuple(one for one in MEASURES if form.get(f"measure_{one}") == "yes"),
        protection=form.get("protection", "").strip(),
    )  # fmt: skip
    agency = behalf.removeprefix(AGENCY) if behalf.startswith(AGENCY) else ""
    checks = (
        (behalf == COMPANY or agency in actor.roles, "behalf", "Ask for yourself, a company, or an agency that you work for."),
        (
            LEAST <= len(made.legitimate) <= MOST, "legitimate",
            f"Say in {LEAST} to {MOST} characters which task, law or contract the data are needed for.",
        ),
        (
            bool(agency) or 5 <= len(made.officer) <= 300, "officer",
            "Name the officer who authorises this, with the office, in 5 to 300 characters.",
        ),
        (bool(made.measures), "measures", "Choose at least one measure of protection."),
        (
            LEAST <= len(made.protection) <= MOST, "protection",
            f"Say in {LEAST} to {MOST} characters where the data are kept, who has access, and when they are deleted.",
        ),
    )  # fmt: skip
    return made, failed(checks)


def unfit(sharing: Sharing, actor: Actor, rule: AccessRule) -> bool:
    """Tell whether a rule names recipients, and those on whose behalf somebody asks are none of them."""
    agencies = {"agency", sharing.behalf} if sharing.behalf.startswith(AGENCY) else set()
    return bool(rule.audience) and not set(rule.audience) & (agencies | (actor.recipients & {RESIDENTS}))


def unjudged(sharing: Sharing | None, form: Mapping[str, str]) -> list[str]:
    """Return the safeguards that the owner does not find satisfied (fields `satisfied_…`), none where nothing is shared."""
    return [one for one in SAFEGUARDS if sharing and form.get(f"satisfied_{one}") != "yes"]
