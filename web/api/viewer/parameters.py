"""What may be asked of the viewer; names, defaults and wordings are the Hub's."""

from marshmallow import Schema, fields, validate

from catalog.tables.query.service import LENGTH, OFFSET


def _needed(name: str, about: str) -> fields.String:
    missing = f"Parameter '{name}' is required"
    return fields.String(
        required=True, validate=validate.Length(min=1, error=missing), error_messages={"required": missing},
        metadata={"description": about},
    )  # fmt: skip


def _open(about: str) -> fields.String:
    return fields.String(load_default="", metadata={"description": about})


def _number(name: str, default: int, least: int, most: int, about: str) -> fields.Integer:
    wrong = f"Parameter '{name}' must be a whole number from {least} to {most}"
    return fields.Integer(
        load_default=default, metadata={"description": about}, validate=validate.Range(least, most, error=wrong),
        error_messages={"invalid": wrong, "too_large": wrong},
    )  # fmt: skip


_DATASET, _CONFIG = "Name of the dataset", "Id of a file with a table"
_SPLIT = "Split of the table; `train` where it has none"


class OfDataset(Schema):
    """A dataset, or one table of it, or one split."""

    dataset = _needed("dataset", _DATASET)
    config = _open(_CONFIG)
    split = _open(_SPLIT)


class OfSplit(Schema):
    """One split of one table."""

    dataset = _needed("dataset", _DATASET)
    config = _needed("config", _CONFIG)
    split = _needed("split", _SPLIT)


class OfPage(OfSplit):
    """A page of rows."""

    offset = _number("offset", 0, 0, OFFSET, "Rows before the page")
    length = _number("length", LENGTH, 0, LENGTH, "Rows of the page")


class OfSearch(OfPage):
    """A search in the texts of rows."""

    query = _needed("query", "Words that must all stand in the texts of a row")


class OfFilter(OfPage):
    """A filter over rows."""

    where = _open('`"column" = \'text\' AND ("other" > 5 OR NOT "third" IS NULL)`')
    orderby = _open('`"column" DESC`')
