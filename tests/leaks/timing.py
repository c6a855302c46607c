"""How much longer one address takes than another: the ratio of medians, asked in turn."""

from statistics import median
from time import perf_counter

from flask import Flask


def ratio(app: Flask, one: str, other: str, times: int) -> float:
    """Return the median time of `one` over that of `other`."""
    client = app.test_client()
    taken: dict[str, list[float]] = {one: [], other: []}
    for _ in range(times):
        for address, spent in taken.items():
            begin = perf_counter()
            client.get(address)
            spent.append(perf_counter() - begin)
    return median(taken[one]) / median(taken[other])
