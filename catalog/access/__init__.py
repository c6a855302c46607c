"""Who may do what, and why: one function decides for every surface."""

from catalog.access.base import SYSTEM, VISITOR, Action, Actor, Decision, harvester
from catalog.access.decide import decide

__all__ = ["SYSTEM", "VISITOR", "Action", "Actor", "Decision", "decide", "harvester"]
