"""Passports and identity cards: their numbers have no check digit, so only a telling label makes them what they are."""

from catalog.tables.personal.base import Identifier, Kinds, whole

_FORM = "[A-Z]{1,2} ?[0-9]{6,8}|[0-9]{2} ?[0-9]{2} ?[0-9]{6}|[0-9]{9}"
KINDS = Kinds("documents", (
    Identifier(name="passport", kind="passport", pattern=whole(_FORM), hint="[0-9]{6}", share=0.5, proof=False, labelled=True,
               named="паспорт|passport|удостоверени|төлқұжат|куәлі|identity.?card|id.?card|여권|\\bpasnr|pasnummer"),
))  # fmt: skip
