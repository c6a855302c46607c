"""A message wakes one worker once."""

from pathlib import Path

from catalog.adapters.huey_jobs import HueyJobs


def test_messages_come_in_order_and_once(tmp_path: Path) -> None:
    sending, working = (HueyJobs(f"sqlite:///{tmp_path}/jobs.db") for _ in range(2))
    sending.wake("harvest:a")
    sending.wake("harvest:b")
    assert [working.wait(0), working.wait(0), working.wait(0)] == ["harvest:a", "harvest:b", None]
