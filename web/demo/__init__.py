"""Five small agency portals of our own making that speak the real protocols: what `qoima demo` harvests."""

from web.demo.base import DemoPortal
from web.demo.portals import aihub, ckan, datagovsg, dmi, egovkz
from web.demo.serve import serve_portals

__all__ = ["DemoPortal", "portals", "serve_portals"]


def portals() -> tuple[DemoPortal, ...]:  # takes the name over from the folder, which is loaded above for that reason
    """Return the five portals in the order of their ports."""
    return (ckan.PORTAL, datagovsg.PORTAL, dmi.PORTAL, aihub.PORTAL, egovkz.PORTAL)
