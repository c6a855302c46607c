"""Plug-ins are files in a folder: one walk finds them, then installed entry points, so that nobody must edit a list."""

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def discover(package: ModuleType, attribute: str) -> dict[str, Any]:
    """Return the plug-ins of `package` by name: each module's `attribute`, then those of the entry-point group of that name.

    A plug-in has a `name`. Raises ValueError where two claim the same one.
    """
    found: dict[str, Any] = {}
    for plugin in (*_modules(package, attribute), *_installed(package.__name__)):
        if plugin.name in found:
            raise ValueError(f"Two plug-ins in {package.__name__} are named {plugin.name!r}; rename one of them.")
        found[plugin.name] = plugin
    return found


def _modules(package: ModuleType, attribute: str) -> Iterator[Any]:
    for module in sorted(iter_modules(package.__path__), key=lambda module: module.name):
        if not module.ispkg:
            yield getattr(import_module(f"{package.__name__}.{module.name}"), attribute)


def _installed(group: str) -> Iterator[Any]:
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        yield point.load()
