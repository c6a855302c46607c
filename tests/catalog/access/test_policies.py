"""What exports say of access in ODRL is what the server does: both are asked about the same rules, people and moments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from catalog.access import VISITOR, Action, Actor, decide
from catalog.access.base import Residency
from catalog.granting.agreements import Notary
from catalog.granting.records import AccessRequest, Grant, RequestState, Sharing
from catalog.records import CatalogRecord, State
from schemas.access import AccessLevel, AccessRule, Duty
from schemas.profiles import profiles
from schemas.profiles.croissant.usage import usage_info
from tests.builders import SITE, a_dataset
from tests.cast import OTHER_AGENCY
from tests.catalog.access.odrl import World, of_agreement, of_croissant, of_graph, permits

MOMENTS = ("2026-11-23T12:00:00Z", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")
DATES = ("", "2026-11-23", "2026-11", "2026-12-01T05:00:00+05:00", "2027")
AUDIENCES = ((), ("agency",), ("agency:road-agency", "laboratory"), ("laboratory", "residents"))
PURPOSES = ((), ("research",), ("research", "https://purpose.example/train"))
DUTIES = ((), (Duty(action="attribute"), Duty(action="delete-after", value="P1Y")), (Duty(action="pay"),))


def resident(resident: bool, verified: str, expires: str) -> Actor:
    told = Residency(resident=resident, provider="eid", verified=verified, expires=expires)
    return Actor(id="account:7", kind="account", residency=told)


ASKED_FOR = AccessRequest(
    id="r", dataset="wells", agency="water-agency", account="account:5", state=RequestState.PENDING, purpose="A study",
    kind="", organisation="University", until="2027-06-30", due="2026-12-01", created=MOMENTS[0], updated=MOMENTS[0],
)  # fmt: skip
LEVELS_OF_ALL = frozenset({"qoima:level-open"})
SIGNED_IN = LEVELS_OF_ALL | {"qoima:level-registered"}
PEOPLE = (
    (VISITOR, LEVELS_OF_ALL, lambda now: False),
    (Actor(id="account:5", kind="account"), SIGNED_IN, lambda now: False),
    (resident(True, "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z"), SIGNED_IN, lambda now: now < "2026-12-01T00:00:00Z"),
    (resident(False, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), SIGNED_IN, lambda now: False),
    (OTHER_AGENCY, SIGNED_IN | {"agency", "agency:road-agency"}, lambda now: False),
)


def rules() -> Iterator[AccessRule]:
    for level, audience, purposes, embargo, expires, duties in product(AccessLevel, AUDIENCES, PURPOSES, DATES, DATES, DUTIES):
        yield AccessRule(level=level, audience=audience, purposes=purposes, embargo=embargo, expires=expires, duties=duties)
    yield from (AccessRule(level=level, count=count) for level in AccessLevel for count in (0, 3))


def record(rule: AccessRule) -> CatalogRecord:
    made = CatalogRecord(
        dataset=a_dataset(access=rule), state=State.PUBLISHED, number=1, revision=1, content_hash="", created="", updated=""
    )
    return replace(made, labels=frozenset({"public"}))


def asked(place: int) -> Iterator[tuple[Actor, World, str]]:
    """Yield people with what they say, and the world as ODRL sees it; which moment and purpose, `place` decides."""
    now, purpose = MOMENTS[place % len(MOMENTS)], ("", "research", "https://purpose.example/train")[place % 3]
    for actor, party, verified in PEOPLE:
        is_resident = verified(now)
        groups = party | ({"qoima:level-residents", "residents"} if is_resident else frozenset())
        actor = replace(actor, labels=actor.labels | {"residents"}) if is_resident else actor
        world = World(datetime.fromisoformat(now), groups, "qoima:residency" if is_resident else "", purpose)
        yield replace(actor, purpose=purpose), world, now


def test_croissant_permits_what_the_server_gives():
    cases, given = 0, 0
    for place, rule in enumerate(rules()):
        policy, stored = of_croissant(usage_info(rule, "https://data.example/dataset/wells")), record(rule)
        for actor, world, now in asked(place):
            allowed = decide(actor, Action.DOWNLOAD, stored, now).allowed
            assert allowed == permits(policy, "odrl:use", world), (rule, actor, now)
            cases, given = cases + 1, given + allowed
    assert cases > 20_000 and 0.01 < given / cases < 0.5


def test_dcat_permits_what_the_server_gives():
    from rdflib import Graph

    for place, rule in enumerate(list(rules())[::97]):
        graph = Graph().parse(data=profiles()["dcat"].write(a_dataset(access=rule), SITE, "ttl"), format="turtle")
        policy, stored = of_graph(graph), record(rule)
        for actor, world, now in asked(place):
            allowed = decide(actor, Action.DOWNLOAD, stored, now).allowed
            assert allowed == permits(policy, "odrl:use", world), (rule, actor, now)


BOUNDS = ((0, 0), (1, 1), (2, 2), (2, 0), (0, 2), (2, 3))
ENDS = ("2026-11-23", "2026-11-30", "2027-06-30")
SHARED = (
    None, Sharing(behalf="company", legitimate="", officer="", measures=("encryption",), protection=""),
    Sharing(behalf="agency:road-agency", legitimate="", officer="", measures=("access-list", "encryption"), protection=""),
)  # fmt: skip
MEMBERS = (({}, frozenset()), (OTHER_AGENCY.roles, frozenset({"agency", "agency:road-agency"})))
USES = ((None, 5), (0, 0), (2, 1), (2, 2))


def test_an_agreement_permits_what_its_grant_gives():
    notary, cases, given = Notary("secret", SITE.base_url), 0, 0
    for bounds, until, (most, used), (kind, sharing) in product(BOUNDS, ENDS, USES, product(("", "research"), SHARED)):
        rule = AccessRule(level=AccessLevel.ON_REQUEST, count=most, duties=(Duty(action="attribute"),))
        request = replace(ASKED_FOR, kind=kind, sharing=sharing)
        agreement = notary.agreement(request, rule, until, MOMENTS[0], bounds)
        policy = of_agreement(agreement)
        grant = Grant(
            id="g", request="r", dataset="wells", agency="water-agency", account="account:5", kind=kind, starts=MOMENTS[0],
            until=until, given_by="", agreement=agreement, count=most, used=used, from_version=bounds[0], to_version=bounds[1],
        )  # fmt: skip
        for place, (now, version, (roles, party)) in enumerate(product(MOMENTS, range(5), MEMBERS)):
            said = ("", "research", "commercial")[place % 3]  # who says nothing is bound by the agreement
            actor = Actor(id="account:5", kind="account", grants=(grant,), roles=roles, purpose=said)
            stored = replace(record(rule), version=version)
            world = World(datetime.fromisoformat(now), SIGNED_IN | party, "", said or kind, version, used + 1)
            allowed = decide(actor, Action.DOWNLOAD, stored, now).allowed
            assert allowed == permits(policy, "odrl:use", world), (grant, now, version, roles, said)
            cases, given = cases + 1, given + allowed
    assert cases > 10_000 and 0.05 < given / cases < 0.6


@pytest.mark.parametrize("level", [AccessLevel.OPEN, AccessLevel.REGISTERED, AccessLevel.ON_REQUEST])
def test_a_count_that_no_grant_keeps_gives_nothing_out_rather_than_being_ignored(level):
    rule = AccessRule(level=level, count=5)
    decision = decide(Actor(id="account:5", kind="account"), Action.DOWNLOAD, record(rule), MOMENTS[0])
    assert (decision.allowed, decision.reason) == (False, "unknown-term")


def test_a_date_that_cannot_be_read_gives_nothing_out():
    for rule in (AccessRule(embargo="soon"), AccessRule(expires="never")):
        assert not decide(VISITOR, Action.DOWNLOAD, record(rule), MOMENTS[0]).allowed
