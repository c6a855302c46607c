"""Labels of columns may be values themselves, as where a table has no header: then the column is told by its number."""

from collections.abc import Sequence
from typing import Any

import polars

from catalog.tables.personal.base import Identifier


def named_by_values(names: Sequence[str], known: Sequence[Identifier]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return names that are safe to tell, and the findings about those that were not."""
    shown, found = list(names), []
    texts = polars.Series(names, dtype=polars.String)
    for one in known:
        if one.labelled:
            continue
        inside = texts.str.extract(one.pattern, 1)
        places = inside.is_not_null().arg_true().to_list()
        true = one.told(inside.drop_nulls())[1] if places else ()
        for place, hit in zip(places, true, strict=True):
            if hit:
                shown[place] = f"#{place + 1}"
                level = "likely" if one.personal and (one.chance < 0.01 or one.texts is not None) else "review"
                found.append({"column": shown[place], "kind": one.kind, "level": level, "hits": 1, "candidates": 1, "rows": []})
    return shown, found
