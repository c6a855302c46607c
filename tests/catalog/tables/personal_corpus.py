"""A labelled corpus of our own making: columns of people's numbers and columns that only look so; prints recall and false alarms.

Run `python -m tests.catalog.tables.personal_corpus`. All values are invented; a fixed seed makes them the same every time.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars

from catalog.personal.levels import blocking
from catalog.tables.personal.search import Search
from tests.catalog.tables.personal_values import Inventor

SIZES = (2, 4, 10, 40, 200, 1000)
"""Rows of a column."""


@dataclass(frozen=True, slots=True)
class Case:
    """A column; `kind` is what it holds, empty where it holds nothing personal."""

    name: str
    kind: str
    texts: list[str]
    label: str
    type: str = "string"


def corpus(rounds: int = 40, seed: int = 20261129) -> Iterator[Case]:
    """Yield `rounds` columns of every way of writing and of every look-alike, in sizes that take turns."""
    for turn in range(rounds):
        size = SIZES[turn % len(SIZES)]
        invent = Inventor(random.Random(seed + turn))
        for name, (kind, make) in PERSONAL.items():
            label, written = LABELS.get(name, ("value", "string"))
            yield Case(name, kind, [make(invent) for _ in range(size)], label, written)
        for name, look in LOOKALIKES.items():
            written = "integer" if name in WHOLE else "string"
            yield Case(name, "", [look(invent) for _ in range(size)], "value" if turn % 2 else "номер", written)


PERSONAL: dict[str, tuple[str, Callable[[Inventor], str]]] = {
    "IIN": ("kz-iin", lambda a: a.iin()),
    "IIN 6-3-3 in groups": ("kz-iin", lambda a: a.grouped(a.iin(), 6, 3, 3)),
    "IIN 4-4-4 in groups": ("kz-iin", lambda a: a.grouped(a.iin(), 4, 4, 4)),
    "IIN 3-3-3-3 in groups": ("kz-iin", lambda a: a.grouped(a.iin(), 3, 3, 3, 3)),
    "IIN as a number": ("kz-iin", lambda a: str(int(a.iin()))),
    "IIN as a decimal number": ("kz-iin", lambda a: f"{int(a.iin())}.0"),
    "IIN of the born since 2000 as a number": ("kz-iin", lambda a: str(int(a.iin(young=True)))),
    "IIN that lost zeros, as text under its label": ("kz-iin", lambda a: str(int(a.iin(young=True)))),
    "IIN in a Kazakh text": ("kz-iin", lambda a: f"Өтініш беруші: {a.name()}, ЖСН {a.iin()}, қабылданды {a.day()}"),
    "IIN in a Russian text": ("kz-iin", lambda a: f"{a.name()} (ИИН {a.iin()}), тел. {a.landline()}, дата {a.day()}"),
    "IIN in an English text": ("kz-iin", lambda a: f"Paid by {a.iin()} on {a.day()}, order {a.chance.randrange(10**6)}"),
    "RRN": ("kr-rrn", lambda a: a.rrn()),
    "NRIC": ("sg-nric", lambda a: a.nric()),
    "CPR": ("dk-cpr", lambda a: a.cpr()),
    "NINO under its label": ("uk-nino", lambda a: a.nino()),
    "payment card": ("payment-card", lambda a: a.card()),
    "payment card in groups": ("payment-card", lambda a: a.grouped(a.card(), 4, 4, 4, 4)),
    "IBAN": ("iban", lambda a: a.iban()),
    "e-mail": ("e-mail", lambda a: a.email()),
    "mobile phone with plus": ("phone", lambda a: a.mobile("+7 (", ") ", "-")),
    "mobile phone with 8 under its label": ("phone", lambda a: a.mobile("8 ", " ", " ")),
    "mobile phone of bare digits under its label": ("phone", lambda a: a.mobile("8", "", "")),
    "passport under its label": ("passport", lambda a: f"N{a.chance.randrange(10**8):08}"),
}
LABELS = {
    "IIN as a number": ("value", "integer"), "IIN as a decimal number": ("value", "number"),
    "IIN of the born since 2000 as a number": ("value", "integer"),
    "IIN that lost zeros, as text under its label": ("ИИН", "string"), "NINO under its label": ("NINO", "string"),
    "mobile phone with 8 under its label": ("Телефон", "string"),
    "mobile phone of bare digits under its label": ("Ұялы телефон", "string"),
    "passport under its label": ("Номер паспорта", "string"),
}  # fmt: skip
LOOKALIKES: dict[str, Callable[[Inventor], str]] = {
    "12-digit meter numbers": lambda a: f"{a.chance.randrange(10**12):012}",
    "12-digit meter numbers of a series": lambda a: f"0214{a.chance.randrange(10**8):08}",
    "12-digit order numbers YYMMDD + serial": lambda a: f"{a.birth():%y%m%d}{a.chance.randrange(10**6):06}",
    "stamps YYMMDDhhmmss": lambda a: f"{a.birth():%y%m%d}{a.clock()}",
    "stamps YYYYMMDDhhmm": lambda a: f"{a.birth():%Y%m%d}{a.clock()[:4]}",
    "ISO timestamps": lambda a: f"{a.birth():%Y-%m-%d}T{a.clock()[:2]}:{a.clock()[2:4]}:00Z",
    "BIN": lambda a: a.bin(),
    "9-digit integers": lambda a: str(a.chance.randrange(10**8, 10**9)),
    "11-digit integers": lambda a: str(a.chance.randrange(10**10, 10**11)),
    "13-digit EAN codes": lambda a: f"487{a.chance.randrange(10**10):010}",
    "seconds since 1970": lambda a: str(1_600_000_000 + a.chance.randrange(10**8)),
    "milliseconds since 1970": lambda a: str(1_600_000_000_000 + a.chance.randrange(10**11)),
    "phone-like codes": lambda a: f"8{a.chance.randrange(700, 800)}{a.chance.randrange(10**7):07}",
    "landlines of offices": lambda a: a.landline(),
    "offices' e-mail": lambda a: f"info@{a.word()}.gov.kz",
    "cadastral numbers": lambda a: f"{a.chance.randrange(100):02}-{a.chance.randrange(400):03}-{a.chance.randrange(1000):03}-"
                                   f"{a.chance.randrange(1000):03}",
    "letters and digits": lambda a: f"S{a.chance.randrange(10**7):07}{a.chance.choice('ABCDEFGHIZJ')}",
    "16-digit card-like": lambda a: f"4{a.chance.randrange(10**15):015}",
    "KZ + 18 digits": lambda a: f"KZ{a.chance.randrange(10**18):018}",
    "6-4 case numbers": lambda a: f"{a.chance.randrange(10**6):06}-{a.chance.randrange(10**4):04}",
    "6-7 contract numbers": lambda a: f"{a.chance.randrange(10**6):06}-{a.chance.randrange(10**7):07}",
    "coordinates": lambda a: f"{43 + a.chance.random():.6f}, {76 + a.chance.random():.6f}",
    "sums of money": lambda a: f"{a.chance.randrange(10**9):,}".replace(",", " ") + f" {a.chance.randrange(1000):03} 000",
    "hashes": lambda a: f"{a.chance.randrange(16**32):032x}",
    "UUIDs": lambda a: a.uuid(),
    "texts with laws and dates": lambda a: f"Приказ № {a.chance.randrange(1000)} от {a.day()}, {a.chance.randrange(10**5)}",
}  # fmt: skip
WHOLE = frozenset({"9-digit integers", "11-digit integers", "13-digit EAN codes", "seconds since 1970"})


@dataclass(frozen=True, slots=True)
class Score:
    """What was found: by way of writing (columns, found, values, found values), and false alarms by look-alike."""

    rows: dict[str, tuple[int, int, int, int]]
    alarms: dict[str, int]
    clean: int

    def recall(self, *, values: bool, only: str = "") -> float:
        """Return the share that was found of all columns, or of all values in them, of names that begin with `only`."""
        chosen = [row for name, row in self.rows.items() if name.startswith(only)]
        total, found = (sum(row[2 * values + place] for row in chosen) for place in (0, 1))
        return found / total

    @property
    def false_alarms(self) -> float:
        """Return the share of columns without personal data that would be kept from being public."""
        return sum(self.alarms.values()) / self.clean

    @property
    def precision(self) -> float:
        """Return the share of true alarms among all alarms, with as many look-alikes as this corpus holds."""
        true = sum(row[1] for row in self.rows.values())
        return true / (true + sum(self.alarms.values()))


def measure(cases: Iterator[Case]) -> Score:
    """Look through all columns; only what keeps a file from being public counts as found."""
    rows: dict[str, tuple[int, int, int, int]] = {}
    alarms, clean = Counter[str](), 0
    for case in cases:
        found = {one["kind"]: one for one in blocking(_searched(case))}
        if not case.kind:
            clean, alarms[case.name] = clean + 1, alarms[case.name] + bool(found)
            continue
        hits = min(found[case.kind]["hits"], len(case.texts)) if case.kind in found else 0
        before = rows.get(case.name, (0, 0, 0, 0))
        rows[case.name] = (before[0] + 1, before[1] + bool(hits), before[2] + len(case.texts), before[3] + hits)
    return Score(rows, dict(alarms), clean)


def _searched(case: Case) -> list[dict[str, object]]:
    search = Search([{"name": case.label, "type": case.type}], [case.label])
    search.look(polars.DataFrame({"0": case.texts}, schema={"0": polars.String}))
    return search.found()


def report(score: Score) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{'way of writing':52} columns  found   values   found"
    for name, (columns, found, values, hits) in score.rows.items():
        yield f"{name:52} {columns:7} {found:6} {values:8} {hits:7}"
    for what, only in (("IIN", "IIN"), ("All", "")):
        columns_found, values_found = score.recall(values=False, only=only), score.recall(values=True, only=only)
        yield f"{what}: recall {columns_found:.2%} of columns, {values_found:.2%} of values"
    yield ""
    yield f"{'look-alike':52} false alarms"
    for name, count in score.alarms.items():
        yield f"{name:52} {count:12}"
    alarms = sum(score.alarms.values())
    yield f"False alarms: {alarms} of {score.clean} columns ({score.false_alarms:.3%}); precision {score.precision:.2%}"


if __name__ == "__main__":
    for line in report(measure(corpus(int(sys.argv[1]) if len(sys.argv) > 1 else 40))):
        print(line)
