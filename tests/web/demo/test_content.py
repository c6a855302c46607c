"""What the demo portals hold: the same bytes at every start, enough to search, and exactly the faults that are listed."""

import csv
import datetime
import io
import re
from collections.abc import Callable
from importlib.resources import files
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from web.demo import faults
from web.demo.base import load
from web.demo.tables import FORMS, read_table

Open = Callable[[str], FlaskClient]
PORTALS = ("ckan", "datagovsg", "dmi", "aihub", "egovkz")
FILES = [file for package in load("ckan", "packages") for file in package["resources"] if "table" in file]
IIN = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
CPR = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def resources(client: FlaskClient, package: str) -> dict[str, Any]:
    """Return the resources of a package by the name of their file."""
    listed = client.get(f"/api/3/action/package_show?id={package}").json["result"]["resources"]
    return {urlsplit(resource["url"]).path.rpartition("/")[2]: resource for resource in listed}


def fetched(client: FlaskClient, package: str, name: str) -> Any:
    return client.get(urlsplit(resources(client, package)[name]["url"]).path)


def weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def iin_check(digits: str) -> int:
    first = weighed(digits, IIN[0])
    return first if first != 10 else weighed(digits, IIN[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["name"])
def test_a_file_has_the_same_bytes_each_time(file: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("ckan", file["table"])
    first = FORMS[file["form"]].write(table, file)
    ahead = SimpleNamespace(datetime=_Later, timezone=datetime.timezone)
    monkeypatch.setattr("openpyxl.writer.excel.datetime", ahead)
    assert FORMS[file["form"]].write(table, file) == first


class _Later(datetime.datetime):
    """A clock years ahead, for what writes the time into files."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "_Later":
        return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)


def test_two_starts_describe_themselves_alike(portal: Open) -> None:
    for address in ("/api/3/action/package_search?rows=5", "/api/3/action/package_show?id=schools"):
        assert portal("ckan").get(address).data == portal("ckan").get(address).data
    items = "/v2/metObs/collections/observation/items?limit=50"
    assert portal("dmi").get(items).data == portal("dmi").get(items).data


def test_there_are_at_least_fifty_datasets_and_eight_a_portal() -> None:
    sizes = {
        "ckan": len(load("ckan", "packages")),
        "dmi": len(load("dmi", "collections")["collections"]),
        **{name: len(load(name, "datasets")) for name in ("datagovsg", "aihub", "egovkz")},
    }
    assert min(sizes.values()) >= 8
    assert sum(sizes.values()) - sum(faults.UNPUBLISHED.values()) >= 50


def test_no_table_is_too_small_or_too_large() -> None:
    small = {"stations", "twin_city", "tidewater_stations", "ocean_stations", "empty"}
    for portal in PORTALS:
        for entry in (files("web.demo") / "data" / portal).iterdir():
            name = entry.name.removesuffix(".csv")
            if entry.name.endswith(".csv") and name not in small:
                assert 20 <= len(read_table(portal, name).rows) <= 400, f"{portal}/{name}"


def test_nothing_names_an_outside_host_but_the_one_forbidden_link() -> None:
    for portal in PORTALS:
        for entry in (files("web.demo") / "data" / portal).iterdir():
            found = re.findall(r"https?://[^\s\"',]+", entry.read_text("utf-8"))
            assert found in ([], ["http://127.0.0.1/energy/meters.csv"]), entry.name


def test_the_identifiers_of_the_queue_fail_their_checksum() -> None:
    numbers = [row[1] for row in read_table("egovkz", "queue").rows]
    assert all(re.fullmatch(r"\d{12}", number) for number in numbers)
    assert [number for number in numbers if iin_check(number) == int(number[11])] == []


def test_the_identifiers_of_observers_fail_their_checksum() -> None:
    numbers = [row[1] for row in read_table("dmi", "observers").rows]
    assert all(re.fullmatch(r"\d{6}-\d{4}", number) for number in numbers)
    assert [number for number in numbers if weighed(number.replace("-", ""), CPR) == 0] == []


def test_the_checksums_of_this_test_know_valid_numbers() -> None:
    assert weighed("0101010007", CPR) == 0
    assert iin_check("85010130012") == weighed("85010130012", IIN[0])


def test_spending_has_titles_above_and_another_encoding_than_declared(portal: Open) -> None:
    answer = fetched(portal("ckan"), "council-spending-over-500", "spending.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    lines = answer.data.decode("cp1252").splitlines()
    assert "£500" in lines[0]
    assert lines[2].startswith("payment_date,")
    with pytest.raises(UnicodeDecodeError):
        answer.data.decode("utf-8")


def test_the_twin_city_writes_windows_1251_with_decimal_commas(portal: Open) -> None:
    header, first, *_ = fetched(portal("ckan"), "twin-city-districts", "twin-city.csv").data.decode("cp1251").splitlines()
    assert header.startswith("район;год;")
    assert first.split(";")[2] == "268,4"


def test_libraries_begin_with_a_byte_order_mark(portal: Open) -> None:
    assert fetched(portal("ckan"), "libraries", "libraries.csv").data.startswith(b"\xef\xbb\xbf")


def test_recycling_has_the_damaged_rows_that_are_listed(portal: Open) -> None:
    text = fetched(portal("ckan"), "household-recycling", "recycling.csv").text
    header, *rows = csv.reader(io.StringIO(text))
    assert sorted({len(row) for row in rows}) == [len(header) - 2, len(header), len(header) + 1]
    assert len({tuple(row) for row in rows}) == len(rows) - 1


def test_links_are_broken_pages_or_forbidden_where_listed(portal: Open) -> None:
    client = portal("ckan")
    assert fetched(client, "river-levels", "river-levels-archive.csv").status_code == 404
    assert fetched(client, "planning-applications", "decisions.csv").mimetype == "text/html"
    assert resources(client, "energy-use-of-buildings")["meters.csv"]["url"].startswith("http://127.0.0.1/")
    assert client.get("/api/3/action/package_show?id=public-toilets").json["result"]["license_id"] is None


def test_the_table_of_faults_names_only_what_exists() -> None:
    known = {
        "ckan": {package["name"] or "(no name)" for package in load("ckan", "packages")},
        "datagovsg": {entry["name"] for entry in load("datagovsg", "datasets")},
        "dmi": {f"{entry['service']}/{entry['id']}" for entry in load("dmi", "collections")["collections"]},
        "aihub": {"90101 to 90109", *map(str, load("aihub", "terms")["no_tree"])},
        "egovkz": {entry["apiUri"] for entry in load("egovkz", "datasets")},
    }
    listed = re.findall(r"^\| (\w+) \| ([^|]+) \|", faults.__doc__ or "", re.MULTILINE)
    assert len(listed) > 15
    assert [(portal, name) for portal, name in listed if portal in known and name not in known[portal]] == []
