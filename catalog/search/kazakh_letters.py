"""Kazakh in other letters: the Latin alphabets of 2021, 2018 and 2017, plain Latin letters, Arabic script, a Russian keyboard."""

import re

_PLAIN = {
    **dict(zip("abdefghjklmnopqrstuvwxyz", "абдефгхжклмнопқрстувуxыз", strict=True)),
    "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "ғ", "ts": "ц", "ia": "я", "ya": "я", "yu": "ю", "yo": "ё", "i": "і",
    "x": "х", "c": "с",
}  # fmt: skip
_MARKED = (  # each alphabet with the letters that only it has
    ("äöüūñğşı", {"ä": "ә", "ö": "ө", "ü": "ү", "ū": "ұ", "ñ": "ң", "ğ": "ғ", "ş": "ш", "ı": "і", "i": "и", "y": "ы", "u": "у"}),
    ("áǵńóúý", {"á": "ә", "ǵ": "ғ", "ń": "ң", "ó": "ө", "ú": "ү", "ý": "у", "ı": "и", "i": "і", "u": "ұ", "y": "ы"}),
    ("'", {"a'": "ә", "g'": "ғ", "n'": "ң", "o'": "ө", "u'": "ү", "y'": "у", "s'": "ш", "c'": "ч", "i'": "и", "i": "і",
           "u": "ұ", "y": "ы"}),
)  # fmt: skip
_ARABIC = dict(zip("ابۆگعدەجزيكقلمنڭوپرستۋۇفحھچشىخ", "абвгғдежзйкқлмнңопрстуұфхһчшых", strict=True))
_FRONT = str.maketrans("аоұы", "әөүі")
_HAMZA = "ء"

_KAZAKH = re.compile("[әіңғүұқөһ]")
_ACCUSATIVE = re.compile("(?<=[а-яәғқңөұүһі]{2}[аәеоөұүіиуя])н[ыі]$")


def spellings(word: str) -> tuple[str, ...]:
    """Return how else a word of a query may be meant in Kazakh Cyrillic; an accusative in -ны, -ні also without it."""
    if _ACCUSATIVE.search(word):
        return (word[:-2],)
    if _KAZAKH.search(word):
        return ()
    if word[0] in _ARABIC or word[0] == _HAMZA:
        return (_arabic(word),)
    if "а" <= word[0] <= "я":
        return (word.replace("и", "і"),) if "и" in word else ()
    for letters, table in _MARKED:
        if any(letter in word for letter in letters):
            written = _written(word, _PLAIN | table)
            return tuple(dict.fromkeys((written, written.replace("и", "і"))))  # many write i for both
    if not word.isascii() or not word.isalpha():
        return ()
    plain = _written(word, _PLAIN)
    if not any(letter in plain for letter in "еі"):
        plain = plain.replace("г", "ғ")
    others = (plain, plain.replace("і", "и"), re.sub("(?<=[аеоуұі])ы", "й", plain), re.sub("^е|(?<=[аоу])е", "э", plain))
    return tuple(dict.fromkeys(others))


def _written(word: str, table: dict[str, str]) -> str:
    longest = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return longest.sub(lambda match: table[match.group()], word)


def _arabic(word: str) -> str:
    letters = "".join(_ARABIC.get(letter, "") for letter in word)
    front = _HAMZA in word or any(letter in word for letter in "ەكگ")
    return letters.translate(_FRONT) if front else letters
