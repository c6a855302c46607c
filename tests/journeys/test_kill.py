"""A harvest that is killed at any moment, and run again, ends as if nothing had happened; one more writes nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from catalog.harvests.records import RunState
from catalog.settings import Settings
from tests.benchmarks.generated import generated_portal
from tests.journeys.portal import opened, photograph

ROOT = Path(__file__).parents[2]
COUNT, ROWS = 400, 60
KILLS = 4
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Shell:
    """The command line over a home folder of its own."""

    home: Path
    portal: str

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start `qoima` with these words."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("QOIMA_")}
        settings = {"QOIMA_HOME": str(self.home), "QOIMA_HARVEST_ALLOW": urlsplit(self.portal).netloc}
        command = [sys.executable, "-c", "from web.cli import main; main()", *words]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *words: str) -> str:
        """Run `qoima` to a good end and return what it printed."""
        process = self.start(*words)
        told, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
        return told

    def add(self) -> None:
        """Add the portal."""
        options = ("--language", "en", "--files", "link", "--option", f"rows={ROWS}")
        self.run("source", "add", "generated", "--kind", "ckan", "--url", self.portal, *options)

    def harvest(self) -> dict[str, Any]:
        """Harvest to the end and return the report."""
        report: dict[str, Any] = json.loads(self.run("harvest", "run", "generated", "--json"))
        return report

    def photograph(self) -> tuple[dict[str, tuple[Any, ...]], int]:
        """Return what the catalogue holds and how many datasets are found, once the index agrees with it."""
        self.run("index", "verify")
        with opened(Settings(home=self.home)) as catalog:
            return photograph(catalog), catalog.index.count()


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    with generated_portal(COUNT) as url:
        yield url


@pytest.fixture(scope="module")
def undisturbed(portal: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, tuple[Any, ...]], int]:
    """What a harvest in peace leaves behind."""
    shell = Shell(tmp_path_factory.mktemp("peace"), portal)
    shell.add()
    assert told(shell.harvest()) == ("complete", COUNT, 0, 0, 0)
    return shell.photograph()


def test_a_harvest_killed_again_and_again_ends_like_an_undisturbed_one(
    portal: str, undisturbed: tuple[dict[str, tuple[Any, ...]], int], tmp_path: Path
) -> None:
    shell, seed = Shell(tmp_path, portal), random.SystemRandom().randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    shell.add()
    moments = [*sorted(chance.sample(range(COUNT), KILLS)), COUNT]
    seen = [kill(shell, moment, chance.random() / 10) for moment in moments]
    assert any(0 < count < COUNT for count in seen) and seen[-1] >= COUNT
    report = shell.harvest()
    assert (report["id"], report["state"], report["counts"]["failed"], report["list"]) == (1, "complete", 0, [])
    assert len(undisturbed[0]) == undisturbed[1] == COUNT
    assert shell.photograph() == undisturbed
    assert told(shell.harvest()) == ("complete", 0, 0, COUNT, 0)
    assert shell.photograph() == undisturbed


def kill(shell: Shell, moment: int, later: float) -> int:
    """Harvest, and end it by SIGKILL some time after so many records are seen; returns how many were seen then."""
    process, end = shell.start("harvest", "run", "generated", "--json"), time.monotonic() + PATIENCE
    with opened(Settings(home=shell.home)) as watching:
        while process.poll() is None and time.monotonic() < end:
            if (runs := watching.harvests.runs("generated")) and runs[0].counts.seen >= moment:
                time.sleep(later)
                break
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        (run,) = watching.harvests.runs("generated")
        assert run.state is RunState.RUNNING
    return run.counts.seen


def told(report: dict[str, Any]) -> tuple[Any, ...]:
    counts = report["counts"]
    return report["state"], counts["added"], counts["changed"], counts["unchanged"], counts["failed"]
