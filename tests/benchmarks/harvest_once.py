"""One harvest in a process of its own, so that its memory and CPU time are its own."""

import json
import resource
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from catalog.bootstrap import open_catalog
from catalog.harvests.records import HarvestSource
from catalog.settings import Settings
from harvesters.runner import run_harvest


def main(url: str, home: str) -> None:
    """Harvest and print the figures as JSON."""
    catalog = open_catalog(Settings(home=Path(home), harvest_allow=(urlsplit(url).netloc,)))
    source = HarvestSource(name="generated", kind="ckan", url=url, language="en", files="link")
    started = time.perf_counter()
    run = run_harvest(catalog, source)
    wall = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024, "seen": run.counts.seen}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
