"""What people wrote here of a dataset for machine learning, beside what its source states.

A mark names one thing described: a property of MLProfile (`target`), one card (`model_cards.Baseline`) or one statement
(`responsible_ai.dataBiases`). `MLProfile.curated` lists the marks of what is ours; everything else is the source's.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from schemas.ml import MLProfile

_CARDS, _STATEMENTS = "model_cards", "responsible_ai"
PROPERTIES = frozenset(field.name for field in fields(MLProfile)) - {"curated"}


def keep_curated(before: MLProfile, harvested: MLProfile) -> MLProfile:
    """Return what a source states now, with what was described here before; where both speak, the source wins."""
    if not before.curated and not harvested.curated:
        return harvested
    merged = replace(harvested, curated=())  # another catalogue's marks say nothing of ours
    ours = [(mark, value_of(before, mark)) for mark in before.curated if value_of(merged, mark) is None]
    return described(merged, {mark: value for mark, value in ours if value is not None})


def marks(profile: MLProfile) -> Iterable[str]:
    """Yield the marks of everything that a profile says."""
    for name in sorted(PROPERTIES - {_CARDS, _STATEMENTS}):
        if value_of(profile, name) is not None:
            yield name
    yield from (f"{_CARDS}.{card.name}" for card in profile.model_cards)
    yield from (f"{_STATEMENTS}.{name}" for name in profile.responsible_ai)


def value_of(profile: MLProfile, mark: str) -> Any:
    """Return what a profile says under a mark, None where it says nothing."""
    name, _, entry = mark.partition(".")
    value = getattr(profile, name, None)
    if name == _CARDS:
        return next((card for card in profile.model_cards if card.name == entry), None)
    if name == _STATEMENTS:
        return profile.responsible_ai.get(entry)
    return value or None


def described(profile: MLProfile, values: dict[str, Any]) -> MLProfile:
    """Return a profile that says `values` by mark, and remembers that they are ours."""
    for mark, value in values.items():
        profile = _put(profile, mark, value)
    return replace(profile, curated=tuple(sorted({*profile.curated, *values})))


def cleared(profile: MLProfile, taken: Iterable[str]) -> MLProfile:
    """Return a profile without what was described here under some marks."""
    gone = set(taken)
    for mark in gone:
        profile = _put(profile, mark, None)
    return replace(profile, curated=tuple(mark for mark in profile.curated if mark not in gone))


def _put(profile: MLProfile, mark: str, value: Any) -> MLProfile:
    """Put a value under a mark; None takes it away."""
    name, _, entry = mark.partition(".")
    if name == _CARDS:
        others = tuple(card for card in profile.model_cards if card.name != entry)
        return replace(profile, model_cards=(*others, value) if value else others)
    if name == _STATEMENTS:
        told = {key: text for key, text in {**profile.responsible_ai, entry: value}.items() if text}
        return replace(profile, responsible_ai=told)
    return replace(profile, **{name: value if value is not None else getattr(MLProfile(), name)})
