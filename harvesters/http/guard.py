"""No request leaves for an address inside our own network: checked at connect(), so that no DNS answer can change it."""

import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import EXTRA_BLOCKED_NET_RANGES
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError
from urllib3.util import Url, parse_url

from harvesters.http.deadline import DeadlineSocket
from harvesters.http.errors import FetchError, shown
from harvesters.http.limits import Limits

Resolver = Callable[[str, int], Iterable[str]]
"""Gives the numeric addresses of a host, as `socket.getaddrinfo` would."""

_PORTS = {"http": 80, "https": 443}
_GLOBAL_IPV6 = ip_network("2000::/3")


class BlockedAddress(Exception):
    """Every address of the host lies inside networks that harvests must not reach."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to the public internet; addresses that wrap an IPv4 one are judged by that."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address not in _GLOBAL_IPV6:
            return False
    refused = address.is_private or address.is_multicast or address.is_reserved or not address.is_global
    return not refused and not any(address in net for net in EXTRA_BLOCKED_NET_RANGES)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver gives."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Guard:
    """The policy of one run. `allow` holds `host:port` entries that may be private; `ports` are those besides 80 and 443."""

    allow: frozenset[str]
    limits: Limits
    ports: frozenset[str] = frozenset()
    resolver: Resolver = resolve

    def allowed(self, host: str, port: int) -> bool:
        """Tell whether the operator named this host and port."""
        return f"{host.strip('[]')}:{port}" in self.allow

    def checked(self, address: str) -> Url:
        """Return the parsed address, or raise FetchError when its form alone forbids the request."""
        url = _parsed(address)
        host, port = str(url.host), url.port or _PORTS[str(url.scheme)]
        if port in _PORTS.values() or self.allowed(host, port) or f"{host}:{port}" in self.ports:
            return url
        why = "use 80 or 443, or name the port in the address of the source"
        raise FetchError("bad-address", f"The port of {shown(address)} is not allowed; {why}.")

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """Connect to the first address of the host that is public (or allowed) and answers."""
        found = list(dict.fromkeys(self.resolver(host.strip("[]"), port)))
        good = found if self.allowed(host, port) else [address for address in found if is_public(ip_address(address))]
        if found and not good:
            raise BlockedAddress(host)
        problem: OSError = OSError("the name has no address")
        for address in good:
            try:
                return socket.create_connection((address, port), timeout)
            except OSError as error:
                problem = error
        raise problem


class GuardedAdapter(HTTPAdapter):
    """The adapter of requests whose connections are made by a guard."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        super().__init__(pool_connections=20, pool_maxsize=10)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        """Make the pools, with the guarded connections in them."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(_pool, HTTPConnectionPool, GuardedHTTP, self.guard),
            "https": partial(_pool, HTTPSConnectionPool, GuardedHTTPS, self.guard),
        }


class _Guarded:
    """What both kinds of connection share: the checked connect, and one deadline for head and body of each answer."""

    guard: Guard
    sock: Any

    def _new_conn(self) -> Any:
        host, port, timeout = self._dns_host, self.port, self.timeout  # type: ignore[attr-defined]
        try:
            made = self.guard.connect(host, port, timeout)
        except socket.gaierror as error:
            raise NameResolutionError(host, self, error) from error  # type: ignore[arg-type]
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "The connection timed out.") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sys.audit("http.client.connect", self, host, port)
        return made

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self.sock = DeadlineSocket(self.sock, self.guard.limits.total)

    def request(self, *args: Any, **options: Any) -> None:
        if isinstance(getattr(self, "sock", None), DeadlineSocket):
            self.sock.start()
        super().request(*args, **options)  # type: ignore[misc]


class GuardedHTTP(_Guarded, HTTPConnection):
    """A guarded connection in the clear."""


class GuardedHTTPS(_Guarded, HTTPSConnection):
    """A guarded connection over TLS, with the certificate checked against the host's name."""


def _pool(pool_class: type[HTTPConnectionPool], connection: type, guard: Guard, host: str, port: int, **options: Any) -> Any:
    pool = pool_class(host, port, **options)
    pool.ConnectionCls = type(connection.__name__, (connection,), {"guard": guard})
    return pool


def _parsed(address: str) -> Url:
    if not address.isprintable() or "\\" in address:
        raise FetchError("bad-address", f"The address {shown(address)!r} holds characters that no address may hold; correct it.")
    try:
        url = parse_url(address)
    except LocationParseError:
        raise FetchError("bad-address", f"{shown(address)!r} is no web address; correct it.") from None
    if url.scheme not in _PORTS or not url.host or "%" in url.host:
        raise FetchError("bad-address", f"{shown(address)!r} is not fetched; give an address that begins with http:// or https://.")
    if url.auth is not None:
        raise FetchError("bad-address", f"The address {shown(address)} carries a user name; leave it out and set a secret.")
    return url
