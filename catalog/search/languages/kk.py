"""Kazakh: a suffix stripper written from the grammar, and letters as typed on a Russian keyboard.

Nominal endings come in a fixed order (plural, possessive, case, relative) and are taken off from the right, up to three
rounds. An ending goes only where the rules would have let it come: its vowels are in harmony with the stem, its first
letter fits the letter before, and enough of a word remains. Tenses and participles, passives too, become the infinitive
in -у: берілген, береді and беру meet.
"""

import re
from functools import lru_cache

from catalog.search.kazakh_letters import spellings
from catalog.search.languages import Language

_BACK, _FRONT, _NEUTRAL = "аоұыяё", "әөүіеэ", "иую"
_VOWELS = frozenset(_BACK + _FRONT + _NEUTRAL)
_NARROW = frozenset("ыі")
_VOICELESS = frozenset("пфкқтсшщчцхһ") | frozenset("бвгд")  # written б, в, г, д sound voiceless at the end of a stem
_CONSONANTS = frozenset("бвгғджзйкқлмнңпрстуфхһцчшщ")  # у is a consonant after a vowel and takes such endings
_VOICED = _VOWELS | _CONSONANTS - frozenset("пфкқтсшщчцхһ")

# which letter may stand before an ending, by the ending's first letter
_BEFORE = {
    **dict.fromkeys("тқкп", _VOICELESS),
    **dict.fromkeys("дғг", _VOICED),
    "л": _VOWELS | frozenset("рй"),
    "н": _VOWELS | frozenset("мнң"),
    "м": _VOWELS | frozenset("рлймнң"),
    "б": frozenset("зжбвгд"),
    "с": _VOWELS - _NARROW,  # облысы is облыс + ы
    "ң": _VOWELS,
    **dict.fromkeys("ыі", _CONSONANTS),
}

# ending → letters that must remain; the longest is tried first, so that -ндағы is seen before -дағы
_RELATIVE = {
    "ндағы": 3, "ндегі": 3, "дағы": 3, "дегі": 3, "тағы": 3, "тегі": 3, "ғы": 3, "гі": 3, "қы": 3, "кі": 3,
}  # fmt: skip
_CASE = {  # without accusative -ны: ауданы is аудан + ы far more often
    "нда": 3, "нде": 3, "нан": 3, "нен": 3, "дан": 3, "ден": 3, "тан": 3, "тен": 3, "мен": 3, "бен": 3, "пен": 3,
    "ның": 2, "нің": 2, "дың": 2, "дің": 2, "тың": 2, "тің": 2,
    "на": 4, "не": 4, "ға": 3, "ге": 3, "қа": 3, "ке": 3, "да": 3, "де": 3, "та": 3, "те": 3,
    "ды": 3, "ді": 3, "ты": 3, "ті": 3, "н": 5,
}  # fmt: skip
_POSSESSIVE = {
    "ыңыз": 3, "іңіз": 3, "ымыз": 3, "іміз": 3, "ңыз": 3, "ңіз": 3, "мыз": 3, "міз": 3, "сы": 3, "сі": 3, "ы": 3, "і": 3,
}  # fmt: skip
_PLURAL = {"лар": 2, "лер": 2, "дар": 2, "дер": 2, "тар": 2, "тер": 2}
_AFTER_CONSONANT = frozenset({"ғы", "гі"})  # жылғы, but аумағы is аумақ + ы
_AFTER_POSSESSIVE = frozenset({"ндағы", "ндегі", "нда", "нде", "на", "не", "н"})
_ANY_HARMONY = frozenset({"мен", "бен", "пен"})
_HARDENED = {"б": "п", "г": "к", "ғ": "қ"}
_STEMS_IN_N = ("орын",)  # кәсіпорын, жұмысорын: the н is no ending

# tenses and participles with their negation and passive, after enough letters with a vowel; the infinitive's -у comes instead
_TENSE = re.compile(
    "(?:(?:[ыі][лн])?[бпм][ае])?(?:(?<=[лнрмйзжаәеіыоөуүұ])[ғг][ае]н|(?<=[пкқтсшщ])[қк][ае]н)$"
    "|(?<=[аәеіыоөуүұи][лнрмйзжғгбпкқтсш])[ае](?:тын|тін|ды|ді)$|(?<=[рл]т)[ае](?:тын|тін|ды|ді)$|(?<=[аәеіыоө])й(?:тын|тін|ды|ді)$"
    "|(?<=[дт][ыі]р)[дт][ыі]$|(?<=[ыі][лн])[дт][ыі]$"
)
_PASSIVE = re.compile("(?:(?<=[бвгғджзйкқлмнңпрстфхһцчшщ])[ыі][лн]|(?<=[аәеө])л)у$")
_RUSSIAN_KEYS = str.maketrans("әіңғүұқөһ", "аингуукох")


@lru_cache(2**15)
def stem(word: str) -> str:
    """Return the stem of a Kazakh word in lower case; words under four letters stay as they are."""
    if _size(word) < 4:
        return word
    word = _infinitive(word)
    for _ in range(3):
        shorter = word
        for endings in (_RELATIVE, _CASE, _POSSESSIVE, _PLURAL):
            shorter = _without(shorter, endings)
        if shorter == word:
            break
        word = shorter
    return _without_narrow_vowel(_infinitive(word)).removesuffix("т" if word.endswith("кт") else "")  # субъек(т)-ті


def _without(word: str, endings: dict[str, int]) -> str:
    for size in range(5, 0, -1):
        remain = endings.get(ending := word[-size:])
        if remain and _fits(rest := word[:-size], ending, remain):
            return rest[:-1] + _HARDENED.get(rest[-1], rest[-1]) if ending[0] in _NARROW else rest
    return word


def _infinitive(word: str) -> str:
    if word[-1] in "ныі":
        rest = _TENSE.sub("", word)
        if rest != word and len(rest) > 1 and not _VOWELS.isdisjoint(rest):
            word = rest + "у"
    if word[-1] != "у":
        return word
    rest = _PASSIVE.sub("у", word)
    return rest if len(rest) > (3 if word[-3:-2] in _VOWELS - _NARROW else 2) and not _VOWELS.isdisjoint(rest[:-1]) else word


def _size(word: str) -> int:
    """Letters, where у after a consonant counts as the two sounds that it stands for: су takes endings like тау."""
    return len(word) + (word[-1:] == "у" and word[-2:-1] not in _VOWELS) + (word[-2:-1] == "у" and word[-3:-2] not in _VOWELS)


def _fits(rest: str, ending: str, remain: int) -> bool:
    if _size(rest) < remain or _VOWELS.isdisjoint(rest):
        return False
    if ending == "н" and (rest + ending).endswith(_STEMS_IN_N):
        return False
    if rest[-1] == "ь":
        return _fits(rest[:-1], ending, remain)
    if ending in _AFTER_POSSESSIVE:
        return rest[-1] in _NARROW and _harmony(rest) == _harmony(ending, _harmony(rest))
    if ending in _AFTER_CONSONANT and rest[-1] in _VOWELS:
        return False
    if ending == "тан" and rest.endswith("с"):  # names of countries: Қазақстан
        return False
    if rest[-1] not in _BEFORE[ending[0]]:
        return False
    if _harmony(ending) == "front" and (rest[-1] in "кг" or _last_vowel(rest) == "и"):
        return True  # loanwords: банкі, активтер
    return ending in _ANY_HARMONY or _harmony(rest, _harmony(ending)) == _harmony(ending, _harmony(rest))


def _harmony(letters: str, otherwise: str = "") -> str:
    for letter in reversed(letters):
        if letter in _BACK:
            return "back"
        if letter in _FRONT:
            return "front"
    return otherwise


def _last_vowel(word: str) -> str:
    return next((letter for letter in reversed(word) if letter in _VOWELS), "")


def _without_narrow_vowel(word: str) -> str:
    """Halyq loses its last vowel in halqy: it goes from both, so that they meet."""
    if len(word) > 3 and word[-2] in _NARROW and word[-1] not in _VOWELS and word[-3] not in _VOWELS:
        rest = word[:-2] + word[-1]
        return rest if not _VOWELS.isdisjoint(rest) else word
    return word


def _terms(word: str) -> tuple[str, ...]:
    return (stem(word),)


@lru_cache(2**15)
def _side(word: str) -> str:
    stemmed = stem(word)
    folded = stemmed.translate(_RUSSIAN_KEYS)
    return folded if folded != stemmed else ""


LANGUAGE = Language(name="kk", terms=_terms, side=_side, spellings=spellings)
