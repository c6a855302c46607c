"""How people are reached: e-mail and telephone. Those of offices are only candidates, which people with names make personal."""

import numpy
import polars

from catalog.tables.personal.base import Identifier, Kinds
from catalog.tables.personal.signs import Mask

_ROLES = (
    "info|office|contact|admin|support|help|mail|press|sales|webmaster|secretary|reception|data|opendata|noreply|no-reply|"
    "kense|kanc|kancelyaria|priemnaya|postmaster|hr|pr"
)
_FREE = (
    r"mail\.(?:ru|kz|com)|inbox\.ru|list\.ru|bk\.ru|internet\.ru|gmail\.com|googlemail\.com|ya\.ru|yandex\.(?:ru|kz|com)|"
    r"rambler\.ru|icloud\.com|me\.com|hotmail\.[a-z.]+|outlook\.[a-z.]+|live\.[a-z.]+|msn\.com|yahoo\.[a-z.]+|aol\.com|gmx\.[a-z]+|"
    r"proton\.me|protonmail\.com|naver\.com|daum\.net|hanmail\.net|qq\.com|163\.com|126\.com"
)
_PERSON = r"(?i)^[a-z]+[._][a-z]+[0-9]{0,2}@|^[a-z][._-][a-z]{3,}@"
_MOBILE = (
    r"^(?:[78]?(?:70[0-8]|747|75[01]|77[15678]|9[0-9]{2})[0-9]{7}|8210[0-9]{7,8}|0?10[0-9]{8}|447[0-9]{9}|65[89][0-9]{7}|"
    r"45[2-6][0-9]{7})$"
)
_NAMED = "phone|mobile|\\btel|тел|моб|whats"


def _people(texts: polars.Series) -> Mask:
    office = texts.str.contains(f"(?i)^(?:{_ROLES})[0-9._-]*@|[@.](?:gov|go|gob|mil)\\.[a-z]{{2}}$|[@.]gov$")
    known = texts.str.contains(f"(?i)@(?:{_FREE})$") | texts.str.contains(_PERSON)
    return numpy.asarray((known & ~office).to_numpy())


def _mobile(texts: polars.Series) -> Mask:
    return numpy.asarray(texts.str.replace_all("[^0-9]", "").str.contains(_MOBILE).to_numpy())


_PHONE = r"\+[0-9](?:[ ().\x{a0}-]{0,2}[0-9]){7,14}|8[ \x{a0}-]?\(?7[0-9]{2}\)?[ \x{a0}-]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}"
_BARE = r"[78]?\(?[67][0-9]{2}\)?[ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}|0?10[ -]?[0-9]{4}[ -]?[0-9]{4}|[89][0-9]{3} ?[0-9]{4}"
KINDS = Kinds("contact", (
    Identifier(name="e-mail", kind="e-mail", named="e-?mail|почт|пошта", texts=_people, hint="@", chance=0.05, share=0.25,
               pattern=r"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"),
    Identifier(name="phone", kind="phone", pattern=rf"(?:^|[^0-9+])({_PHONE})(?:$|[^0-9])", chance=0.05, share=0.5,
               proof=False, texts=_mobile, named=_NAMED, hint=r"\+[0-9]|8[ \x{a0}-]?\(?7[0-9]{2}"),
    Identifier(name="phone-named", kind="phone", pattern=rf"(?:^|[^0-9+])({_BARE})(?:$|[^0-9])", share=0.5, proof=False,
               texts=_mobile, named=_NAMED, hint=r"[0-9]{3}[ )-]{0,2}[0-9]{3,4}[ -]?[0-9]{2}", labelled=True),
))  # fmt: skip
