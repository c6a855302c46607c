"""Whatever is done in whatever order, everybody gets what a small model says, and every download is in the log."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from catalog.access import SYSTEM, VISITOR, Actor
from catalog.access.base import Role
from catalog.accounts.acting import actor_of
from catalog.bootstrap import Catalog, open_catalog
from catalog.clock import stamp
from catalog.errors import Conflict, Denied, Gone, NotFound
from catalog.publishing import Publishing
from catalog.settings import Settings
from schemas.access import AccessLevel
from schemas.agents import Agency
from tests.conftest import StoppedClock
from tests.web.accounts.asking import ASKED, BYTES
from tests.web.accounts.wells import RULE, publish

PEOPLE, AGENCIES = ("aigul", "bolat", "dana"), ("water-agency", "road-agency")
people, agencies, versions = st.sampled_from(PEOPLE), st.sampled_from(AGENCIES), st.sampled_from((0, 1, 2))
PLAIN = replace(RULE, purposes=(), duties=())


class Access(RuleBasedStateMachine):
    """One dataset, three people and two agencies; the model is the attributes."""

    catalog: Catalog
    clock: StoppedClock
    numbers = count(1)

    @initialize(first=versions)
    def begin(self, first: int) -> None:
        """Begin with a grant, so that what happens to grants is seen in few steps."""
        number = next(self.numbers)
        self.name, self.level, self.agency, self.public = f"wells-{number}", AccessLevel.ON_REQUEST, AGENCIES[0], True
        self.ids = {who: self.catalog.people.add(SYSTEM, f"{who}-{number}@example.kz", who).id for who in PEOPLE}
        self.members: set[tuple[str, str]] = set()
        self.waiting: dict[str, str] = {}
        self.granted: dict[str, list[tuple[str, str]]] = {who: [] for who in PEOPLE}
        self.live: set[str] = set()
        self.title = "Wells"
        self.downloads = 0
        self._publish()
        self.ask(PEOPLE[0])
        self.approve(PEOPLE[0], 3, first)

    def _publish(self, beside: str = "") -> str:
        """Publish the dataset, or its double of another name; returns the name."""
        publisher, name = Agency(name=self.agency, title={"en": self.agency}), self.name + beside
        level = AccessLevel.ON_REQUEST if beside else self.level
        rule, title = replace(PLAIN, level=level), {"en": self.title}
        publish(self.catalog, rule, name=name, identifier=self.name, publisher=publisher, title=title)
        return name

    def _actor(self, who: str) -> Actor:
        with self.catalog.store.read() as work:
            found = actor_of(work, stamp(self.clock), self.ids[who])
        assert found
        return found

    @precondition(lambda self: self.public)
    @rule(level=st.sampled_from(AccessLevel))
    def change_level(self, level: AccessLevel) -> None:
        self.level = level
        self._publish()

    @precondition(lambda self: self.public)
    @rule(agency=agencies)
    def move(self, agency: str) -> None:
        self.agency = agency
        self._publish()

    @precondition(lambda self: self.public)
    @rule(title=st.sampled_from(("Wells", "Boreholes", "Ұңғымалар")))
    def retitle(self, title: str) -> None:
        self.title = title
        self._publish()

    @precondition(lambda self: self.public)
    @rule()
    def rename(self) -> None:
        """Publish it under another name: that is another dataset, which takes no grants along."""
        name = self._publish(beside="-renamed")
        for who in PEOPLE:
            assert self._got(self._actor(who), name) == (BYTES if (who, self.agency) in self.members else b"")

    @rule(who=people)
    def ask(self, who: str) -> None:
        form = {**ASKED, "kind": "", "until": stamp(self.clock)[:10]}
        try:
            made = self.catalog.requests.ask(self._actor(who), self.name, form)
        except (Denied, Conflict, Gone):
            assert not self.public or self.level is not AccessLevel.ON_REQUEST or who in self.waiting
            return
        assert self.public and self.level is AccessLevel.ON_REQUEST and who not in self.waiting
        self.waiting[who] = made.id

    @precondition(lambda self: self.waiting)
    @rule(who=people, days=st.integers(0, 3), first=versions)
    def approve(self, who: str, days: int, first: int) -> None:
        until = stamp(lambda: self.clock() + timedelta(days=days))[:10]
        if who in self.waiting:
            try:
                form = {"versions": "range" if first else "all", "from_version": str(first)}
                self.catalog.granting.approve(SYSTEM, self.waiting[who], until, form=form)
            except Conflict:
                assert self.level is not AccessLevel.ON_REQUEST
                return
            request = self.waiting.pop(who)
            if first < 2:  # the files are of the first version
                self.granted[who].append((request, until))
            self.live.add(request)

    @precondition(lambda self: self.waiting)
    @rule(who=people)
    def refuse(self, who: str) -> None:
        if who in self.waiting:
            self.catalog.granting.refuse(SYSTEM, self.waiting.pop(who), "No")

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def revoke(self, data: Any) -> None:
        request = data.draw(st.sampled_from(sorted(self.live)))
        self.catalog.granting.revoke(SYSTEM, request, "Over")
        self.live.remove(request)

    @rule(days=st.integers(1, 2))
    def wait(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule(who=people, agency=agencies)
    def join(self, who: str, agency: str) -> None:
        self.catalog.people.ensure_agency(SYSTEM, agency, agency, "en")
        self.catalog.people.give(SYSTEM, self.catalog.people.get(self.ids[who]).email, agency, Role.EDITOR)
        self.members.add((who, agency))

    @precondition(lambda self: self.members)
    @rule(data=st.data())
    def leave(self, data: Any) -> None:
        who, agency = data.draw(st.sampled_from(sorted(self.members)))
        self.catalog.people.remove(SYSTEM, self.ids[who], agency)
        self.members.remove((who, agency))

    @precondition(lambda self: self.public)
    @rule()
    def withdraw(self) -> None:
        self.catalog.publishing.withdraw(SYSTEM, self.name, "Wrong")
        self.public = False

    @precondition(lambda self: not self.public)
    @rule()
    def restore(self) -> None:
        self.catalog.publishing.restore(SYSTEM, self.name, "Right")
        self.public = True

    def _may(self, who: str) -> bool:
        """Tell what the model says."""
        if not self.public:
            return False
        if self.level is AccessLevel.OPEN or (who, self.agency) in self.members:
            return True
        today = stamp(self.clock)[:10]
        held = any(request in self.live and today <= until for request, until in self.granted.get(who, ()))
        return who != "" and (self.level is AccessLevel.REGISTERED or (held and self.level is not AccessLevel.CLOSED))

    def _got(self, actor: Actor, name: str) -> bytes:
        try:
            return b"".join(self.catalog.downloads.open(actor, name, "wells-csv").stream(0, None))
        except (Denied, Gone, NotFound):
            return b""

    @invariant()
    def everybody_gets_what_the_model_says_and_the_log_tells(self) -> None:
        for who in ("", *PEOPLE):
            actor = self._actor(who) if who else VISITOR
            got = self._got(actor, self.name)
            assert (got == BYTES) == self._may(who), (who, self.level, self.public)
            self.downloads += bool(got) and self.level is not AccessLevel.OPEN
        told = self.catalog.audit_log.page(SYSTEM, limit=2000, target=self.name, action="dataset:download")
        assert len(told) == self.downloads

    def teardown(self) -> None:
        assert self.catalog.audit_log.verify().problems == ()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Access]]:
    clock = StoppedClock()
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("states")), clock)
    catalog.__dict__["publishing"] = Publishing(catalog.store, clock)  # without an index to follow
    yield type("Machine", (Access,), {"catalog": catalog, "clock": clock})
    catalog.close()


def test_whatever_is_done_the_invariants_hold(machine: type[Access]) -> None:
    bounds = settings(
        max_examples=5, stateful_step_count=15, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=bounds)
