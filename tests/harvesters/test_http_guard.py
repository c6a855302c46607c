"""No request reaches an address inside our own network, however it is written, redirected to or resolved."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from harvesters.http import FetchError, HttpClient, Limits
from harvesters.http import guard as guard_module
from harvesters.http.guard import is_public
from tests.loopback import Answer, Loopback, loopback

ONCE = Limits(retries=0, connect=2, idle=2)


@pytest.fixture
def portal() -> Iterator[Loopback]:
    with loopback({"/": lambda _: {"ok": True}}) as server:
        yield server


def refused(client: HttpClient, url: str, **options: Any) -> FetchError:
    with client, pytest.raises(FetchError) as raised:
        client.get_json(url, **options)
    assert raised.value.message.endswith(".")
    return raised.value


def moved(target: str, status: int = 302) -> Any:
    return lambda _: Answer(status=status, headers=(("Location", target),))


def test_an_allowed_private_address_answers(portal: Loopback) -> None:
    with HttpClient(allow=[portal.host], limits=ONCE) as client:
        assert client.get_json(portal.url) == {"ok": True}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "localhost", "0.0.0.0"])
def test_loopback_is_refused_however_it_is_written(portal: Loopback, host: str) -> None:
    client = HttpClient(ports=[f"{host}:{portal.port}"], limits=ONCE)
    assert refused(client, f"http://{host}:{portal.port}/").code == "blocked-address"
    assert portal.requests == []


@pytest.mark.parametrize("url", [
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://[fe80::1]/",
])  # fmt: skip
def test_private_addresses_are_refused(url: str) -> None:
    assert refused(HttpClient(limits=ONCE), url).code == "blocked-address"


@pytest.mark.parametrize("address", [
    "127.0.0.1", "0.0.0.0", "169.254.169.254", "10.1.2.3", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    "2001::1", "fe80::1", "fc00::1", "ff02::1",
])  # fmt: skip
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", [
    "file:///etc/passwd", "ftp://example.org/x", "gopher://example.org", "//example.org", "example.org", "", "http://", "http:///x",
    "http://user:word@example.org/", "http://example.org\\@127.0.0.1/", "http://exa\nmple.org/", "http://example.org:22/",
    "http://[fe80::1%25lo]/", "http://example.org:99999/",
])  # fmt: skip
def test_addresses_of_another_form_are_refused_before_anything_is_resolved(url: str) -> None:
    asked: list[str] = []
    client = HttpClient(limits=ONCE, resolver=lambda host, port: asked.append(host) or [])
    assert refused(client, url).code == "bad-address"
    assert asked == []


def test_a_redirect_to_the_metadata_service_is_refused(portal: Loopback) -> None:
    portal.routes["/moved"] = moved("http://169.254.169.254/latest/meta-data/")
    error = refused(HttpClient(allow=[portal.host], limits=ONCE), f"{portal.url}/moved")
    assert error.code == "blocked-address"
    assert portal.count("/") == 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://example.org:22/", "http://u:p@example.org/"])
def test_a_redirect_to_an_address_of_another_form_is_refused(portal: Loopback, target: str) -> None:
    portal.routes["/moved"] = moved(target)
    assert refused(HttpClient(allow=[portal.host], limits=ONCE), f"{portal.url}/moved").code == "redirect-refused"


def test_redirects_are_counted(portal: Loopback) -> None:
    portal.routes["/round"] = moved("/round")
    error = refused(HttpClient(allow=[portal.host], limits=ONCE), f"{portal.url}/round")
    assert (error.code, portal.count("/round")) == ("too-many-redirects", ONCE.redirects + 1)


def test_a_few_redirects_are_followed(portal: Loopback) -> None:
    portal.routes |= {"/1": moved("/2", 301), "/2": moved("/3", 307), "/3": moved(f"{portal.url}/end", 308)}
    with HttpClient(allow=[portal.host], limits=ONCE) as client:
        assert client.get_json(f"{portal.url}/1") == {"ok": True}


def test_a_key_goes_to_no_other_host(portal: Loopback) -> None:
    with loopback({"/": lambda _: {"other": True}}) as other:
        portal.routes["/moved"] = moved(f"{other.url}/taken")
        with HttpClient(allow=[portal.host, other.host], limits=ONCE) as client:
            client.get_json(f"{portal.url}/moved", headers={"X-Api-Key": "hidden-1", "Authorization": "hidden-2"})
        assert "hidden-1" in portal.requests[0].headers.values()
        assert not {"hidden-1", "hidden-2"} & set(other.requests[0].headers.values())
        assert other.requests[0].headers["Accept"].startswith("application/json")


def test_a_key_stays_with_its_host_through_a_redirect(portal: Loopback) -> None:
    portal.routes["/moved"] = moved("/end")
    with HttpClient(allow=[portal.host], limits=ONCE) as client:
        client.get_json(f"{portal.url}/moved", headers={"X-Api-Key": "hidden-1"})
    assert portal.requests[1].headers["X-Api-Key"] == "hidden-1"


def test_keys_never_show_in_messages(portal: Loopback) -> None:
    portal.routes["/"] = lambda _: Answer(status=404, body=b"no hidden-1 here")
    client = HttpClient(allow=[portal.host], limits=ONCE, secrets=["hidden-1"])
    error = refused(client, f"{portal.url}/hidden-1", params={"apiKey": "hidden-1", "token": "other-2", "page": "7"})
    assert "hidden-1" not in error.message + error.body
    assert "other-2" not in error.message
    assert "page=7" in error.message


def test_a_name_that_resolves_to_a_private_address_is_refused(portal: Loopback) -> None:
    client = HttpClient(ports=[f"portal.test:{portal.port}"], limits=ONCE, resolver=lambda host, port: ["127.0.0.1"])
    assert refused(client, f"http://portal.test:{portal.port}/").code == "blocked-address"
    assert portal.requests == []


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(guard_module.socket, "create_connection", lambda address, timeout: tried.append(address[0]) or _fail())
    client = HttpClient(limits=ONCE, resolver=lambda host, port: ["127.0.0.1", "93.184.216.34", "10.0.0.1"])
    assert refused(client, "http://portal.test/").code == "connection"
    assert tried == ["93.184.216.34"]


def _fail() -> Any:
    raise ConnectionRefusedError


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(portal: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, tried, really = [["93.184.216.34"], ["127.0.0.1"]], list[str](), socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address[0])
        return really(("127.0.0.1", portal.port), timeout)

    monkeypatch.setattr(guard_module.socket, "create_connection", connect)
    portal.routes["/"] = lambda _: Answer(body=b"{}", length=None)
    with HttpClient(limits=ONCE, resolver=lambda host, port: answers.pop(0)) as client:
        assert client.get_json("http://portal.test/") == {}
        with pytest.raises(FetchError) as raised:
            client.get_json("http://portal.test/")
    assert (raised.value.code, tried, portal.count("/")) == ("blocked-address", ["93.184.216.34"], 1)


def test_a_name_without_address_is_told(portal: Loopback) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert refused(HttpClient(limits=ONCE, resolver=nowhere), "http://portal.test/").code == "connection"


def test_cookies_are_not_kept(portal: Loopback) -> None:
    portal.routes["/"] = lambda _: Answer(body=b"{}", headers=(("Set-Cookie", "session=1; Path=/"),))
    with HttpClient(allow=[portal.host], limits=ONCE) as client:
        client.get_json(portal.url)
        client.get_json(portal.url)
    assert all("Cookie" not in request.headers for request in portal.requests)


def test_proxies_of_the_environment_are_not_used(portal: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    with HttpClient(allow=[portal.host], limits=ONCE) as client:
        assert client.get_json(portal.url) == {"ok": True}
