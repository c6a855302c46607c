"""Where a form leads back to: an address of this site, never of another."""

import re

from flask import request

_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*", re.ASCII)


def local(address: str, otherwise: str = "/") -> str:
    """Return an address where it stays within the site, else the other one."""
    return address if len(address) <= 2000 and _LOCAL.fullmatch(address) else otherwise


def back(otherwise: str = "/") -> str:
    """Return what the request names in `next`."""
    return local(request.values.get("next", ""), otherwise)
