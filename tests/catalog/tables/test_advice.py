"""Every error that Frictionless can find in a table comes with what to do."""

import pytest
from frictionless import errors
from frictionless.error import Error

from catalog.tables.advice import advice

IN_TABLES = {
    kind.type for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, Error) and {"#cell", "#row", "#label", "#header"} & set(kind.tags)
} - {
    # base classes and results of checks that we do not run
    "cell-error", "row-error", "label-error", "header-error",
    "ascii-value", "deviated-cell", "deviated-value", "forbidden-value", "sequential-value", "truncated-value",
    "unmatched-header",
}  # fmt: skip


def test_there_are_codes_to_advise_on() -> None:
    assert {"type-error", "missing-cell", "incorrect-label", "blank-row"} <= IN_TABLES


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("code", sorted(IN_TABLES))
def test_each_code_has_its_own_sentence(code: str, language: str) -> None:
    assert advice(code, language) != advice("no such code", language)
    assert advice(code, language).endswith(".")


def test_an_unknown_language_gets_english() -> None:
    assert advice("blank-row", "de") == "Remove the empty row."
