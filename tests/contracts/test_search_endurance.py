"""The index stands kills of its writer and many readers at once; longer runs: see `search_endurance`."""

from pathlib import Path

from tests.contracts.search_endurance import killed, together


def test_a_writer_killed_in_any_of_its_works_leaves_right_answers_all_the_time(tmp_path: Path) -> None:
    found = killed(tmp_path / "index", 4)
    assert found.wrong == []
    assert sum(found.kills.values()) == 4 and found.answers


def test_processes_and_threads_read_right_answers_while_one_writes(tmp_path: Path) -> None:
    found = together(tmp_path / "index", 3, processes=2, threads=4)
    assert found.wrong == []
    assert found.answers and found.figures["commits"]
