"""One change is followed at once, many right behind each other together, and none is forgotten."""

from threading import Event

from catalog.search.gathering import Gathering


def test_the_first_is_followed_at_once_and_the_others_together() -> None:
    done: list[int] = []
    late = Event()

    def follow() -> None:
        done.append(len(done))
        if len(done) == 2:
            late.set()

    gathering = Gathering(follow, 0.05)
    for _ in range(50):
        gathering()
    assert done == [0]
    assert late.wait(10)
    assert done == [0, 1]


def test_what_waits_is_followed_at_the_end() -> None:
    done: list[int] = []
    gathering = Gathering(lambda: done.append(1), 600)
    for _ in range(3):
        gathering()
    gathering.close()
    gathering.close()
    assert done == [1, 1]


def test_where_following_takes_long_it_pauses_longer() -> None:
    clock, done = [100.0], list[float]()

    def follow() -> None:
        done.append(clock[0])
        clock[0] += 0.5

    gathering = Gathering(follow, 0.1, lambda: clock[0])
    gathering()
    clock[0] += 0.2
    gathering()
    assert done == [100.0]
    gathering.close()
    clock[0] += 10
    gathering()
    assert len(done) == 3
