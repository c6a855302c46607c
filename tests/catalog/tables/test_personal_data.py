"""Columns of people's numbers are found; random numbers, stamps and codes that only look like them are not."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars
import pytest
from openpyxl import Workbook
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.dk import cpr as stdnum_cpr
from stdnum.kr import rrn as stdnum_rrn

from catalog.tables.personal.scanning import scanned
from catalog.tables.personal.search import Search
from catalog.tables.sandbox import Sandbox
from tests.catalog.tables.personal_corpus import corpus, measure, report
from tests.catalog.tables.personal_values import Inventor, kz_checked, until_true
from tests.catalog.tables.tables import validate

CHANCE = random.Random(7)
INVENT = Inventor(CHANCE)


def searched(texts: Iterable[str], label: str = "column", kind: str = "string") -> dict[str, dict[str, Any]]:
    """Return what is found in one column, by kind; looked at in two blocks."""
    texts = list(texts)
    search = Search([{"name": label, "type": kind}], [label])
    for part in (texts[: len(texts) // 3], texts[len(texts) // 3 :]):
        search.look(polars.DataFrame({"0": part}, schema={"0": polars.String}))
    return {one["kind"]: one for one in search.found()}


def levels(texts: Iterable[str], label: str = "column", kind: str = "string") -> dict[str, str]:
    return {name: one["level"] for name, one in searched(texts, label, kind).items()}


@pytest.mark.parametrize(("kind", "make"), [
    ("kz-iin", INVENT.iin), ("kz-bin", INVENT.bin), ("sg-nric", INVENT.nric), ("dk-cpr", INVENT.cpr), ("kr-rrn", INVENT.rrn),
    ("payment-card", INVENT.card), ("iban", INVENT.iban), ("e-mail", lambda: f"a{CHANCE.randrange(99)}.b@mail.kz"),
])  # fmt: skip
def test_a_column_of_true_numbers_is_certain(kind: str, make: Callable[[], str]) -> None:
    found = searched(make() for _ in range(200))
    assert (list(found), found[kind]["level"]) == ([kind], "review" if kind == "kz-bin" else "certain")
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


@pytest.mark.parametrize(
    "make",
    [
        lambda: f"{CHANCE.randrange(10**12):012}",
        lambda: f"{INVENT.birth():%y%m%d}{INVENT.clock()}",
        lambda: f"{CHANCE.randrange(10**13):013}",
        lambda: str(1_600_000_000 + CHANCE.randrange(10**8)),
        lambda: str(1_600_000_000_000 + CHANCE.randrange(10**11)),
        lambda: f"S{CHANCE.randrange(10**7):07}{CHANCE.choice('ABCDEFGHIZJ')}",
        lambda: f"4{CHANCE.randrange(10**15):015}",
        lambda: f"KZ{CHANCE.randrange(10**18):018}",
        lambda: f"{INVENT.birth():%d%m%y}-{CHANCE.randrange(10_000):04}",
    ],
    ids=["twelve", "stamps", "thirteen", "seconds", "milliseconds", "letters", "sixteen", "accounts", "cases"],
)
def test_numbers_that_only_look_so_are_not_found(make: Callable[[], str]) -> None:
    found = searched(make() for _ in range(20_000))
    assert [one for one in found.values() if one["level"] != "review"] == []
    assert "kz-iin" not in found


def test_integers_that_lost_their_zeros_are_still_numbers_of_people() -> None:
    texts = [until_true(lambda: kz_checked(f"0{CHANCE.randrange(10)}0101{CHANCE.randint(1, 6)}{CHANCE.randrange(10**4):04}"))
             for _ in range(50)]  # fmt: skip
    assert levels((str(int(text)) for text in texts), kind="integer") == {"kz-iin": "certain"}


def test_a_few_under_a_telling_label_are_likely() -> None:
    assert levels([INVENT.iin(), INVENT.iin(), "?"], "ИИН владельца") == {"kz-iin": "likely"}
    assert levels([INVENT.nino() for _ in range(30)], "NINO") == {"uk-nino": "certain"}
    assert levels([INVENT.nino() for _ in range(30)], "part") == {"uk-nino": "likely"}


def test_some_in_free_text_are_told_by_row_and_never_by_value() -> None:
    texts = ["nothing here"] * 500 + [f"owner {INVENT.iin()}, paid" for _ in range(5)]
    found = searched(texts)["kz-iin"]
    assert (found["level"], found["rows"]) == ("likely", [501, 502, 503, 504, 505])
    assert not any(text[6:18] in str(found) for text in texts[500:])


def test_addresses_of_offices_are_no_persons() -> None:
    assert levels([f"info@town{n}.kz" for n in range(50)]) == {"e-mail": "review"}
    assert levels(["call +7 701 123 45 67"], "note") == {"phone": "review"}


def test_what_is_found_stands_in_the_facts_of_the_table(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,person\n" + "".join(f"a,{INVENT.iin()}\n" for _ in range(40)), "utf-8")
    result = validate(tmp_path / "t.csv", sandbox)
    assert result.table is not None
    assert result.scan is not None
    told = [(one["column"], one["kind"], one["level"]) for one in result.scan["findings"]]
    assert told == [("person", "kz-iin", "certain")]


def test_the_labelled_corpus_is_found_and_its_look_alikes_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    score = measure(corpus(6))
    with capsys.disabled():
        print("", *report(score), sep="\n")
    assert score.recall(values=False, only="IIN") >= 0.99
    assert score.recall(values=True, only="IIN") >= 0.99
    assert score.recall(values=True) >= 0.95
    assert score.false_alarms <= 0.005
    assert score.precision >= 0.95


def test_the_corpus_is_true_by_the_numbers_of_another_library() -> None:
    invent = Inventor(random.Random(3))
    assert all(luhn.is_valid(invent.card()) and stdnum_iban.is_valid(invent.iban()) for _ in range(200))
    assert all(stdnum_cpr.checksum(invent.cpr().replace("-", "")) == 0 for _ in range(200))
    assert all(stdnum_rrn.calc_check_digit(made.replace("-", "")) == made[-1]
               for made in (invent.rrn() for _ in range(200)) if made[7] in "1234")  # fmt: skip


def table(**columns: list[str]) -> dict[str, tuple[str, str]]:
    """Return kind and level of what is found, by column."""
    search = Search([{"name": name, "type": "string"} for name in columns], list(columns))
    search.look(polars.DataFrame({str(at): texts for at, texts in enumerate(columns.values())}))
    return {one["column"]: (one["kind"], one["level"]) for one in search.found()}


NAMES = [f"{last} {first}" for last in ("Ахметова", "Қасымов", "Serikov") for first in ("Айгерім", "Иван", "Arman")]
DAYS = [f"0{n}.05.198{n}" for n in range(1, 10)]
PLACES = [f"43.2{n}5678" for n in range(9)]


def test_birth_dates_beside_names_are_personal_and_alone_they_are_not() -> None:
    assert table(фио=NAMES, дата_рождения=DAYS) == {"дата_рождения": ("birth-date", "certain")}
    assert table(аты_жөні=NAMES, туған_күні=DAYS) == {"туған_күні": ("birth-date", "certain")}
    assert table(дата_рождения=DAYS) == {}
    assert table(ФИО_депутата=NAMES, дата_рождения=DAYS) == {"дата_рождения": ("birth-date", "review")}


def test_precise_places_of_people_are_personal_and_those_of_things_are_not() -> None:
    assert table(full_name=NAMES, latitude=PLACES) == {"latitude": ("person-coordinates", "likely")}
    assert table(school=NAMES, latitude=PLACES) == {}
    assert table(ФИО_директора=NAMES, latitude=PLACES) == {}
    assert table(full_name=NAMES, latitude=["43.2"] * 9) == {}


def test_offices_can_be_reached_but_people_with_names_are_reached_themselves() -> None:
    calls = [f"8 (727) 26{n}-45-6{n}" for n in range(9)]
    assert table(организация=NAMES, телефон=calls) == {"телефон": ("phone", "review")}
    assert table(ФИО=NAMES, телефон=calls) == {"телефон": ("phone", "likely")}


def test_counts_of_a_few_people_are_worth_a_look() -> None:
    assert table(район=["A", "B"], пол=["ж", "м"], количество=["3", "120"]) == {"количество": ("small-cells", "review")}
    assert table(район=["A", "B"], количество=["3", "120"]) == {}


def test_a_column_named_by_a_number_is_told_by_its_place() -> None:
    number = INVENT.iin()
    search = Search([{"name": number, "type": "string"}], [number])
    found = search.found()
    assert [(one["column"], one["kind"], one["level"]) for one in found] == [("#1", "kz-iin", "likely")]
    assert number not in str(found)


def book(path: Path) -> None:
    """Write a workbook with a clean first sheet and numbers of people in a hidden one."""
    made = Workbook()
    made.active.append(["place", "count"])
    made.active.append(["north", 1])
    hidden = made.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for number in [INVENT.iin() for _ in range(30)]:
        hidden.append(["person", int(number)])
    made.save(path)


def test_hidden_sheets_and_members_of_archives_are_looked_through_too(sandbox: Sandbox, tmp_path: Path) -> None:
    book(tmp_path / "t.xlsx")
    with ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("table.csv", "a,b\n1,2\n")
        archive.writestr("people.txt", "\n".join(f"ИИН {INVENT.iin()}" for _ in range(5)))
    for name, kinds in (("t.xlsx", {"kz-iin", "hidden-sheet"}), ("t.zip", {"kz-iin"})):
        result = validate(tmp_path / name, sandbox)
        assert result.scan is not None and result.scan["full"]
        assert {one["kind"] for one in result.scan["findings"]} == kinds
        assert result.derived == ()


def test_a_locked_workbook_was_not_looked_through(tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    found = scanned(tmp_path / "t.xls", tmp_path, {}, None, None)
    assert (found["full"], found["findings"]) == (False, [])
