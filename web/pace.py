"""Who changes things, and how often: somebody signed in, so many requests a minute in each process."""

from math import ceil
from time import time

from flask import current_app
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from catalog.access import Actor
from catalog.errors import Throttled
from web.catalog import catalog
from web.identity import signed_in

_KEY = "qoima-pace"


def writer() -> Actor:
    """Return who asks, counting the request.

    Raises Unauthenticated for visitors, before anything is read, so that nothing is learnt of what is there; and Throttled.
    """
    actor = signed_in()
    if _KEY not in current_app.extensions:  # a storage starts a thread
        current_app.extensions.setdefault(_KEY, FixedWindowRateLimiter(MemoryStorage()))
    limiter: FixedWindowRateLimiter = current_app.extensions[_KEY]
    most = RateLimitItemPerMinute(catalog().settings.writes_per_minute)
    if not limiter.hit(most, actor.id):
        seconds = max(1, ceil(limiter.get_window_stats(most, actor.id).reset_time - time()))
        raise Throttled(f"There were too many changes in a minute; wait {seconds} seconds and go on.", seconds)
    return actor
