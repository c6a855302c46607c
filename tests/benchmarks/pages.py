"""Pages and JSON of 10,000 datasets side by side with CKAN 2.12: requests per second, and CPU time per request."""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks.client import requests_answered
from tests.benchmarks.servers import cpu_seconds
from tests.benchmarks.sites import DATASETS, PEER_DATASETS, Site, ckan, qoima

ROUNDS = 3
SECONDS = 5.0
WARM = 3.0

KNOWN = {"dataset page": 66, "search page": 47, "dataset as JSON": 7}
"""CPU ms per request known of CKAN with a real Solr on two quiet cores (web, PostgreSQL and Solr together)."""

Figures = tuple[float, float]
"""Requests per second, CPU ms per request."""


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    with qoima() as ours, ckan() as theirs:
        yield "| answer | Qoima/s | Qoima CPU ms | CKAN/s | CKAN CPU ms | ratio | known CKAN CPU ms | ratio by it |"
        yield "|---|---|---|---|---|---|---|---|"
        for kind in ours.paths:
            yield _line(kind, *_alternately(kind, ours, theirs))
    yield ""
    yield f"{ROUNDS} rounds of {SECONDS:.0f} s each in turn, medians, four connections, nothing compressed."
    if theirs is None:
        yield f"{DATASETS:,} datasets in Qoima (SQLite, Whoosh). CKAN: not here."
        return
    yield f"{DATASETS:,} datasets in Qoima (SQLite, Whoosh), the first {PEER_DATASETS:,} of them in CKAN."
    yield "CKAN's CPU is that of web, PostgreSQL and Redis."
    yield "(*) Not a fair ratio: a stand-in answers for Solr, and its CPU is not counted. Compare with the known figure."


def _alternately(kind: str, ours: Site, theirs: Site | None) -> tuple[Figures, Figures | None]:
    sites = [site for site in (ours, theirs) if site]
    for site in sites:
        requests_answered(site.port, site.paths[kind], WARM)
    rounds = [[_measured(site, kind) for site in sites] for _ in range(ROUNDS)]
    figures = [(median(rate for rate, _ in one), median(cpu for _, cpu in one)) for one in zip(*rounds, strict=True)]
    return figures[0], figures[1] if theirs else None


def _measured(site: Site, kind: str) -> Figures:
    before = cpu_seconds(site.processes)
    answered, spent = requests_answered(site.port, site.paths[kind], SECONDS)
    return answered / spent, (cpu_seconds(site.processes) - before) / answered * 1000


def _line(kind: str, ours: Figures, theirs: Figures | None) -> str:
    mark = " (*)" if kind == "search page" else ""
    peer = f"{theirs[0]:.0f} | {theirs[1]:.1f} | {ours[0] / theirs[0]:.1f} ×{mark}" if theirs else "not here | not here | –"
    return f"| {kind} | {ours[0]:.0f} | {ours[1]:.1f} | {peer} | {KNOWN[kind]} | {KNOWN[kind] / ours[1]:.1f} × |"
