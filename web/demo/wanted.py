"""What people of the demo miss: a board with a request in every state, one of them overdue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from catalog.access import SYSTEM, Actor
from catalog.accounts.acting import actor_of
from catalog.bootstrap import Catalog
from catalog.clock import Clock, stamp
from catalog.wanted.records import Sought
from web.demo.people import AGENCY, MEMBERS, READERS, STAFF
from web.demo.restricted import FOR_RESIDENTS

ASKED: tuple[tuple[int, int, Mapping[str, str], Mapping[str, str]], ...] = (
    (60, 4, {
        "title": "Ежемесячные цены на отопление по районам", "language": "ru", "agency": AGENCY,
        "purpose": "Сравнить, сколько платят семьи в разных районах, и найти дома, которые стоит утеплить.",
        "description": "Район, месяц, цена за квадратный метр, с 2015 года.",
    }, {"state": "promised", "in": "30", "answer": "Сверяем данные поставщиков."}),
    (12, 3, {
        "title": "Ауылдардағы ауызсу сапасы", "language": "kk", "agency": AGENCY,
        "purpose": "Тұрғындарға су туралы қарапайым карта жасау үшін, айына бір рет жаңартылады.",
    }, {"state": "promised", "in": "90"}),
    (9, 2, {
        "title": "Depth of floods in each part of the city", "language": "en", "agency": AGENCY,
        "purpose": "To warn neighbours of the river, in an application that works without a network.",
    }, {"state": "published", "dataset": FOR_RESIDENTS}),
    (6, 1, {
        "title": "Water use of every single household", "language": "en", "agency": AGENCY,
        "purpose": "To train a model that foresees the demand for water of each house a day ahead.",
    }, {"state": "refused", "ground": "personal-data", "answer": "Meters of single households tell how people live."}),
    (2, 2, {
        "title": "Bus timetables of all cities, with stops", "language": "en",
        "purpose": "To tell people without a car which hospital they reach in less than an hour.",
        "description": "Stops with coordinates, lines and times, as GTFS, whenever they change.",
    }, {}),
)  # fmt: skip
"""Days ago, votes, the request, and its answer on the same day; a promise is for so many days later."""


def ensure_wanted(catalog: Catalog) -> None:
    """Fill the board where nobody of the demo has asked yet; nothing in production."""
    with catalog.store.read() as work:
        people = [account for email in (*READERS, *MEMBERS, *STAFF) if (account := work.accounts.by_email(email))]
        actors = [actor for one in people if (actor := actor_of(work, stamp(catalog.clock), one.id))]
        if not actors or work.wanted.count(Sought(account=actors[0].id)):
            return
    for days, votes, asked, answer in ASKED:
        _ask(replace(catalog, clock=_ago(catalog.clock, days)), actors[: votes + 1], asked, answer)


def _ask(catalog: Catalog, actors: list[Actor], asked: Mapping[str, str], answer: Mapping[str, str]) -> None:
    made = catalog.wanted.ask(actors[0], asked)
    for voter in actors[1:]:
        catalog.wanted.vote(voter, made.id)
    if answer:
        due = {"due": (catalog.clock() + timedelta(days=int(answer["in"]))).date().isoformat()} if "in" in answer else {}
        given = {name: words for name, words in answer.items() if name != "in"}
        catalog.answering.answer(SYSTEM, made.id, given | due)


def _ago(clock: Clock, days: int) -> Clock:
    return lambda: clock() - timedelta(days=days)
