"""Asks every route of the registry in every format, for every dataset, and remembers the answers."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyarrow.parquet as parquet
import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.access import Actor
from tests.leaks.worlds import FILE, HIDDEN, PICTURES, SHOWN, WANTED, canary
from web import identity
from web.api.ckan import offered
from web.negotiation import forms
from web.surfaces import SAFE, Surface, routes

DATASETS = (*SHOWN, *HIDDEN, "absent")
SUFFIXES = frozenset(form.suffix for form in forms())
CLOCKS = {"X-Request-ID", "Date"}
"""Headers that differ from answer to answer."""


def values(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return what stands in each place of an address, for one dataset; a place that is not named here gets `x`."""
    endings = {form.suffix.rpartition(".")[2] for form in forms()} | {"csv", "json", "parquet", "ttl", "jsonld", "rdf"}
    return {
        "name": (name,), "distribution": (FILE, PICTURES), "extension": tuple(sorted(endings)),
        "profile": tuple(sorted({form.profile.name for form in forms()})),
        "number": ("1", "2"), "before": ("1",), "after": ("2",),
        "filename": (f"{canary(name, 'bytes')}.csv",), "made": ("table.parquet", "profile.json", "contents.json"),
        "wanted": (WANTED,), "part": ("0", "1"), "agency": ("water", "secret-service"),
    }  # fmt: skip


SEARCHES = [
    {"q": "rivers"},
    {"q": "rivers", "sort": "modified"},
    {"q": "riv*"},
    {},
    {"q": "rivers", "limit": "1"},
    {"limit": "1"},
]
PLACES = {
    "viewer": lambda name: {"dataset": name, "config": FILE, "split": "train", "query": "row", "where": '"area">1'},
    "datastore_search": lambda name: {"resource_id": f"{name}/{FILE}"},
    "datastore_info": lambda name: {"resource_id": f"{name}/{FILE}"},
}
"""Queries of routes whose dataset does not stand in the address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: what it says, without what differs from answer to answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def addresses(app: Flask, only: Iterable[str] = (), ids: tuple[str, ...] = ("x",)) -> list[str]:
    """Return every address to ask, in order; `only` keeps routes whose name holds one of these words."""
    chosen = [one for one in routes(app) if set(one.methods) & SAFE and (not only or any(word in one.name for word in only))]
    return list(dict.fromkeys(itertools.chain.from_iterable(_of(one, ids) for one in chosen)))


def _of(one: Surface, ids: tuple[str, ...]) -> Iterator[str]:
    area = one.name.partition(".")[0]
    for name in DATASETS:
        given = {**values(name), "id": ids}
        if area == "ckan" and "name" in one.parameters:
            given = {**given, "name": tuple(offered())}
        if area in ("agencies", "api_agencies", "feeds"):
            given = {**given, "name": given["agency"]}
        for chosen in itertools.product(*(given.get(place, ("x",)) for place in one.parameters)):
            places = dict(zip(one.parameters, chosen, strict=True))
            if "profile" in places and "/{profile}.{extension}".format(**places) not in SUFFIXES:
                continue
            path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: quote(places[found[1]], safe=""), one.address)  # noqa: B023
            yield from (path + query for query in _queries(area, places, name))


def _queries(area: str, places: Mapping[str, str], name: str) -> Iterator[str]:
    word = {"q": canary(name, "meta")}
    if place := PLACES.get(places.get("name", "") if area == "ckan" else area):
        yield _query(place(name))
    elif area in ("search", "api_datasets", "feeds") and not places:
        yield from map(_query, [*SEARCHES, word])
    elif area in ("wanted", "api_wanted") and not places:
        yield from map(_query, [{}, {"agency": "water"}, {"agency": "secret-service"}, {"title": "rivers"}, {"title": word["q"]}])
    else:
        yield ""


def _query(given: Mapping[str, str]) -> str:
    return "?" + "&".join(f"{name}={quote(value)}" for name, value in given.items()) if given else ""


def crawl(app: Flask, asked: Iterable[str], client: FlaskClient | None = None) -> dict[str, Answer]:
    """Ask all addresses as a visitor or with `client`, follow `next` of listings, and return the answers by address."""
    client, found, waiting = client or app.test_client(), {}, list(asked)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address)
        found[address] = _answer(answer)
        following = answer.json.get("next") if answer.is_json and isinstance(answer.json, dict) else None
        if isinstance(following, str) and following:
            waiting.append(re.sub(r"[?&]cursor=[^&]*", "", address) + ("&" if "?" in address else "?") + f"cursor={following}")
    return found


def _answer(answer: Any) -> Answer:
    request = answer.headers.get("X-Request-ID", "-").encode()
    kept = [(name, value) for name, value in sorted(answer.headers) if name not in CLOCKS]
    return Answer(answer.status_code, tuple(kept), answer.data.replace(request, b"request"))


def unpacked(body: bytes) -> bytes:
    """Return a body with what is packed in it: members of archives, cells of Parquet."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"\n".join(name.encode() + unpacked(archive.read(name)) for name in archive.namelist())
    return str(parquet.read_table(io.BytesIO(body)).to_pydict()).encode() if body.startswith(b"PAR1") else body


def leaks(found: Mapping[str, Answer], allowed: Iterable[tuple[str, str]]) -> list[str]:
    """Return where a word of a dataset came out that is not among the `allowed` (dataset, meta, bytes or request).

    A word in the address itself is no leak: errors and searches may repeat what was asked.
    """
    open_to = set(allowed)
    words = {canary(*owner): owner for owner in itertools.product((*SHOWN, *HIDDEN), ("meta", "bytes", "request"))}
    told = []
    for address, answer in found.items():
        whole = unpacked(answer.body) + repr(answer.headers).encode()
        for word in set(re.findall(rb"cnry[a-z]{16}", whole)):
            owner = words.get(word.decode())
            if owner and owner not in open_to and word.decode() not in address:
                told.append(f"{address} tells the {owner[1]} of {owner[0]}")
    return told


def differences(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> list[str]:
    """Return the addresses whose answers differ."""
    return sorted(address for address in {*one, *other} if one.get(address) != other.get(address))


def act_as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    """Let every view see this actor."""
    monkeypatch.setattr(identity, "_identified", lambda: actor)
