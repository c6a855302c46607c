"""`make bench`, or `make bench ONLY=harvest` for one of them."""

import platform
import sys
from importlib import import_module

ALL = ("harvest", "pages", "rows", "audit", "validate", "search", "publish", "mqa")


def main(chosen: list[str]) -> None:
    """Print each table."""
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for name in chosen or ALL:
        print(f"\n## {name}\n", flush=True)
        for line in import_module(f"tests.benchmarks.{name}").run():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
