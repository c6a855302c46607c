"""What is not for a reader comes out nowhere, and what is hidden leaves no trace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask

from catalog import download_counts
from tests.leaks.crawler import Answer, addresses, crawl, differences, leaks
from tests.leaks.identities import MAY_KNOW, OPEN, client_of, settle
from tests.leaks.plants import LEAKS, slow_for_hidden
from tests.leaks.timing import ratio, uneven
from tests.leaks.worlds import build
from web import create_app

Worlds = dict[bool, Flask]


@dataclass(frozen=True)
class Site:
    """The world with hidden datasets and people, what a visitor gets in it, and the sessions of its people."""

    app: Flask
    found: Mapping[str, Answer]
    secrets: Mapping[str, str]

    def crawled(self, who: str) -> dict[str, Answer]:
        """Ask as one of the people, all that can be asked of what is there."""
        asked = [address for address, answer in self.found.items() if answer.status != 405 and "absent" not in address]
        return crawl(self.app, asked, client_of(self.app, self.secrets[who]))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    catalogs = {hidden: build(tmp_path_factory.mktemp("world"), with_hidden=hidden) for hidden in (True, False)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(download_counts, "SECONDS", 3600)  # pages say how often files left; no crawl is to see its own downloads
        yield {hidden: create_app(catalog=catalog) for hidden, catalog in catalogs.items()}
    for catalog in catalogs.values():
        catalog.close()


@pytest.fixture(scope="module")
def site(worlds: Worlds) -> Site:
    app = worlds[True]
    catalog = app.extensions["qoima-catalog"]
    secrets = settle(catalog)
    with catalog.store.read() as work:
        ids = tuple(one.id for one in work.requests.of_agency("water"))
    return Site(app, crawl(app, addresses(app, ids=("x", *ids))), secrets)


def told(found: Mapping[str, Answer]) -> set[str]:
    return {line.rpartition(" tells the ")[2] for line in leaks(found, ())}


def test_a_visitor_gets_the_words_of_open_files_and_of_no_other(site: Site) -> None:
    assert leaks(site.found, OPEN) == []
    assert told(site.found) == {f"{where} of {name}" for name, where in OPEN}
    assert [answer.status for answer in site.found.values() if answer.status >= 500] == []


def _reads_the_log(who: str, address: str) -> bool:
    """Tell whether this is the page that only auditors read; all that ever happened stands there."""
    return who == "auditor" and address.startswith("/audit-log/")


@pytest.mark.parametrize("who", MAY_KNOW)
def test_people_get_what_is_for_them_and_no_more_and_caches_keep_none_of_it(site: Site, who: str) -> None:
    found = {address: answer for address, answer in site.crawled(who).items() if not _reads_the_log(who, address)}
    assert leaks(found, MAY_KNOW[who]) == []
    assert told(found) == {f"{where} of {name}" for name, where in MAY_KNOW[who]}
    assert [address for address, answer in found.items() if answer.status >= 500] == []
    assert {dict(answer.headers).get("Cache-Control") for answer in found.values()} == {"private, no-store"}


def test_what_a_visitor_gets_does_not_depend_on_what_is_hidden(worlds: Worlds, site: Site) -> None:
    assert differences(site.found, crawl(worlds[False], site.found)) == []


def test_what_is_hidden_costs_as_many_statements_as_what_is_absent(site: Site) -> None:
    assert uneven(site.app) == []


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(worlds: Worlds, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = addresses(worlds[True], LEAKS[name].routes)
    assert asked
    for app in worlds.values():
        LEAKS[name].plant(monkeypatch, app)
    found, without = crawl(worlds[True], asked), crawl(worlds[False], asked)
    assert leaks(found, OPEN) or differences(found, without)


def test_a_planted_difference_in_time_is_found(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_for_hidden(monkeypatch, worlds[True])
    assert ratio(worlds[True], "/dataset/hidden", "/dataset/absent", times=7) > 1.05
