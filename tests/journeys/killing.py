"""Lets a process of its own do something to a catalogue, and kill itself at one of its steps."""

import gc
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings

Act = Callable[[Catalog], object]


def done(home: Path, act: Act, kill_at: int = 0) -> int:
    """Do it, and kill the process at a step: a statement, a commit, a file, the index, or when all is done.

    Returns how many steps there were, 0 when killed.
    """
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        with os.fdopen(reader) as told:
            steps = told.read()
        _, status = os.waitpid(child, 0)
        assert (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL) == bool(kill_at and not steps)
        assert steps.isdigit() or (kill_at and not steps), steps or "it ended early"
        return int(steps or 0)
    gc.disable()  # what engines with threads left in the parent must not be taken apart here, where their threads are not
    try:
        steps = _stepwise(home, act, kill_at)
        os.write(writer, str(steps).encode())
    except BaseException:  # the border of the process
        os.write(writer, traceback.format_exc().encode())
    finally:
        os._exit(0)


def _stepwise(home: Path, act: Act, kill_at: int) -> int:
    catalog, steps = open_catalog(Settings(home=home)), 0

    def step(*_: Any, **__: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepwise(thing: Any, name: str) -> None:
        kept = getattr(thing, name)

        def wrapped(*given: Any, **named: Any) -> Any:
            step()
            result = kept(*given, **named)
            step()
            return result

        object.__setattr__(thing, name, wrapped)

    for moment in ("after_cursor_execute", "commit"):
        event.listen(catalog.store.engine, moment, step)  # type: ignore[attr-defined]
    stepwise(catalog.files_store, "put")
    stepwise(catalog.index, "apply")
    act(catalog)
    step()
    catalog.close()
    return steps
