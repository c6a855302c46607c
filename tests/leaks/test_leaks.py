"""What is not for a reader comes out nowhere, and what is hidden leaves no trace."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.leaks.crawler import addresses, crawl, differences, leaks
from tests.leaks.plants import LEAKS, slow_for_hidden
from tests.leaks.timing import ratio
from tests.leaks.worlds import SHOWN, build
from web import create_app

Worlds = dict[bool, Flask]
EVERYBODY = {(name, "meta") for name in SHOWN} | {(name, "bytes") for name in SHOWN if SHOWN[name] == "open"}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    catalogs = {hidden: build(tmp_path_factory.mktemp("world"), with_hidden=hidden) for hidden in (True, False)}
    yield {hidden: create_app(catalog=catalog) for hidden, catalog in catalogs.items()}
    for catalog in catalogs.values():
        catalog.close()


def test_a_visitor_gets_the_words_of_open_files_and_of_no_other(worlds: Worlds) -> None:
    found = crawl(worlds[True], addresses(worlds[True]))
    assert leaks(found, EVERYBODY) == []
    told = {line.rpartition(" tells the ")[2] for line in leaks(found, ())}
    assert told == {f"{where} of {name}" for name, where in EVERYBODY}
    assert [answer.status for answer in found.values() if answer.status >= 500] == []


def test_what_a_visitor_gets_does_not_depend_on_what_is_hidden(worlds: Worlds) -> None:
    asked = addresses(worlds[True])
    one, other = crawl(worlds[True], asked), crawl(worlds[False], asked)
    assert differences(one, other) == []


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(worlds: Worlds, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = addresses(worlds[True], LEAKS[name].routes)
    assert asked
    for app in worlds.values():
        LEAKS[name].plant(monkeypatch, app)
    found, without = crawl(worlds[True], asked), crawl(worlds[False], asked)
    assert leaks(found, EVERYBODY) or differences(found, without)


def test_a_planted_difference_in_time_is_found(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_for_hidden(monkeypatch, worlds[True])
    assert ratio(worlds[True], "/dataset/hidden", "/dataset/absent", times=7) > 1.05
