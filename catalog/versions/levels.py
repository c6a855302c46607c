"""Which part of MAJOR.MINOR.PATCH a change moves (Croissant 1.1), and the sentence that says why."""

from collections.abc import Iterable, Iterator

from catalog.versions.difference import FieldChange, FileChange, FileDifference, Level, RowDifference

NAMED = 5
"""Files that a sentence names; the others it counts."""


def level_of(files: Iterable[FileDifference]) -> Level:
    """Return the level of a change: the highest of its files; MAJOR also where rows could not be compared."""
    levels = {_level(file) for file in files}
    return next((level for level in (Level.MAJOR, Level.MINOR) if level in levels), Level.PATCH)


def next_version(version: str, level: Level) -> str:
    """Return the MAJOR.MINOR.PATCH that follows `version`."""
    major, minor, patch = map(int, version.split("."))
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"


def sentence_of(files: Iterable[FileDifference]) -> str:
    """Return what changed in words, file by file."""
    changed = [file for file in files if file.change is not FileChange.SAME]
    told = [f"{file.filename or file.distribution}: {', '.join(_words(file))}" for file in changed]
    more = [f"{len(told) - NAMED} more files changed"] if len(told) > NAMED else []
    return "; ".join([*told[:NAMED], *more]) + "." if told else "Nothing changed."


def _level(file: FileDifference) -> Level:
    if file.change in (FileChange.SAME, FileChange.PACKAGING):
        return Level.PATCH
    rows = file.rows
    lost = any(not field.after for field in file.fields) or (rows and (rows.removed or rows.changed or rows.retyped))
    if file.change in (FileChange.REMOVED, FileChange.UNREAD) or file.splits_changed or lost:
        return Level.MAJOR
    return Level.MINOR


_PLAIN = {
    FileChange.ADDED: "file added",
    FileChange.REMOVED: "file removed",
    FileChange.PACKAGING: "the same rows in other packaging",
}


def _words(file: FileDifference) -> Iterator[str]:
    if file.change in _PLAIN:
        yield _PLAIN[file.change]
    if file.change is FileChange.UNREAD:
        yield f"it cannot be told what changed, since {file.because}"
    if file.rows:
        yield from _rows(file.rows)
        yield from _columns(file.fields, file.rows.retyped)
    if file.splits_added:
        yield f"splits added: {', '.join(file.splits_added)}"
    if file.splits_changed:
        yield f"rows moved out of splits: {', '.join(file.splits_changed)}"
    if file.change is FileChange.CHANGED and not (file.rows or file.splits_added or file.splits_changed):
        yield "read as a table now"


def _rows(rows: RowDifference) -> Iterator[str]:
    for count, what in ((rows.added, "added"), (rows.removed, "removed"), (rows.changed, "changed")):
        if count:
            yield f"{count} {'row' if count == 1 else 'rows'} {what}"


def _columns(fields: tuple[FieldChange, ...], retyped: tuple[str, ...]) -> Iterator[str]:
    kinds = {
        "added": [field.name for field in fields if not field.before],
        "removed": [field.name for field in fields if not field.after],
        "of another type": list(retyped),
    }
    for what, names in kinds.items():
        if names:
            shown = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
            yield f"{'column' if len(names) == 1 else 'columns'} {what}: {shown}"
