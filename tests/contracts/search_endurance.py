"""An index under hardship: `python -m tests.contracts.search_endurance kill 100` and `… together 300` print what came of it.

`kill`: a writer commits, merges, rebuilds and writes sidecars without end and is killed in each of these in turn, while a reader
asks all the time. `together`: four processes of four threads read while one writes.
"""

import json
import mmap
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count, cycle
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from catalog.adapters import whoosh_index
from catalog.adapters.whoosh_index import WhooshIndex, sidecar, writer
from catalog.search.request import SearchRequest
from tests.contracts.search_corpus import EN, KK, RU, documents
from tests.contracts.search_oracle import Oracle

SECRET = b"a secret of at least thirty-two bytes"
STAFF = frozenset({"public", "staff"})
FACETS = ("agency", "format", "year")
SIZE = 60
_FORK = get_context("fork")
PHASES = ("commit", "merge", "rebuild", "sidecar")


@dataclass(slots=True)
class Outcome:
    """What was seen: answers given, wrong ones and exceptions in words, and in which work the writer was killed."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)


def opened(folder: Path) -> WhooshIndex:
    """Return the index of a folder, every segment with a sidecar."""
    return WhooshIndex(folder, SECRET, sidecar_from=1)


def killed(folder: Path, rounds: int) -> Outcome:
    """Kill a writer so many times; after each the index must open by itself and be whole."""
    opened(folder).apply(documents(SIZE), [])
    found, chance = Outcome(), random.Random(3)
    stop = folder.parent / "stop"
    reader = _reader(folder, stop, 1)
    for phase, _ in zip(cycle(PHASES), range(rounds), strict=False):
        board = folder.parent / "phase"
        board.write_bytes(b" " * 16)
        child = _FORK.Process(target=write, args=(folder, board), daemon=True)
        child.start()
        if not _reached(board, phase, child):
            found.wrong.append(f"the writer stopped by itself with {child.exitcode}")
        time.sleep(chance.random() * 0.02)
        found.kills[_phase(board)] += 1
        child.kill()
        child.join()
        index = opened(folder)
        if (total := index.search(SearchRequest(labels=STAFF)).total) != SIZE:
            found.wrong.append(f"{total} datasets after a kill in {phase}")
        if not index.verify({each.name: each.content_hash for each in documents(SIZE)}).good:
            found.wrong.append(f"not what was written after a kill in {phase}")
        index.apply(documents(3), [])  # takes writes again
    stop.touch()
    _heard(reader, found)
    return found


def together(folder: Path, seconds: float, processes: int = 4, threads: int = 4) -> Outcome:
    """Read in several processes and threads while one writes."""
    index, found = opened(folder), Outcome()
    index.apply(documents(SIZE), [])
    stop = folder.parent / "stop"
    readers = [_reader(folder, stop, threads) for _ in range(processes)]
    until, corpus, batches = time.monotonic() + seconds, documents(SIZE), 0
    while time.monotonic() < until:
        index.apply(random.sample(corpus, 5), [])
        batches += 1
        if batches % 50 == 0:
            index.rebuild(iter(corpus))
    stop.touch()
    for reader in readers:
        _heard(reader, found)
    found.figures["commits"] = batches
    return found


def _heard(reader: "subprocess.Popen[bytes]", found: Outcome) -> None:
    told = json.loads(reader.communicate(timeout=60)[0] or b'{"answers": 0, "wrong": ["the reader died"], "grown": 0}')
    found.answers += told["answers"]
    found.wrong += told["wrong"]
    found.figures["cut by the deadline"] = found.figures.get("cut by the deadline", 0) + told.get("partial", 0)
    found.figures["MB grown"] = max(found.figures.get("MB grown", 0), told["grown"])


def _reader(folder: Path, stop: Path, threads: int) -> "subprocess.Popen[bytes]":
    module = "tests.contracts.search_endurance"
    command = [sys.executable, "-W", "ignore", "-m", module, "read", str(folder), str(stop), str(threads)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert child.stdout and child.stdout.readline() == b"ready\n"
    return child


def _phase(file: Path) -> str:
    return file.read_bytes().decode().strip()


def _reached(file: Path, phase: str, child: ForkProcess) -> bool:
    while _phase(file) != phase:
        if not child.is_alive():
            return False
        time.sleep(0.0005)
    return True


def read(folder: Path, stop: Path, threads: int) -> None:
    """Ask until told to stop; every answer is compared with plain Python's. Prints what came of it."""
    oracle, index = Oracle(documents(SIZE)), opened(folder)
    words = [*KK, *RU, *EN]
    expected = {word: _expected(oracle, word) for word in words}
    told: dict[str, Any] = {"answers": 0, "partial": 0, "wrong": [], "grown": 0.0}
    sizes: list[float] = []

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        while not stop.exists():
            word = chance.choice(words)
            try:
                page = index.search(SearchRequest(words=(word,), labels=STAFF, facets=FACETS, limit=100))
                given = (page.total, len(page.hits), {name: dict(table) for name, table in page.facets.items()})
                told["partial"] += page.partial
                if given != expected[word] and not page.partial:
                    told["wrong"].append(f"{word}: {given[0]} for {expected[word][0]}")
            except Exception as error:
                told["wrong"].append(f"{type(error).__name__}: {error}")
            told["answers"] += 1
            if seed == 0 and told["answers"] % 500 == 0:
                sizes.append(_private())

    index.search(SearchRequest(words=(words[0],), labels=STAFF))  # loads the dictionaries
    print("ready", flush=True)
    asking = [threading.Thread(target=ask, args=(seed,)) for seed in range(threads)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    told["grown"] = round(sizes[-1] - sizes[len(sizes) // 3], 1) if len(sizes) > 3 else 0.0
    told["wrong"] = told["wrong"][:20]
    print(json.dumps(told))


def _expected(oracle: Oracle, word: str) -> Any:
    request = SearchRequest(words=(word,), labels=STAFF)
    total = len(oracle.names(request))
    return total, total, {facet: oracle.table(request, facet) for facet in FACETS}


def _private() -> float:
    rows = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return sum(int(row[1]) for row in rows if row[0].startswith("Private_")) / 1000


def write(folder: Path, file: Path) -> None:
    """Commit small batches, merge, rebuild and write sidecars until killed, and say in `file` which of them is going on."""
    with file.open("r+b") as opened_file:
        board = mmap.mmap(opened_file.fileno(), 16)
        def says(phase: str, work: Any) -> Any:
            def saying(*given: Any, **named: Any) -> Any:
                board[:] = phase.ljust(16).encode()
                return work(*given, **named)
            return saying
        sidecar.write_sidecar = says("sidecar", sidecar.write_sidecar)
        writer.merge_small = says("merge", writer.merge_small)
        whoosh_index.write = says("commit", whoosh_index.write)
        index, corpus = opened(folder), documents(SIZE)
        for number in count():
            index.apply(random.sample(corpus, 3), [])
            if number % 8 == 7:
                says("rebuild", index.rebuild)(iter(corpus))


def main(task: str, *given: str) -> None:
    """Run one of the tasks."""
    if task == "read":
        read(Path(given[0]), Path(given[1]), int(given[2]))
    else:
        with tempfile.TemporaryDirectory() as home:
            folder = Path(home) / "index"
            found = killed(folder, int(given[0])) if task == "kill" else together(folder, float(given[0]))
        print(f"{found.answers} answers, {len(found.wrong)} wrong or failed {found.wrong[:5]}")
        print(f"kills {dict(found.kills)}, {found.figures}")


if __name__ == "__main__":
    main(*sys.argv[1:])
