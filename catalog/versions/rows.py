"""Which rows of two tables differ: matched by hashes of 128 bits, so that memory does not grow with their width."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from catalog.versions.difference import EXAMPLES, Cell, Matched, RowDifference, RowExample
from catalog.versions.pair import Pair, Side, opened

Key = tuple[Matched, tuple[str, ...]]
SHOWN_COLUMNS, SHOWN_LETTERS = 50, 200
_KINDS = {
    "added": ("NULL", "new", "has > had"),
    "removed": ("old", "NULL", "had > has"),
    "changed": ("old", "new", "had = has"),
}
_Places = list[tuple[int | None, int | None]]


def compare_rows(before: Path, after: Path, keys: Iterable[Key], seconds: float) -> RowDifference:
    """Compare two Parquet files over the columns that both have; raises Incomparable where a limit is hit.

    `keys` are tried in order: the first whose columns are in both files, without gaps or repeats, tells which rows are
    the same; without one, equal whole rows are, counted as often as each stands there.
    """
    with opened(before, after, seconds) as pair:
        matched, key = next((one for one in keys if _is_key(pair, one[1])), (Matched.WHOLE_ROW, ()))
        _match(pair, key)
        return _told(pair, matched, key)


def _is_key(pair: Pair, key: tuple[str, ...]) -> bool:
    if not key or not set(key) <= set(pair.shared):
        return False
    for side in (pair.before, pair.after):
        parts = [side.values[pair.shared.index(name)] for name in key]
        gaps = " OR ".join(f"{part} IS NULL" for part in parts)
        unique = f"count(*) = count(DISTINCT hash({', '.join(parts)})) AND count(*) FILTER ({gaps}) = 0"
        if pair.ask(f"SELECT {unique} FROM {side.source}") != [(True,)]:
            return False
    return True


def _match(pair: Pair, key: tuple[str, ...]) -> None:
    """Make the table `found`: of every row (or kind of equal rows) that differs, its place and how often it is there."""
    pair.ask(f"""
        CREATE TEMP TABLE found AS
        SELECT o.place AS old, n.place AS new, coalesce(o.times, 0) AS had, coalesce(n.times, 0) AS has
        FROM ({_hashed(pair, pair.before, key)}) o FULL JOIN ({_hashed(pair, pair.after, key)}) n
        ON o.k1 = n.k1 AND o.k2 = n.k2
        WHERE o.place IS NULL OR n.place IS NULL OR o.times <> n.times OR o.r1 <> n.r1 OR o.r2 <> n.r2
    """)


def _hashed(pair: Pair, side: Side, key: tuple[str, ...]) -> str:
    named = list(zip(pair.shared, side.values, strict=True))
    k1, k2 = _hashes([value for name, value in named if name in key or not key])
    r1, r2 = _hashes([value for name, value in named if name not in key] if key else [])
    columns = f"{k1} AS k1, {k2} AS k2, {r1} AS r1, {r2} AS r2"
    if key:
        return f"SELECT {columns}, 1 AS times, file_row_number AS place FROM {side.source}"
    return f"SELECT {columns}, count(*) AS times, min(file_row_number) AS place FROM {side.source} GROUP BY ALL"


def _hashes(values: Sequence[str]) -> tuple[str, str]:
    return (f"hash({', '.join(values)})", f"hash('2', {', '.join(reversed(values))})") if values else ("0", "0")


def _told(pair: Pair, matched: Matched, key: tuple[str, ...]) -> RowDifference:
    ((added, removed, changed),) = pair.ask("""
        SELECT coalesce(sum(greatest(has - had, 0)), 0), coalesce(sum(greatest(had - has, 0)), 0),
               count(*) FILTER (had = has) FROM found
    """)
    before, after = (pair.ask(f"SELECT count(*) FROM {side.source}")[0][0] for side in (pair.before, pair.after))
    return RowDifference(
        matched=matched, key=key, retyped=pair.retyped, before=before, after=after,
        added=int(added), removed=int(removed), changed=changed,
        **{f"examples_{kind}": _examples(pair, key, kind) for kind in _KINDS},
    )  # fmt: skip


def _examples(pair: Pair, key: tuple[str, ...], kind: str) -> tuple[RowExample, ...]:
    old, new, condition = _KINDS[kind]
    places: _Places = [
        (row[0], row[1]) for row in pair.ask(
            f"SELECT {old}, {new} FROM found WHERE {condition} ORDER BY coalesce({new}, {old}) LIMIT {EXAMPLES}"
        )
    ]  # fmt: skip
    before = _texts(pair, pair.before, [place for place, _ in places])
    after = _texts(pair, pair.after, [place for _, place in places])
    return tuple(_example(key, before.get(a, {}), after.get(b, {}), a if b is None else b) for a, b in places)


def _texts(pair: Pair, side: Side, places: list[int | None]) -> dict[int | None, dict[str, str | None]]:
    wanted = ", ".join(str(int(place)) for place in places if place is not None)
    if not wanted:
        return {}
    names = side.columns[:SHOWN_COLUMNS]
    shown = ", ".join(_shown(f"CAST(c{place} AS VARCHAR)") for place in range(len(names)))
    rows = pair.ask(f"SELECT file_row_number, {shown} FROM {side.source} WHERE file_row_number IN ({wanted})")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _shown(text: str) -> str:
    """Return SQL of a text; a long one is cut, and ends with a hash so that texts that differ later on differ too."""
    cut = f"left({text}, {SHOWN_LETTERS}) || '… #' || left(md5({text}), 8)"
    return f"CASE WHEN length({text}) > {SHOWN_LETTERS} THEN {cut} ELSE {text} END"


def _example(
    key: tuple[str, ...], before: dict[str, str | None], after: dict[str, str | None], place: int | None
) -> RowExample:
    cells = tuple(
        Cell(name, before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after))
        if not (before and after) or (name in before and name in after and before[name] != after[name])
    )  # fmt: skip
    return RowExample((place or 0) + 1, tuple(str((after or before).get(name)) for name in key), cells)
