"""Invents people's numbers with true control digits, names and dates, for tests; nobody's are among them but by chance."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

_FIRST = ("Айгерім", "Данияр", "Ольга", "Сергей", "Madina", "Arman", "Жанар", "Иван")
_LAST = ("Ахметова", "Қасымов", "Петрова", "Ким", "Serikov", "Omarova", "Нұрланұлы", "Смирнов")
_WORDS = ("almaty", "water", "region", "school", "road", "mektep", "dala", "bridge")
_MOBILE = ("701", "702", "705", "707", "747", "771", "775", "777", "778")


class Inventor:
    """Invents values; the same chance gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def birth(self, *, young: bool = False) -> date:
        start = date(2000, 1, 1) if young else date(1940, 1, 1)
        return start + timedelta(days=self.chance.randrange(3_600 if young else 25_500))

    def iin(self, *, young: bool = False) -> str:
        def made() -> str:
            born = self.birth(young=young)
            century = self.chance.choice("56" if born.year >= 2000 else "34")
            return kz_checked(f"{born:%y%m%d}{century}{self.chance.randrange(10_000):04}")

        return until_true(made)

    def bin(self) -> str:
        born = self.birth
        return until_true(lambda: kz_checked(f"{born():%y%m}{self.chance.randint(4, 6)}{self.chance.randrange(10**6):06}"))

    def nric(self) -> str:
        letter, digits = self.chance.choice("STFG"), f"{self.chance.randrange(10**7):07}"
        rest = (weighed(digits, (2, 7, 6, 5, 4, 3, 2)) + 4 * (letter in "TG")) % 11
        return letter + digits + ("JZIHGFEDCBA" if letter in "ST" else "XWUTRQPNMLK")[rest]

    def cpr(self) -> str:
        def made() -> str:
            digits = f"{self.birth():%d%m%y}{self.chance.randrange(1000):03}"
            check = -weighed(digits, (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
            return f"{digits[:6]}-{digits[6:]}{check}" if check < 10 else ""

        return until_true(made)

    def rrn(self) -> str:
        digits = f"{self.birth():%y%m%d}{self.chance.randint(1, 8)}{self.chance.randrange(10**5):05}"
        base = 13 if digits[6] in "5678" else 11
        return f"{digits[:6]}-{digits[6:]}{(base - weighed(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10}"

    def card(self) -> str:
        digits = f"4{self.chance.randrange(10**14):014}"
        total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
        return digits + str(-total % 10)

    def iban(self) -> str:
        account = f"{self.chance.choice(('125', '601'))}{self.chance.choice('KAQ')}{self.chance.randrange(10**12):012}"
        number = "".join(str(int(sign, 36)) for sign in account + "KZ00")
        return f"KZ{98 - int(number) % 97:02}{account}"

    def nino(self) -> str:
        letters = "".join(self.chance.choices("ABCEHJ", k=2))
        return f"{letters}{self.chance.randrange(10**6):06}{self.chance.choice('ABCD')}"

    def email(self) -> str:
        host = self.chance.choice(("mail.kz", "gmail.com", "mail.ru"))
        return f"{self.word()}.{self.word()}{self.chance.randrange(99)}@{host}"

    def mobile(self, before: str, between: str, mark: str) -> str:
        digits = f"{self.chance.randrange(10**7):07}"
        return f"{before}{self.chance.choice(_MOBILE)}{between}{digits[:3]}{mark}{digits[3:5]}{mark}{digits[5:]}"

    def landline(self) -> str:
        return f"8 (727) {self.chance.randrange(200, 400)}-{self.chance.randrange(100):02}-{self.chance.randrange(100):02}"

    def name(self) -> str:
        return f"{self.chance.choice(_LAST)} {self.chance.choice(_FIRST)}"

    def word(self) -> str:
        return self.chance.choice(_WORDS)

    def day(self) -> str:
        return f"{self.birth():%d.%m.%Y}"

    def clock(self) -> str:
        return f"{self.chance.randrange(24):02}{self.chance.randrange(60):02}{self.chance.randrange(60):02}"

    def uuid(self) -> str:
        return str(UUID(int=self.chance.randrange(2**128), version=4))

    def grouped(self, digits: str, *sizes: int) -> str:
        parts, place = [], 0
        for size in sizes:
            parts.append(digits[place : place + size])
            place += size
        return self.chance.choice((" ", "\u00a0", "-")).join(parts)


def until_true(make: Callable[[], str]) -> str:
    """Return the first value that is not empty."""
    return next(made for made in iter(make, None) if made)


def weighed(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of digits times weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def kz_checked(digits: str) -> str:
    """Return eleven digits with their control digit, empty where there is none."""
    check = weighed(digits, range(1, 12)) % 11
    if check == 10:
        check = weighed(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return digits + str(check) if check < 10 else ""
