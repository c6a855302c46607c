"""The guarded client: every request is checked, paced, bounded and tried again politely; failures are whole sentences."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import requests
import stamina
from requests_hardened import Config, HTTPSession

from harvesters.http.body import pieces, read_json, read_text
from harvesters.http.errors import HIDDEN, FetchError, shown
from harvesters.http.failures import explained
from harvesters.http.filenames import filename
from harvesters.http.guard import Guard, GuardedAdapter, Resolver, resolve
from harvesters.http.limits import Limits
from harvesters.http.pace import Pace, again, retry_after

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_HEADERS = frozenset({"accept", "accept-encoding", "accept-language", "if-none-match", "if-modified-since"})
_ANSWERED = 4096

Result = TypeVar("Result")
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A finished download; `not_modified` tells that the server confirmed the copy we have, and nothing was written."""

    sha256: str = ""
    byte_size: int = 0
    media_type: str = ""
    filename: str = ""
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at an address found: the status where its redirects end, and what the head says."""

    status: int
    media_type: str = ""
    length: int | None = None
    last_modified: str = ""


class HttpClient:
    """One client for one run; threads may share it. `allow` and `ports` hold `host:port`; `secrets` are never shown."""

    def __init__(self, *, allow: Iterable[str] = (), ports: Iterable[str] = (), limits: Limits = Limits(),  # noqa: B008 - frozen
                 user_agent: str = "Qoima", secrets: Iterable[str] = (), resolver: Resolver = resolve,
                 clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
        bare = frozenset(entry.replace("[", "").replace("]", "") for entry in allow)
        self.limits, self._guard = limits, Guard(bare, limits, frozenset(ports), resolver)
        self._pace = Pace(limits.rate, clock, sleep)
        self._secrets = tuple(sorted(filter(None, secrets), key=len, reverse=True))
        self._session = _session(self._guard, user_agent)

    def get_json(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Headers | None = None) -> Any:
        """Return the JSON value at `url`."""
        body, _ = self._get(url, params, {"Accept": "application/json, */*;q=0.1", **(headers or {})}, self._whole)
        return read_json(body, url, self.limits.depth)

    def get_text(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Headers | None = None,
                 accept_status: tuple[int, ...] = ()) -> str:  # fmt: skip
        """Return the text at `url`; an answer with one of `accept_status` is as good as 200."""
        body, charset = self._get(url, params, headers or {}, self._whole, accept_status)
        return read_text(body, charset)

    def download(self, url: str, path: Path, max_bytes: int, *, etag: str = "", last_modified: str = "",
                 headers: Headers | None = None) -> Downloaded:  # fmt: skip
        """Write the bytes at `url` to `path` and return what they are; give `etag` or `last_modified` of the copy at hand."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {"Accept-Encoding": "identity", **(headers or {}), **{key: value for key, value in conditions.items() if value}}
        return self._get(url, None, sent, partial(_write, path, max_bytes, self.limits), (304,) if etag or last_modified else ())

    def look(self, url: str, method: str = "HEAD") -> Looked:
        """Ask once whether `url` answers, whatever the status; no body is read. Raises FetchError where nothing answers."""
        with self._told(url):
            response, _ = self._followed(url, None, {"Accept": "*/*", "Accept-Encoding": "identity"}, method)
            response.close()
        headers, length = response.headers, response.headers.get("Content-Length", "")
        return Looked(
            status=response.status_code, media_type=headers.get("Content-Type", "").split(";")[0].strip().lower()[:100],
            length=int(length[:18]) if length.isascii() and length.isdigit() else None,
            last_modified=headers.get("Last-Modified", "")[:100],
        )  # fmt: skip

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __enter__(self) -> "HttpClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _get(self, url: str, params: Mapping[str, Any] | None, headers: Headers,
             consume: Callable[[requests.Response, str], Result], accept_status: tuple[int, ...] = ()) -> Result:  # fmt: skip
        limits = self.limits
        attempts = stamina.retry_context(
            on=lambda error: again(error, limits), attempts=limits.retries + 1, timeout=None,
            wait_initial=limits.backoff, wait_max=limits.backoff_max, wait_jitter=limits.backoff,
        )  # fmt: skip
        for attempt in attempts:
            with attempt, self._told(url), self._answer(url, params, headers, accept_status) as (response, last):
                return consume(response, last)
        raise AssertionError("stamina ends by a result or an error")

    @contextmanager
    def _told(self, url: str) -> Iterator[None]:
        """Turn what goes wrong into a FetchError without secrets, before anything logs that it is tried again."""
        try:
            with explained(url):
                yield
        except FetchError as error:
            message, body = self._clean(error.message), self._clean(error.body)
            raise FetchError(error.code, message, status=error.status, body=body, wait=error.wait) from None

    @contextmanager
    def _answer(self, url: str, params: Mapping[str, Any] | None, headers: Headers, accept_status: tuple[int, ...]) -> Any:
        response, last = self._followed(url, params, headers)
        try:
            if not response.ok and response.status_code not in accept_status:
                raise _refusal(response, last, self.limits)
            if response.status_code == 304 and 304 not in accept_status:
                raise _refusal(response, last, self.limits)
            yield response, last
        finally:
            response.close()

    def _followed(
        self, url: str, params: Mapping[str, Any] | None, headers: Headers, method: str = "GET"
    ) -> tuple[requests.Response, str]:
        """Send the request and follow its redirects, each address checked like the first, keys kept from other hosts."""
        target, sent = url, dict(headers)
        for _ in range(self.limits.redirects + 1):
            response, target = self._send(target, params, sent, method)
            location = response.headers.get("Location")
            if response.status_code not in _REDIRECTS or not location:
                return response, target
            response.close()
            before, target, params = target, urljoin(target, location), None
            if not self._same_origin(before, target):
                sent = {name: value for name, value in sent.items() if name.lower() in _KEPT_HEADERS}
        raise FetchError("too-many-redirects", f"{shown(url)} redirects more than {self.limits.redirects} times; "
                                               "give the address where it ends.")

    def _send(
        self, url: str, params: Mapping[str, Any] | None, headers: Headers, method: str = "GET"
    ) -> tuple[requests.Response, str]:
        self._guard.checked(url)
        prepared = self._session.prepare_request(requests.Request(method, url, params=params, headers=dict(headers)))
        final = self._guard.checked(str(prepared.url))
        host, port = str(final.host), final.port or (443 if final.scheme == "https" else 80)
        if not self._guard.allowed(host, port):
            self._pace.wait(host)
        timeout = (self.limits.connect, self.limits.idle)
        return self._session.send(prepared, stream=True, timeout=timeout, verify=True), str(prepared.url)

    def _same_origin(self, before: str, after: str) -> bool:
        """Compare two addresses of a redirect; raises FetchError where it must not be followed."""
        try:
            old, new = self._guard.checked(before), self._guard.checked(after)
        except FetchError as error:
            message = f"{shown(before)} redirects to an address that is refused: {error.message}"
            raise FetchError("redirect-refused", message) from None
        if old.scheme == "https" and new.scheme == "http":
            message = f"{shown(before)} redirects from https to http, to {new.host}; that is not followed."
            raise FetchError("redirect-refused", message)
        return (old.scheme, old.host, old.port) == (new.scheme, new.host, new.port)

    def _whole(self, response: requests.Response, url: str) -> tuple[bytes, str | None]:
        content_type = response.headers.get("Content-Type", "")
        charset = requests.utils.get_encoding_from_headers(response.headers) if "charset=" in content_type.lower() else None
        return b"".join(pieces(response, url, self.limits, self.limits.max_body)), charset

    def _clean(self, words: str) -> str:
        for secret in self._secrets:
            words = words.replace(secret, HIDDEN)
        return words


class _Session(HTTPSession):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return nothing: requests would read the whole body of a redirect, whatever its size."""
        return None


def _session(guard: Guard, user_agent: str) -> requests.Session:
    session = _Session(Config(
        ip_filter_enable=False,  # its filter looks at the first address only, once per request; ours sits in connect()
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(guard.limits.connect, guard.limits.idle),
        user_agent_override=user_agent,
    ))  # fmt: skip
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["Accept-Encoding"] = "gzip, deflate, br"
    for scheme in ("http://", "https://"):
        session.mount(scheme, GuardedAdapter(guard))
    return session


_HINTS = {
    401: "set the secret of the source",
    403: "the portal wants a key or refuses harvesters; ask its owners",
    404: "there is nothing at this address; check it",
    410: "it was removed for good",
    429: "the portal asks for fewer requests; lower the option `rate` of the source",
}


def _refusal(response: requests.Response, url: str, limits: Limits) -> FetchError:
    status = response.status_code
    hint = _HINTS.get(status, "the portal has a fault of its own; try again later" if status >= 500 else "check the address")
    wait = retry_after(response.headers.get("Retry-After"))
    body = b""
    try:
        for piece in pieces(response, url, limits, limits.max_body):
            body += piece[:_ANSWERED]
            if len(body) >= _ANSWERED:
                break
    except Exception:  # the refusal itself is what counts, its text is a courtesy
        pass
    return FetchError("status", f"{shown(url)} answered {status}; {hint}.", status=status, body=read_text(body, None), wait=wait)


def _write(path: Path, max_bytes: int, limits: Limits, response: requests.Response, url: str) -> Downloaded:
    headers = response.headers
    etag, last_modified = headers.get("ETag", "")[:500], headers.get("Last-Modified", "")[:100]
    if response.status_code == 304:
        return Downloaded(not_modified=True, etag=etag, last_modified=last_modified)
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces(response, url, limits, max_bytes):
            digest.update(piece)
            size += file.write(piece)
    return Downloaded(
        sha256=digest.hexdigest(), byte_size=size, media_type=headers.get("Content-Type", "").split(";")[0].strip().lower()[:100],
        filename=filename(headers.get("Content-Disposition", ""), url), etag=etag, last_modified=last_modified,
    )  # fmt: skip
