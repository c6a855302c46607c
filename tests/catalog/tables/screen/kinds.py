"""Kinds of fields, each with clean cells and with cells at the edge of what it accepts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

MISSING = ([""], [""], [""], ["", "NA"], ["", "0"], ["-"], [], ["", "NA", "n/a", "-999"], ["NA", "1"], ["", "None"])

_ANY = ["", " ", "NA", "-", "0", "1", "x", "é", "e\u0301", "ä" * 40, "\u2028", "a\u2028b", "\ufeff", "\ufeff7",
        "two\nlines", "a\r\nb",
        'say "hi"', '"', "a,b;c|d\te", "\0", "\x0b", "\x1c", "\x85", "null", "None", "\U0001f600", "'", "  padded  ",
        "\n", "\n\n"]  # fmt: skip
_INTEGERS = ["007", "+5", "-0", " 7", "7\n", "\xa05", "1_000", "\u0661\u0662", "99999999999999999999", "9223372036854775807",
             "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "12.0", "1e3", "0x10", "1,000",
             "1__0", "\xb2",
             "NaN", "  ", "--1", "+-1", "+", "0b1", "5 km2", "$5", "5%", "abc5", "-5\u20ac", "$-5", "00", "-1", "10",
             "11", "5"]  # fmt: skip
_NUMBERS = [".5", "5.", "+.5", "1e5", "1.0e400", "1_0.5", "\u0661.\u0665", " 1.5 ", "NaN", "Infinity", "-inf", "inf",
            "nan", "1,5", "1 000",
            "0x1p3", "1,50", "1.50", "1.234,50", "12.34", ".1,5", "1..2,5", "1,234.50", "1 234", "1\xa0234",
            "\u20ac 5,00", "10 %",
            "kr. 5,00", "1.234 m2", "1.0000000000000000001", "0.9999999999999999999", "10.0000000000000000001", "1",
            "10", "1e", "e5",
            ".", "-", "1E+5", "1d5", "infinity", "1e-400", "-0.0", "1.7976931348623157e309", "5e-324", "٣", "1.5.2",
            "- 1"]  # fmt: skip
_DATES = ["2024-1-5", " 2024-01-05", "2024-01-05 ", "2024/01/05", "20240105", "2024-001", "0000-01-01",
          "10000-01-01", "2023-02-29",
          "2024-02-29", "2024-02-30", "2024-04-31", "2024-01-05T00:00:00", "0999-01-01", "05.01.2024", "5.1.2024", "2024-13-01",
          "\u0662\u0660\u0662\u0664-01-05", "2020-01-01", "2025-12-31", "+024-01-01", "-024-01-01", "2024-00-10",
          "2024-01-00", "2024-01-32"]  # fmt: skip
_STAMPS = ["2024-01-05T10:11:12Z", "2024-01-05T10:11:12+0500", "2024-01-05T10:11:12+05:00", "2024-01-05T10:11:12.123Z",
           "2024-01-05T10:11:12,5", "2024-01-05 10:11:12", "2024-01-05t10:11:12", "2024-01-05T24:00:00", "2024-01-05T10:11Z",
           "2024-01-05T24:00:01", "2024-01-05T10:11:60", "2024-01-05", "2024-01-05T10:11:12 ", "0000-01-05T10:11:12",
           "2023-02-29T10:11:12", "2024-02-29T10:11:12", "2024-01-05T25:00:00", "2024-01-05T10:60:00", "2024-01-05T10:11:12z",
           "0001-01-01T00:00:00", "2024-01-05T10:11:12\n", "2024-W01-1T10:11:12", "2024-006T10:11:12"]  # fmt: skip
_BOOLEANS = ["tRue", "yes", "t", " true", "True", "TRUE", "1", "0", "False", "ja", "nej", "j\xe4", "true\n"]
_WORDS = ("north", "south", "east", "west", "Алматы", "Køge", "서울")


@dataclass(frozen=True, slots=True)
class Kind:
    """`declared` gives a field descriptor without its name."""

    declared: Callable[[Random], dict[str, Any]]
    clean: Callable[[Random], str]
    nasty: Sequence[str]


def _field(type_: str, rules: Sequence[dict[str, Any]] = (), **options: Sequence[Any]) -> Callable[[Random], dict[str, Any]]:
    def declared(random: Random) -> dict[str, Any]:
        made: dict[str, Any] = {"type": type_}
        made |= {name: value for name, values in options.items() if (value := random.choice(values)) is not None}
        constraints = dict(random.choice(rules)) if rules and random.random() < 0.6 else {}
        if random.random() < 0.15:
            constraints["required"] = True
        if random.random() < 0.1:
            made["missingValues"] = random.choice(MISSING)
        return made | ({"constraints": constraints} if constraints else {})

    return declared


def _day(random: Random) -> str:
    return f"{random.randint(2010, 2030)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


_integers = ({"minimum": 0}, {"minimum": 1, "maximum": 10}, {"exclusiveMinimum": 0}, {"exclusiveMaximum": 50},
             {"enum": [1, 2, 3, "10"]},
             {"minimum": -(10**25)}, {"maximum": "100"}, {"unique": True})  # fmt: skip
_numbers = ({"minimum": 0}, {"minimum": 1, "maximum": 10}, {"exclusiveMinimum": 1}, {"exclusiveMaximum": "10"},
            {"enum": [1, "2.5", 10]},
            {"maximum": 0.1}, {"maximum": "1e400"})  # fmt: skip
_patterns = (r"[A-Z]{3}-\d{4}", r"\d+", r"a|b", r"(ab)?c*", r"[a-z]+@[a-z]+\.dk", r"\w+", r"[^a]*", r".{2,5}",
             r"x{2}", r"(?i:ab)", r"Ж+",
             r"a\.b", r"[a-f0-9]*", r"\S+", r"(?:a|b)c", r".*", r"é?", r"", r"a{2,}b{1}", r"\$\d+", r"[ _.]+")  # fmt: skip
_strings = ({"minLength": 2}, {"maxLength": 5}, {"minLength": 1, "maxLength": 3}, {"enum": ["north", "south", ""]},
            {"unique": True},
            *({"pattern": pattern} for pattern in _patterns))  # fmt: skip
_codes = (*"abc aab a b ab aa 12 ١٢ xx a.b axb é ÄÖ $5 c ccc ad0f".split(), "ABC-1234", "ABC-1234\n", "XYZ-٣٣٣٣")
_dates = (*({name: "2020-01-01"} for name in ("minimum", "maximum", "exclusiveMinimum")), {"enum": ["2024-01-05", "2024-02-29"]})

KINDS: tuple[Kind, ...] = (
    Kind(lambda random: {"type": "integer", "constraints": {"unique": True}},
    lambda random: str(random.randrange(10**6)), [*_INTEGERS[:8], "x"]),
    Kind(_field("integer", _integers), lambda random: str(random.randrange(12)), _INTEGERS + _ANY),
    Kind(_field("integer", _integers), lambda random: str(random.randrange(-(10**9), 10**9)), _INTEGERS + _ANY),
    Kind(_field("integer", _integers, bareNumber=[False]), lambda random: str(random.randrange(99)), _INTEGERS + _ANY),
    Kind(_field("number", _numbers), lambda random: f"{random.random() * 12:.2f}", _NUMBERS + _INTEGERS + _ANY),
    Kind(_field("number", _numbers, decimalChar=[",", None], groupChar=[".", " ", None, ","], bareNumber=[None, None, False]),
         lambda random: f"{random.random() * 9:.1f}".replace(".", ","), _NUMBERS + _INTEGERS + _ANY),
    Kind(_field("number", _numbers, floatNumber=[True]), lambda random: str(random.random()), _NUMBERS + _INTEGERS),
    Kind(_field("date", _dates), _day, _DATES + _ANY),
    Kind(_field("date", format=["%d.%m.%Y", "%Y-%m-%d", "%m/%d/%y"]),
         lambda random: f"0{random.randint(1, 9)}.02.2024", [*_DATES, *_ANY]),
    Kind(_field("datetime", ({"minimum": "2015-01-01T00:00:00"}, {"maximum": "2025-12-31T00:00:00"})),
         lambda random: f"{_day(random)}T{random.randrange(24):02}:00:{random.randrange(60):02}", [*_STAMPS, *_ANY]),
    Kind(_field("datetime"), lambda random: f"{_day(random)}T12:00:00Z", _STAMPS + _DATES),
    Kind(_field("boolean", ({"enum": [True]}, {"enum": ["true", "1"]})), lambda random: random.choice(("true",
    "false")), _BOOLEANS + _ANY),
    Kind(_field("boolean", trueValues=[["ja", "jä"]], falseValues=[["nej"], ["0", "nej"]]),
         lambda random: random.choice(("ja", "nej")), _BOOLEANS),
    Kind(_field("string"), lambda random: random.choice(_WORDS), _ANY),
    Kind(_field("string", _strings), lambda random: random.choice(_codes), [*_ANY, *_codes]),
    Kind(_field("string", _strings), lambda random: "".join(random.choices("abcxé 0", k=random.randrange(7))),
    [*_ANY, *_codes]),
    Kind(_field("string", format=["email", "uri", "uuid", "binary"]), lambda random: random.choice(("a@b.dk",
    "http://a.b/c")), _ANY),
    Kind(_field("year", ({"minimum": "2000"},)), lambda random: str(random.randint(1990, 2030)), ["24", "12345",
    "-001", " 202", "2_24"]),
    Kind(_field("time"), lambda random: "10:11:12", ["10:11", "24:00:00", "10:11:12Z", "x"]),
    Kind(_field("yearmonth"), lambda random: "2024-01", ["2024-13", "2024-1", "x"]),
    Kind(_field("any"), lambda random: random.choice(_WORDS), _ANY),
)  # fmt: skip
