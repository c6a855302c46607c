"""The questions of the wizard: forms whose fields follow the record, one step a file in `steps/`."""

from functools import cache

from schemas.plugins import discover
from web.forms import steps as package
from web.forms.base import Step


@cache
def steps() -> dict[str, Step]:
    """Return the steps by their part of the address, in the order in which they are asked."""
    return {step.name: step for step in sorted(discover(package, "STEP").values(), key=lambda step: step.order)}
