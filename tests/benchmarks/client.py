"""A client of four connections that asks one server as fast as it answers; connections are kept where the server keeps them."""

import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from subprocess import run

CONNECTIONS = 4


def requests_answered(port: int, paths: Sequence[str], seconds: float) -> tuple[int, float]:
    """Ask for `paths` in a chosen but repeatable order, from a process of its own; return answers and seconds.

    Raises CalledProcessError when an answer is not 200.
    """
    command = [sys.executable, __file__, str(port), str(seconds)]
    done = run(command, input="\n".join(paths), capture_output=True, text=True, check=True)
    answered, spent = done.stdout.split()
    return int(answered), float(spent)


def _ask(port: int, paths: Sequence[str], seconds: float, number: int) -> int:
    connection, chance, answered = HTTPConnection("127.0.0.1", port, timeout=30), random.Random(number), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        path = chance.choice(paths)
        connection.request("GET", path, headers={"Accept": "*/*"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}.")
        answered += 1
    connection.close()
    return answered


def _main(port: int, seconds: float) -> None:
    paths = sys.stdin.read().split("\n")
    started = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answered = sum(pool.map(lambda number: _ask(port, paths, seconds, number), range(CONNECTIONS)))
    print(answered, time.monotonic() - started)


if __name__ == "__main__":
    _main(int(sys.argv[1]), float(sys.argv[2]))
