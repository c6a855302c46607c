"""United Kingdom: national insurance numbers, by HMRC's manual NIM39110; there is no check digit."""

from catalog.tables.personal.base import Identifier, Kinds, whole

_FORM = "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]"
KINDS = Kinds("gb", (
    Identifier(name="uk-nino", kind="uk-nino", pattern=whole(_FORM), named=r"\bnino\b|national.?insurance", proof=False,
               hint="[A-Za-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]"),
))  # fmt: skip
