"""Keeps `qoima worker` beside the site: one that dies is begun again, and it ends with us, however we end."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

COMMAND = (sys.executable, "-c", "from web.cli import main; main()", "worker", "--every", "10", "--tied")
PAUSE, PATIENCE = 5.0, 20.0
"""Seconds before a worker that died is begun again, and seconds in which one that is to end may finish what it does."""


@contextmanager
def working(command: Sequence[str] = COMMAND, pause: float = PAUSE) -> Iterator[None]:
    """Run the worker while the body runs. Its input is a pipe of ours, whose end tells it to stop, even where we are killed."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.is_set():
            with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as worker:
                while worker.poll() is None and not ended.wait(0.2):
                    pass
                _stop(worker)
            ended.wait(pause)

    keeper = threading.Thread(target=keep, name="worker")
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _stop(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdin is not None, "its input is a pipe"
    with suppress(OSError):
        worker.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(PATIENCE)
        return
    worker.kill()
