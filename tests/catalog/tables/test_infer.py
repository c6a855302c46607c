"""A column gets a type when all its texts have it, but for rare exceptions in a long column."""

import polars
import pytest

from catalog.tables.infer import infer_schema


def inferred(*texts: str) -> str:
    """Return the type of a column, `number,` where its decimal sign is a comma."""
    kinds = {"0": polars.String}
    blocks = [polars.DataFrame({"0": part}, schema=kinds) for part in (texts[:1], texts[1:])]
    found = infer_schema(["a"], blocks)["fields"][0]
    return str(found["type"]) + str(found.get("decimalChar", ""))


@pytest.mark.parametrize(("texts", "expected"), [
    (["1", "-2", "+3"], "integer"), (["1", "2.5"], "number"), (["2.5", "1"], "number"), (["1", "2,5"], "number,"),
    (["1.5", "2,5"], "string"), (["007", "1"], "string"), (["1" * 18], "integer"), (["1" * 19], "number"),
    (["1" * 19, "1,5"], "number,"), (["1e5"], "number"), ([".5"], "number"), ([",5"], "string"), (["", ""], "string"),
    (["", "1"], "integer"), (["2024-02-30"], "date"), (["2024-13-01"], "string"), (["2024-01-01T00:00:00Z"], "datetime"),
    (["2024-01-01", "2024-01-01T00:00:00"], "string"), (["true", "FALSE"], "boolean"), (["1", "true"], "string"),
    (["١"], "string"), (["1\n"], "string"), ([" 1"], "string"), (["1"] * 98 + ["x"] * 2, "integer"),
    (["1"] * 97 + ["x"] * 3, "string"), (["1"] * 48 + ["x"], "string"), (["1"] * 97 + ["1.5"] * 3, "number"),
])  # fmt: skip
def test_types_by_texts(texts: list[str], expected: str) -> None:
    assert inferred(*texts) == expected


def test_names_are_made_distinct() -> None:
    fields = infer_schema(["a", "a", " ", "a2", "a"], [])["fields"]
    assert [field["name"] for field in fields] == ["a", "a2", "field3", "a24", "a5"]


def test_cells_that_rows_lack_do_not_count() -> None:
    block = polars.DataFrame({"0": ["1", None]}, schema={"0": polars.String})
    assert infer_schema(["a"], [block])["fields"][0]["type"] == "integer"
