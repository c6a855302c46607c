"""Columns of people's numbers are found; random numbers, stamps and codes that only look like them are not."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars
import pytest

from catalog.tables.personal_data import Search
from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.tables import validate

CHANCE = random.Random(7)


def searched(texts: Iterable[str], label: str = "column", kind: str = "string") -> dict[str, dict[str, Any]]:
    """Return what is found in one column, by kind; looked at in two blocks."""
    texts = list(texts)
    search = Search([{"name": label, "type": kind}], [label])
    for part in (texts[: len(texts) // 3], texts[len(texts) // 3 :]):
        search.look(polars.DataFrame({"0": part}, schema={"0": polars.String}))
    return {one["kind"]: one for one in search.found()}


def levels(texts: Iterable[str], label: str = "column", kind: str = "string") -> dict[str, str]:
    return {name: one["level"] for name, one in searched(texts, label, kind).items()}


def born() -> date:
    return date(1940, 1, 1) + timedelta(days=CHANCE.randrange(30_000))


def until_true(make: Callable[[], str]) -> str:
    return next(made for made in iter(make, None) if made)


def weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def kz_check(digits: str) -> str:
    """Return the number with its check digit, empty where there is none."""
    check = weighed(digits, range(1, 12)) % 11
    if check == 10:
        check = weighed(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return digits + str(check) if check < 10 else ""


def iin() -> str:
    return until_true(lambda: kz_check(f"{born():%y%m%d}{CHANCE.randint(1, 6)}{CHANCE.randrange(10_000):04}"))


def bin_number() -> str:
    return until_true(lambda: kz_check(f"{born():%y%m}{CHANCE.randint(4, 6)}{CHANCE.randrange(10**6):06}"))


def nric() -> str:
    letter, digits = CHANCE.choice("STFG"), f"{CHANCE.randrange(10**7):07}"
    rest = (weighed(digits, (2, 7, 6, 5, 4, 3, 2)) + 4 * (letter in "TG")) % 11
    return letter + digits + ("JZIHGFEDCBA" if letter in "ST" else "XWUTRQPNMLK")[rest]


def cpr() -> str:
    def made() -> str:
        digits = f"{born():%d%m%y}{CHANCE.randrange(1000):03}"
        check = -weighed(digits, (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return f"{digits[:6]}-{digits[6:]}{check}" if check < 10 else ""

    return until_true(made)


def rrn() -> str:
    digits = f"{born():%y%m%d}{CHANCE.randint(1, 8)}{CHANCE.randrange(10**5):05}"
    check = ((13 if digits[6] in "5678" else 11) - weighed(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{digits[:6]}-{digits[6:]}{check}"


def card() -> str:
    digits = f"4{CHANCE.randrange(10**14):014}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def iban() -> str:
    account = f"{CHANCE.choice(('QAZX', 'HSBK'))}{CHANCE.randrange(10**12):012}"
    number = "".join(str(int(sign, 36)) for sign in account + "KZ00")
    return f"KZ{98 - int(number) % 97:02}{account}"


def nino() -> str:
    return f"{CHANCE.choice('ABCEHJ')}{CHANCE.choice('ABCEHJ')}{CHANCE.randrange(10**6):06}{CHANCE.choice('ABCD')}"


def stamp() -> str:
    return f"{born():%y%m%d}{CHANCE.randrange(24):02}{CHANCE.randrange(60):02}{CHANCE.randrange(60):02}"


@pytest.mark.parametrize(("kind", "make"), [
    ("kz-iin", iin), ("kz-bin", bin_number), ("sg-nric", nric), ("dk-cpr", cpr), ("kr-rrn", rrn), ("payment-card", card),
    ("iban", iban), ("e-mail", lambda: f"a{CHANCE.randrange(99)}.b@mail.kz"),
])  # fmt: skip
def test_a_column_of_true_numbers_is_certain(kind: str, make: Callable[[], str]) -> None:
    found = searched(make() for _ in range(200))
    assert (list(found), found[kind]["level"]) == ([kind], "certain")
    assert (found[kind]["hits"], found[kind]["candidates"], found[kind]["rows"]) == (200, 200, list(range(1, 21)))


@pytest.mark.parametrize("vector", ["S1234567D", "T1234567J", "F1234567N", "G1234567X", "M5012345J", "s1234567d"])
def test_known_numbers_of_singapore(vector: str) -> None:
    assert levels([vector] * 20) == {"sg-nric": "certain"}
    assert levels([vector[:-1] + "Y"] * 20) == {}


@pytest.mark.parametrize("vector", ["4111111111111111", "5500 0000 0000 0004", "3400-000000-00009", "378282246310005"])
def test_known_test_cards(vector: str) -> None:
    assert levels([vector] * 20) == {"payment-card": "certain"}


@pytest.mark.parametrize("vector", ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "NO9386011117947"])
def test_known_ibans(vector: str) -> None:
    assert levels([f"to {vector}."] * 20) == {"iban": "certain"}


@pytest.mark.parametrize("make", [
    lambda: f"{CHANCE.randrange(10**12):012}", stamp, lambda: f"{CHANCE.randrange(10**13):013}",
    lambda: str(1_600_000_000 + CHANCE.randrange(10**8)), lambda: str(1_600_000_000_000 + CHANCE.randrange(10**11)),
    lambda: f"S{CHANCE.randrange(10**7):07}{CHANCE.choice('ABCDEFGHIZJ')}", lambda: f"4{CHANCE.randrange(10**15):015}",
    lambda: f"KZ{CHANCE.randrange(10**18):018}", lambda: f"{born():%d%m%y}-{CHANCE.randrange(10_000):04}",
], ids=["twelve", "stamps", "thirteen", "seconds", "milliseconds", "letters", "sixteen", "accounts", "cases"])
def test_numbers_that_only_look_so_are_not_found(make: Callable[[], str]) -> None:
    found = searched(make() for _ in range(20_000))
    assert [one for one in found.values() if one["level"] != "review"] == []
    assert "kz-iin" not in found


def test_integers_that_lost_their_zeros_are_still_numbers_of_people() -> None:
    texts = [until_true(lambda: kz_check(f"0{CHANCE.randrange(10)}0101{CHANCE.randint(1, 6)}{CHANCE.randrange(10**4):04}"))
             for _ in range(50)]  # fmt: skip
    assert levels((str(int(text)) for text in texts), kind="integer") == {"kz-iin": "certain"}


def test_a_few_under_a_telling_label_are_likely() -> None:
    assert levels([iin(), iin(), "?"], "ИИН владельца") == {"kz-iin": "likely"}
    assert levels([nino() for _ in range(30)], "NINO") == {"uk-nino": "certain"}
    assert levels([nino() for _ in range(30)], "part") == {"uk-nino": "likely"}


def test_some_in_free_text_are_for_review_by_row_and_never_by_value() -> None:
    texts = ["nothing here"] * 500 + [f"owner {iin()}, paid" for _ in range(5)]
    found = searched(texts)["kz-iin"]
    assert (found["level"], found["rows"]) == ("review", [501, 502, 503, 504, 505])
    assert not any(text[6:18] in str(found) for text in texts[500:])


def test_addresses_of_offices_are_no_persons() -> None:
    assert levels([f"info@town{n}.kz" for n in range(50)]) == {}
    assert levels(["call +7 701 123 45 67"], "note") == {"phone": "review"}


def test_what_is_found_stands_in_the_facts_of_the_table(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,person\n" + "".join(f"a,{iin()}\n" for _ in range(40)), "utf-8")
    result = validate(tmp_path / "t.csv", sandbox)
    assert result.table is not None
    told = [(one["column"], one["kind"], one["level"]) for one in result.table["personal_data"]]
    assert told == [("person", "kz-iin", "certain")]
