"""Every search index answers like plain Python does; run for each adapter of the `SearchIndex` port."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.adapters.whoosh_index import WhooshIndex, gathering
from catalog.adapters.whoosh_index.answering import page
from catalog.errors import IndexBusy, IndexUnavailable
from catalog.search.document import Document
from catalog.search.glossary import related
from catalog.search.request import PUBLIC, SearchRequest, Sort
from tests.contracts.search_agreement import ADAPTERS, FACETS, STAFF, differences
from tests.contracts.search_corpus import EN, FORMATS, KK, RU, document, documents
from tests.contracts.search_oracle import Oracle

queried = st.sampled_from([*KK, *RU, *EN, "халкы", "Статистика", "region", "жыл", "nowhere"])
requests = st.builds(
    SearchRequest,
    words=st.lists(queried, max_size=2).map(tuple),
    phrases=st.lists(st.lists(queried, min_size=1, max_size=2).map(tuple), max_size=1).map(tuple),
    excluded=st.lists(queried, max_size=1).map(tuple),
    prefix=st.lists(queried.map(lambda word: word[:4]).filter(lambda word: len(word) > 2), max_size=1).map(tuple),
    filters=st.fixed_dictionaries({}, optional={
        "agency": st.lists(st.sampled_from(["stat", "edu", "none"]), min_size=1, max_size=2, unique=True).map(tuple),
        "format": st.lists(st.sampled_from(FORMATS), min_size=1, max_size=2, unique=True).map(tuple),
    }),
    ranges=st.fixed_dictionaries({}, optional={"rows": st.tuples(st.integers(-5, 60), st.integers(20, 105))}),
    box=st.none() | st.tuples(*[st.integers(-180, 180), st.integers(-90, 0), st.integers(-180, 180), st.integers(0, 90)]),
    labels=st.sampled_from([PUBLIC, STAFF, frozenset[str]()]),
    facets=st.just(FACETS),
    sort=st.sampled_from(Sort),
    limit=st.just(100),
)  # fmt: skip


@pytest.fixture(params=sorted(ADAPTERS))
def index(request: pytest.FixtureRequest, tmp_path: Path) -> WhooshIndex:
    return ADAPTERS[request.param](tmp_path / "index")


@pytest.fixture(scope="module", params=sorted(ADAPTERS))
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshIndex, Oracle]:
    """An index of several segments with replaced and deleted documents, and the oracle for it."""
    index, corpus = ADAPTERS[request.param](tmp_path_factory.mktemp("filled")), documents()
    chance = random.Random(1)
    for start in range(0, 200, 60):
        index.apply(corpus[start : start + 60], [])
    changed = [document(number, chance) for number in range(0, 200, 9)]
    gone = [f"dataset-{number:04}" for number in range(5, 200, 11)]
    index.apply([each for each in changed if each.name not in gone], gone)
    kept = {each.name: each for each in (*corpus, *changed) if each.name not in gone}
    return index, Oracle(kept.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests)
def test_totals_and_every_facet_table_equal_those_of_plain_python(
    filled: tuple[WhooshIndex, Oracle], request: SearchRequest
) -> None:
    index, oracle = filled
    page, expected = index.search(request), oracle.names(request)
    assert page.total == len(expected)
    assert len(page.hits) == min(100, len(expected))
    assert {hit.name for hit in page.hits} <= expected
    assert {facet: dict(page.facets[facet]) for facet in FACETS} == {f: oracle.table(request, f) for f in FACETS}


def test_whoosh_its_sidecar_and_fts5_agree_on_random_requests(tmp_path: Path) -> None:
    cases = 200  # many more: python -m tests.contracts.search_agreement 20000
    assert differences(tmp_path, cases) == []
    print(f"{cases} requests, 0 differences between Whoosh, its sidecar and FTS5")


def test_what_is_sorted_in_many_parts_is_found_as_if_it_were_sorted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ADAPTERS["sidecar"](tmp_path / "whole")
    whole.rebuild(iter(documents()))
    monkeypatch.setattr(gathering, "MAX_WORDS", 300)
    parts = ADAPTERS["sidecar"](tmp_path / "parts")
    parts.rebuild(iter(documents()))
    one, two = (each._current().segments[0].terms for each in (whole, parts))
    assert one.starting("forms", "") == two.starting("forms", "") != []
    for field in ("text_kk", "text_ru", "text_en", "titles"):
        assert one.starting(field, "") == two.starting(field, "") != []
        for term in one.starting(field, ""):
            for line in ("ids", "weights", "counts", "positions"):
                given, expected = (getattr(each.postings(field, term), line).tolist() for each in (two, one))
                assert given == expected, (term, line)


@pytest.mark.parametrize("sort", Sort)
def test_pages_in_a_row_give_every_match_once(filled: tuple[WhooshIndex, Oracle], sort: Sort) -> None:
    index, oracle = filled
    request = SearchRequest(words=("су",), sort=sort)
    pages = [index.search(SearchRequest(words=("су",), sort=sort, limit=7, offset=at)) for at in range(0, 210, 7)]
    names = [hit.name for page in pages for hit in page.hits]
    assert len(names) == len(set(names)) and set(names) == oracle.names(request)
    whole = [hit.name for hit in index.search(SearchRequest(words=("су",), sort=sort, limit=100)).hits]
    assert names[: len(whole)] == whole


def test_orders_are_newest_first_and_by_title(filled: tuple[WhooshIndex, Oracle]) -> None:
    index, oracle = filled
    by_time = [oracle.documents[hit.name] for hit in index.search(SearchRequest(limit=100)).hits]
    assert [each.modified for each in by_time] == sorted((each.modified for each in by_time), reverse=True)
    titles = [oracle.documents[hit.name].title_key for hit in index.search(SearchRequest(sort=Sort.TITLE, limit=100)).hits]
    assert titles == sorted(titles)


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ({"kk": "Қазақстан халқының саны"}, ["халық", "халықтың", "халқы", "халкы"]),
        ({"kk": "Мектептер тізімі"}, ["мектеп", "мектептер", "мектебі", "мектептеріндегі"]),
        ({"kk": "Судың сапасы"}, ["су", "судың"]),
        ({"ru": "Качество воды в водных объектах"}, ["вода", "воды", "водных"]),
        ({"ru": "Численность населения"}, ["население", "населения"]),
        ({"en": "List of schools"}, ["school", "schools", "SCHOOLS"]),
        ({"ko": "교통사고의 통계"}, ["교통사고", "사고", "통계"]),
        ({"da": "Målinger fra vejrstationer på øer"}, ["malinger", "målinger"]),
    ],
)
def test_inflected_words_meet(index: WhooshIndex, title: dict[str, str], queries: list[str]) -> None:
    index.apply([Document(name="a", content_hash="1", title=title), Document(name="b", content_hash="2")], [])
    assert [index.search(SearchRequest(words=(query,))).total for query in queries] == [1] * len(queries)


def test_a_word_in_the_title_outranks_one_in_the_description(index: WhooshIndex) -> None:
    one = Document(name="body", content_hash="1", title={"en": "Lakes"}, description={"en": "Water"}, modified=9)
    two = Document(name="title", content_hash="2", title={"en": "Water"}, description={"en": "Lakes"}, modified=1)
    index.apply([one, two], [])
    assert [hit.name for hit in index.search(SearchRequest(words=("water",))).hits] == ["title", "body"]


def test_what_says_the_same_in_another_language_comes_after_the_words_themselves(index: WhooshIndex) -> None:
    index.apply([
        Document(name="a", content_hash="1", description={"kk": "мұнда су туралы айтылады және басқа көп нәрсе"}),
        Document(name="b", content_hash="1", title={"ru": "Вода, качество воды, питьевая вода"}),
        Document(name="c", content_hash="1", title={"ru": "Лес"}),
    ], [])  # fmt: skip
    page = index.search(SearchRequest(words=("судың",), related=related(("судың",))))
    assert [(hit.name, hit.related) for hit in page.hits] == [("a", False), ("b", True)]
    page = index.search(SearchRequest(words=("су", "сапасы"), related=related(("су", "сапасы"))))
    assert [hit.name for hit in page.hits] == ["b"]


def test_of_two_alike_the_fresher_comes_first_but_words_weigh_more(index: WhooshIndex) -> None:
    year = 365 * 86400
    index.apply([
        Document(name="old", content_hash="1", title={"en": "Water levels"}, modified=40 * year),
        Document(name="new", content_hash="1", title={"en": "Water quality"}, modified=56 * year),
        Document(name="newest", content_hash="1", description={"en": "In a long text there is water"}, modified=57 * year),
    ], [])  # fmt: skip
    assert [hit.name for hit in index.search(SearchRequest(words=("water",))).hits] == ["new", "old", "newest"]


def test_past_the_deadline_a_page_says_that_it_is_not_whole_and_never_shows_everything(index: WhooshIndex) -> None:
    index.apply(documents(20), [])
    found = page(index._current().view(STAFF), SearchRequest(words=("су",), labels=STAFF), deadline=0.0)
    assert (found.total, found.partial) == (0, True)


def test_what_is_applied_is_seen_at_once_and_by_other_readers(tmp_path: Path) -> None:
    writer, reader = ADAPTERS["whoosh"](tmp_path), ADAPTERS["whoosh"](tmp_path)
    assert reader.search(SearchRequest()).total == 0
    first = writer.apply([Document(name="a", content_hash="1", title={"en": "Water"})], [])
    assert reader.search(SearchRequest(words=("water",))).total == 1
    second = writer.apply([Document(name="a", content_hash="2", title={"en": "Fire"})], [])
    assert reader.search(SearchRequest(words=("water",))).total == 0
    assert reader.search(SearchRequest(words=("fire",))).generation == second > first
    assert reader.count() == 1


def test_deleting_twice_and_deleting_the_unknown_do_no_harm(index: WhooshIndex) -> None:
    index.apply(documents(3), [])
    index.apply([], ["dataset-0001", "no-such"])
    index.apply([], ["dataset-0001"])
    assert index.count() == 2


def test_many_small_commits_are_merged_without_changing_answers(index: WhooshIndex) -> None:
    corpus = documents(24)
    for each in corpus:
        index.apply([each], [])
    oracle = Oracle(corpus)
    for word in ("су", "вода", "school"):
        request = SearchRequest(words=(word,), facets=FACETS, phrases=(("су",),) if word == "су" else ())
        assert index.search(request).total == len(oracle.names(request))
    assert len(index._current().segments) <= 21


def test_hidden_documents_change_nothing_that_the_public_sees(tmp_path: Path) -> None:
    open_ones = [each for each in documents() if "public" in each.labels]
    without, with_hidden = ADAPTERS["whoosh"](tmp_path / "a"), ADAPTERS["whoosh"](tmp_path / "b")
    without.apply(open_ones, [])
    with_hidden.apply(documents(), [])
    for words in ((), ("су",), ("воды",), ("school", "water")):
        for offset in (0, 40):
            asked = SearchRequest(words=words, facets=FACETS, offset=offset, limit=50)
            one, two = without.search(asked), with_hidden.search(asked)
            assert (one.total, one.hits, list(one.facets.items())) == (two.total, two.hits, list(two.facets.items()))


def test_hidden_titles_are_never_suggested(index: WhooshIndex) -> None:
    index.apply([
        Document(name="a", content_hash="1", title={"en": "Budget plan"}),
        Document(name="b", content_hash="2", title={"en": "Bunker plan"}, labels=frozenset({"staff"})),
    ], [])  # fmt: skip
    assert index.suggest("bu", "en", PUBLIC) == ["budget"]
    assert index.suggest("plan bu", "en", STAFF) == ["plan budget", "plan bunker"]


def test_verify_names_what_differs(index: WhooshIndex) -> None:
    index.apply([Document(name=name, content_hash="1") for name in "abc"], [])
    report = index.verify({"a": "1", "b": "2", "d": "1"})
    assert (report.indexed, report.missing, report.surplus, report.stale) == (3, ("d",), ("c",), ("b",))


def test_a_rebuild_replaces_everything_and_readers_never_see_less(index: WhooshIndex) -> None:
    index.apply(documents(100), [])
    totals: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            totals.append(index.search(SearchRequest(labels=STAFF)).total)

    reader = threading.Thread(target=read)
    reader.start()
    before = index.search(SearchRequest()).generation
    for _ in range(3):
        assert index.rebuild(iter(documents(100))) > before
    index.rebuild(iter(documents(120)))
    done.set()
    reader.join()
    assert totals and set(totals) <= {100, 120}
    assert index.count() == 120


def test_a_failed_write_leaves_the_old_answers_and_no_lock(index: WhooshIndex) -> None:
    def failing() -> Iterator[Document]:
        yield Document(name="z", content_hash="1")
        raise OSError("the database went away")

    index.apply(documents(10), [])
    for write in (lambda: index.apply(failing(), []), lambda: index.rebuild(failing())):
        with pytest.raises(OSError, match="went away"):
            write()
        assert index.count() == 10
    index.apply([Document(name="z", content_hash="1")], [])
    assert index.count() == 11


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    one, two = ADAPTERS["whoosh"](tmp_path), ADAPTERS["whoosh"](tmp_path)

    def during() -> Iterator[Document]:
        with pytest.raises(IndexBusy, match="stay queued"):
            two.apply(documents(1), [])
        yield from documents(2)

    one.apply(during(), [])
    assert two.count() == 2


def test_threads_read_while_one_writes(index: WhooshIndex) -> None:
    index.apply(documents(50), [])
    errors: list[BaseException] = []
    done = threading.Event()

    def read(seed: int) -> None:
        chance = random.Random(seed)
        while not done.is_set():
            try:
                word = chance.choice((*KK, *RU, *EN))
                asked = SearchRequest(words=(word,), phrases=((word,),), prefix=(word[:3],), facets=FACETS, labels=STAFF)
                index.search(asked)
                index.suggest(word[:2], "en", PUBLIC)
                assert index.search(SearchRequest(labels=STAFF)).total == 50
            except BaseException as error:
                errors.append(error)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10):
        index.apply([document(number, random.Random(number))], [])
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []


def test_an_index_that_was_not_signed_by_us_is_not_opened_but_can_be_rebuilt(tmp_path: Path) -> None:
    ADAPTERS["whoosh"](tmp_path).apply(documents(5), [])
    stranger = WhooshIndex(tmp_path, b"another secret of thirty-two bytes...")
    with pytest.raises(IndexUnavailable, match="qoima index rebuild"):
        stranger.search(SearchRequest())
    stranger.rebuild(iter(documents(5)))
    assert stranger.count() == 5


@pytest.mark.parametrize("damage", ["toc", "trm", "current"])
def test_a_damaged_index_says_so_and_can_be_rebuilt(tmp_path: Path, damage: str) -> None:
    ADAPTERS["whoosh"](tmp_path).apply(documents(5), [])
    for path in [*tmp_path.glob(f"*/*.{damage}"), *tmp_path.glob(damage)]:
        path.write_bytes(path.read_bytes()[:7])
    index = ADAPTERS["whoosh"](tmp_path)
    with pytest.raises(IndexUnavailable, match="qoima index rebuild"):
        index.search(SearchRequest(words=("су",)))
    index.rebuild(iter(documents(5)))
    assert index.count() == 5


@pytest.mark.parametrize("damage", ["flipped", "torn", "meta"])
def test_a_damaged_sidecar_is_not_believed_and_made_anew_by_the_next_commit(tmp_path: Path, damage: str) -> None:
    ADAPTERS["sidecar"](tmp_path).apply(documents(50), [])
    for path in tmp_path.glob("*/side-*/meta.json" if damage == "meta" else "*/side-*/text_*.weights"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content[:-1] if damage == "torn" else content)
    index, oracle = ADAPTERS["sidecar"](tmp_path), Oracle(documents(50))
    asked = SearchRequest(words=("су",), facets=FACETS)
    assert index.search(asked).total == len(oracle.names(asked)) > 0
    assert [segment.mapped for segment in index._current().segments] == [False]
    expected = index.search(asked)
    index.apply([], ["dataset-0000"])
    index.apply([documents(1)[0]], [])
    found = index.search(asked)
    assert [segment.mapped for segment in index._current().segments] == [True, True]
    assert (found.total, found.facets) == (expected.total, expected.facets)


def test_only_we_may_enter_the_folder(index: WhooshIndex) -> None:
    index.apply(documents(1), [])
    assert {path.stat().st_mode & 0o777 for path in (index._folder, *index._folder.iterdir()) if path.is_dir()} == {0o700}


def test_scores_are_those_of_stock_whoosh_where_everything_is_visible(tmp_path: Path) -> None:
    from whoosh.index import FileIndex
    from whoosh.query import Term

    from catalog.adapters.whoosh_index.schema import schema
    from catalog.adapters.whoosh_index.storage import read_pointer

    index = ADAPTERS["whoosh"](tmp_path)
    index.apply([each for each in documents() if "public" in each.labels], [])
    pointer = read_pointer(tmp_path)
    assert pointer
    stock = FileIndex(index._storage(pointer.folder), schema()).searcher()
    hits = {hit.docnum: hit.score for hit in stock.search(Term("text_en", "water"), limit=None, optimize=False)}
    page = index.search(SearchRequest(words=("water",), language="ru", limit=100))
    names = list(index._current().names())
    assert page.hits
    assert {hit.name: pytest.approx(hit.score, rel=1e-5) for hit in page.hits} == {names[n]: s for n, s in hits.items()}
