"""Whether numbers keep their digits as binary floats of 64 bits."""

from decimal import Decimal

import polars

_SAFE = 15
"""Every number of so many significant digits comes back from a float."""


def check_digits(texts: polars.Series, values: polars.Series) -> bool:
    """Tell whether texts of plain numbers keep all their digits in the floats made of them."""
    long = (texts.str.len_bytes() > _SAFE).fill_null(False)
    if not long.any():
        return True
    texts, values = texts.filter(long), values.filter(long)
    other = texts.filter(values.cast(polars.String) != texts)  # equal: the float is written with the same digits
    return not any(loses_digits(Decimal(text)) for text in other.unique())


def loses_digits(value: Decimal) -> bool:
    """Tell whether the nearest float, written with as many digits, is another number."""
    digits = len(value.as_tuple().digits)
    if digits <= _SAFE or not value.is_finite():
        return False
    return Decimal(f"{float(value):.{digits - 1}e}") != value
