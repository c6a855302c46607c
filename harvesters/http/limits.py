"""The ceilings of outbound requests; passing one is a FetchError, never a crash."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds, sizes in bytes. `total` covers one answer from the request to its last byte.

    `max_body` bounds bodies read into memory after decompression; `ratio` is the most that a compressed answer may grow,
    judged once more than `ratio_from` bytes came out. `rate` is requests per second and host; hosts of the allow-list
    have none. A portal that asks to wait longer than `retry_after` is left alone.
    """

    connect: float = 10
    idle: float = 30
    total: float = 15 * 60
    max_body: int = 64 * 2**20
    ratio: int = 200
    ratio_from: int = 2**20
    redirects: int = 3
    retries: int = 3
    backoff: float = 1
    backoff_max: float = 30
    retry_after: float = 3600
    rate: float = 5
    depth: int = 100
