"""Whole numbers as they stand in addresses and forms."""


def whole(given: str | None) -> int:
    """Return a number of at most nine digits; 0 for anything else."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else 0
