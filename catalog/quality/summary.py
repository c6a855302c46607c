"""Quality of many datasets: how they stand, how that changed, which rules fail most, who got better."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from catalog.access import Actor
from catalog.clock import Clock, stamp
from catalog.kept import Kept
from catalog.ports import EVERYTHING, Store
from catalog.quality.records import Standing, Step
from catalog.quality.scoring import BANDS
from schemas.dates import utc

MONTHS, LAPSE = 12, timedelta(days=30)
"""Months that a trend goes back, and the time over which an improvement counts."""
_LINKS = frozenset({"mqa.accessibility.access_url_status", "data.links.files"})
"""Checks that fail where an address does not answer; that of download addresses also fails where there is none."""


@dataclass(frozen=True, slots=True)
class Month:
    """How many datasets stood in each band at the end of a month, and under which versions of the rules."""

    month: str
    bands: Mapping[str, int]
    rules: tuple[str, ...]
    new_rules: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An agency in the table: its mean points, and what they were a month before under the same rules (None without)."""

    agency: str
    datasets: int
    mean: float
    before: float | None
    bands: Mapping[str, int]

    @property
    def gain(self) -> float | None:
        """Return by how much it got better."""
        return None if self.before is None else round(self.mean - self.before, 1)


@dataclass(frozen=True, slots=True)
class Summary:
    """`audited` of `total` datasets; `failing` are rules with the number of datasets in which they fail."""

    total: int
    audited: int
    last: str
    bands: Mapping[str, int]
    months: tuple[Month, ...]
    failing: tuple[tuple[str, int], ...]
    rotten: int
    places: tuple[Place, ...]
    standings: tuple[Standing, ...]


KEPT = 16
"""Summaries that are kept, those asked for last, each with the standing of every dataset."""


class Summaries:
    """Counts over the datasets whose metadata an actor may see; what was made from bytes counts for open ones only."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._kept = Kept[Summary](KEPT)

    def of(self, actor: Actor, agency: str = "") -> Summary:
        """Return how the datasets (of an agency) stand; counted again after every change, and every ten minutes."""
        labels = EVERYTHING if actor.kind == "system" else actor.labels
        with self._store.read() as work:
            mark = (*work.quality.mark(), stamp(self._clock)[:15])
        return self._kept.get((labels, agency, mark), lambda: self._counted(labels, agency))

    def _counted(self, labels: frozenset[str], agency: str) -> Summary:
        with self._store.read() as work:
            standings = work.quality.standings(labels, agency)
            steps = work.quality.steps(labels, agency)
            total = work.datasets.count(agency=agency, labels=labels)
        failing = Counter(check for one in standings for check in one.failed)
        now = datetime.fromisoformat(stamp(self._clock))
        return Summary(
            total=total, audited=len(standings), last=max((one.checked_at for one in standings), default=""),
            bands=_counted(one.band for one in standings), months=_months(steps, now),
            failing=tuple(sorted(failing.items(), key=lambda item: (-item[1], item[0]))),
            rotten=sum(bool(_LINKS & set(one.failed)) for one in standings),
            places=_places(standings, steps, utc(now - LAPSE)), standings=tuple(standings),
        )  # fmt: skip


def _counted(bands: Iterable[str]) -> dict[str, int]:
    found = Counter(bands)
    return {code: found[code] for code, _ in BANDS}


def _months(steps: Sequence[Step], now: datetime) -> tuple[Month, ...]:
    """Return the end of each month since the first audit; a month under other rules than the one before is marked."""
    made: list[Month] = []
    standing: dict[str, Step] = {}
    waiting = deque(sorted(steps, key=lambda step: step.as_of))
    for end in _ends(waiting[0].as_of, now) if waiting else ():
        while waiting and waiting[0].as_of < end:
            step = waiting.popleft()
            standing[step.dataset] = step
        rules = tuple(sorted({step.rules for step in standing.values()}))
        changed = bool(made and made[-1].rules and rules != made[-1].rules)
        made.append(Month(_month_before(end), _counted(step.band for step in standing.values()), rules, changed))
    return tuple(made[-MONTHS:])


def _ends(first: str, now: datetime) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    ends: list[str] = []
    while (year, month) <= (now.year, now.month) and len(ends) < 1200:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        ends.append(f"{year:04}-{month:02}")
    return ends[-MONTHS - 1 :]


def _month_before(end: str) -> str:
    year, month = int(end[:4]), int(end[5:7])
    return f"{year - 1:04}-12" if month == 1 else f"{year:04}-{month - 1:02}"


def _places(standings: Sequence[Standing], steps: Sequence[Step], then: str) -> tuple[Place, ...]:
    mine: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        mine[one.agency].append(one)
    old: dict[str, Step] = {}
    for step in steps:
        if step.as_of <= then:
            old[step.dataset] = step
    places = [_place(agency, found, old) for agency, found in mine.items() if agency]
    return tuple(sorted(places, key=lambda place: (-place.mean, place.agency)))


def _place(agency: str, standings: Sequence[Standing], old: Mapping[str, Step]) -> Place:
    """Compare datasets with themselves only, and only where the rules are the same."""
    pairs = [(one, old[one.dataset]) for one in standings if one.dataset in old and old[one.dataset].rules == one.rules]
    gain = fmean(one.mqa - before.mqa for one, before in pairs) if pairs else None
    mean = round(fmean(one.mqa for one in standings), 1)
    return Place(agency, len(standings), mean, None if gain is None else mean - gain, _counted(one.band for one in standings))
