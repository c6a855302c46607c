"""A clerk publishes a table step by step, a publisher approves it, and a visitor finds and downloads it."""

import hashlib
import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from catalog.quality.base import MQA
from catalog.quality.scoring import score
from tests.cast import COLLEAGUE, EDITOR, OTHER_AGENCY, PUBLISHER, READER
from tests.catalog.test_personal_gate import BAD, NUMBERS
from tests.web.pages.wizard.conftest import WRONG, As, form_of

DESCRIBE = {
    "title-kk": "Су деңгейі", "title-ru": "Уровень воды", "title-en": "Water level",
    "description-kk": "Бір жол – бір күн.", "description-ru": "Одна строка – один день.", "description-en": "One row is one day.",
    "keyword-en": "water, level", "theme": "http://publications.europa.eu/resource/authority/data-theme/ENVI",
    "contact-en": "Water office", "email": "water@example.kz", "name": "water-level",
}  # fmt: skip
LICENCE = {"licence": "http://creativecommons.org/licenses/by/4.0/", "level": "open", "seen": "everyone", "duties": "attribute"}
COVERAGE = {
    "start": "2025-01", "end": "2025-03", "country": "http://publications.europa.eu/resource/authority/country/KAZ",
    "accrual_periodicity": "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
}
ANSWERABLE = {"owner": "Water office", "steward": "A. S.", "quality_officer": "Q. O.", "legal_basis-ru": "Водный кодекс"}


def upload(client: FlaskClient, body: bytes = WRONG, name: str = "Су_деңгейі 2025.csv") -> str:
    """Begin a draft with a file and return its address."""
    hidden = form_of(client.get("/dataset/new"), "/dataset/new")
    sent = client.post("/dataset/new", data={**hidden, "upload": (io.BytesIO(body), name)})
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"].rpartition("/step/")[0]


def answer(client: FlaskClient, draft: str, step: str, answers: dict[str, str]) -> TestResponse:
    address = f"{draft}/step/{step}"
    return client.post(address, data={**form_of(client.get(address), address), **answers})


def press(client: FlaskClient, draft: str, action: str, **more: str) -> TestResponse:
    return client.post(f"{draft}/{action}", data={**form_of(client.get(f"{draft}/check"), f"{draft}/{action}"), **more})


def filled(client: FlaskClient, name: str = "water-level") -> str:
    draft = upload(client)
    for step, answers in (
        ("describe", DESCRIBE | {"name": name}), ("licence", LICENCE), ("coverage", COVERAGE), ("responsibility", ANSWERABLE),
    ):  # fmt: skip
        assert answer(client, draft, step, answers).status_code == 303
    return draft


def test_from_the_file_of_a_clerk_to_the_download_of_a_visitor(client: FlaskClient, be: As, catalog: Catalog) -> None:
    be(EDITOR)
    draft = filled(client)
    columns = client.get(f"{draft}/columns", follow_redirects=True)
    assert re.search(r'class="bad"><strong>2025-02-31</strong>', columns.text)
    assert ">cp1251" in client.get(f"{draft}/files").text
    address = re.search(r'action="([^"]+/columns/[^"]+)"', columns.text)[1]  # type: ignore[index]
    fields = {"c0-name": "станция", "c1-name": "дата", "c2-name": "уровень"}
    fields |= {"c0-kind": "string", "c1-kind": "string", "c2-kind": "number,"}
    saved = client.post(address, data={**form_of(columns, address), **fields, "do": "check"}, follow_redirects=True)
    assert "Every value fits its column." in saved.text
    assert "Nothing stands in the way: the dataset can be published." in client.get(f"{draft}/check").text
    assert press(client, draft, "submit").status_code == 303
    be(PUBLISHER)
    assert "Waits for approval" in client.get(draft).text
    published = press(client, draft, "publish")
    assert published.headers["Location"] == "/dataset/water-level"
    be(VISITOR)
    assert "/dataset/water-level" in client.get("/dataset/?q=деңгейі").text
    page = client.get("/dataset/water-level").text
    download = re.search(r'href="(/dataset/water-level/resource/[^"]+/download/[^"]+)"', page)[1]  # type: ignore[index]
    got = client.get(download)
    assert hashlib.sha256(got.data).digest() == hashlib.sha256(WRONG).digest()
    assert client.get(draft).status_code != 200


def test_what_the_file_tells_is_filled_in(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client)
    assert 'value="Су деңгейі 2025"' in client.get(f"{draft}/step/describe").text
    assert 'value="2025-01-01"' in client.get(f"{draft}/step/coverage").text


def test_wrong_answers_are_named_beside_what_was_written(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client)
    wrong = answer(client, draft, "describe", DESCRIBE | {"name": "Two Words", "title-kk": "Сақталады"})
    assert wrong.status_code == 400
    assert 'href="#name"' in wrong.text and 'value="Two Words"' in wrong.text and "Сақталады" in wrong.text
    assert "<title>Error: " in wrong.text
    kept = client.get(f"{draft}/step/describe").text
    assert "Water level" in kept and "Сақталады" in kept and "Two Words" not in kept
    corrected = {**form_of(wrong, "/step/describe"), **DESCRIBE, "name": "two-words"}
    assert client.post(f"{draft}/step/describe", data=corrected).status_code == 303
    hidden = form_of(client.get(f"{draft}/step/coverage"), "/step/coverage")
    kk = client.post(f"/kk{draft}/step/coverage", data={**hidden, "west": "x", "place-kk": "Алматы"})
    assert kk.status_code == 400 and "<title>Қате: " in kk.text and "Алматы" in client.get(f"{draft}/step/coverage").text


def test_a_share_that_is_no_number_leaves_the_rest_of_its_step_saved(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    wrong = answer(client, draft, "machine-learning", {"target": "b", "train": "half"})
    assert wrong.status_code == 400 and 'value="half"' in wrong.text and 'href="#train"' in wrong.text
    kept = client.get(f"{draft}/step/machine-learning").text
    assert 'value="b"' in kept and "half" not in kept


def test_one_wrong_column_leaves_the_others_saved(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    columns = client.get(f"{draft}/columns", follow_redirects=True)
    address = re.search(r'action="([^"]+/columns/[^"]+)"', columns.text)[1]  # type: ignore[index]
    fields = {"c0-name": "a", "c0-kind": "integer", "c0-unit": "litres", "c1-name": "b", "c1-kind": "string"}
    long = "x" * 100_001
    wrong = client.post(address, data={**form_of(columns, address), **fields, "c1-title-en": long})
    assert wrong.status_code == 400 and long in wrong.text
    kept = client.get(address).text
    assert 'value="litres"' in kept and long not in kept


def test_two_editors_see_both_versions_and_nothing_is_lost(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client)
    mine = form_of(client.get(f"{draft}/step/describe"), "/step/describe")
    be(COLLEAGUE)
    assert answer(client, draft, "describe", DESCRIBE).status_code == 303
    be(EDITOR)
    both = client.post(f"{draft}/step/describe", data={**mine, **DESCRIBE, "title-en": "Level of the rivers"})
    assert both.status_code == 409
    assert "Water level" in both.text and "Level of the rivers" in both.text and "bolat changed this meanwhile" in both.text
    mine = {**form_of(both, "/step/describe"), **DESCRIBE, "title-en": "Level of the rivers"}
    again = client.post(f"{draft}/step/describe", data=mine)
    assert again.status_code == 303


def test_a_form_sent_twice_is_saved_once(client: FlaskClient, be: As, catalog: Catalog) -> None:
    be(EDITOR)
    draft = upload(client)
    hidden = form_of(client.get(f"{draft}/step/describe"), "/step/describe")
    sent = [client.post(f"{draft}/step/describe", data={**hidden, **DESCRIBE}).status_code for _ in range(2)]
    assert sent == [303, 303]
    hidden = form_of(client.get("/dataset/new"), "/dataset/new")
    for _ in range(2):
        client.post("/dataset/new", data={**hidden, "upload": (io.BytesIO(WRONG), "a.csv")})
    assert len(catalog.drafts.page(EDITOR, ["water-agency"])) == 2


def test_files_are_replaced_ordered_and_removed(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "first.csv")

    def do(what: str, **more: object) -> str:
        hidden = form_of(client.get(f"{draft}/files"), "/files")
        sent = client.post(f"{draft}/files", data={**hidden, "do": what, **more})
        assert sent.status_code == 303, sent.text
        return client.get(f"{draft}/files").text

    shown = do("add", upload=(io.BytesIO(b"c\n1\n"), "second.csv"))
    first, second = re.findall(r'value="remove:([^"]+)"', shown)
    assert re.findall(r'value="remove:([^"]+)"', do(f"up:{second}")) == [second, first]
    assert "third.csv" in do(f"replace:{first}", upload=(io.BytesIO(b"d\n1\n"), "third.csv"))
    assert re.findall(r'value="remove:([^"]+)"', do(f"remove:{second}")) == [first]
    assert "https://water.example/a.csv" in do("link", url="https://water.example/a.csv")


@pytest.mark.parametrize("name, body, said", [
    ("program.exe", b"MZ", "Files named .exe are not taken here"), ("table.csv", b"%PDF-1.7", "a file of the kind PDF is inside"),
    ("table.xlsx", b"<!doctype html><html>", "a web page is inside"), ("empty.csv", b"", "This file is empty"),
    ("a\x07b.csv", b"a\n1\n", "control characters"),
])  # fmt: skip
def test_files_that_are_of_no_use_are_refused_at_once_with_the_reason(
    client: FlaskClient, be: As, name: str, body: bytes, said: str
) -> None:
    be(EDITOR)
    hidden = form_of(client.get("/dataset/new"), "/dataset/new")
    sent = client.post("/dataset/new", data={**hidden, "upload": (io.BytesIO(body), name)})
    assert sent.status_code == 400 and said in sent.text and 'href="#upload"' in sent.text


def test_a_publisher_sends_back_with_a_reason(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = filled(client)
    press(client, draft, "submit")
    be(PUBLISHER)
    assert press(client, draft, "send-back").status_code == 400
    assert press(client, draft, "send-back", comment="Name the river.").status_code == 303
    be(EDITOR)
    assert "Name the river." in client.get(f"{draft}/check").text


def test_warnings_need_a_reason(client: FlaskClient, be: As) -> None:
    be(PUBLISHER)
    draft = filled(client)
    assert "Say why this is published although there are warnings." in press(client, draft, "publish").text
    assert press(client, draft, "publish", because="It is known.").status_code == 303


def test_an_editor_does_not_publish_and_a_member_does_not_write(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = filled(client)
    assert client.post(f"{draft}/publish", data={"revision": "7", "because": "x"}).status_code == 403
    be(READER)
    assert client.get(f"{draft}/step/describe").status_code == 200
    assert client.post(f"{draft}/step/describe", data={"revision": "7", **DESCRIBE}).status_code == 403
    assert client.get("/dataset/new").status_code == 403


def test_strangers_find_nothing(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = filled(client)
    pages = [draft, *(f"{draft}/{page}" for page in ("files", "step/describe", "columns", "check"))]
    be(OTHER_AGENCY)
    assert {client.get(page).status_code for page in pages} == {404}
    changes = ("files", "discard", "publish", "submit")
    assert {client.post(f"{draft}/{do}", data={"revision": "1"}).status_code for do in changes} == {404}
    be(VISITOR)
    assert 200 not in {client.get(page).status_code for page in [*pages, "/dataset/new"]}


def test_pages_of_drafts_are_kept_by_nobody(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    answer = client.get(upload(client))
    assert answer.headers["Cache-Control"] == "private, no-store" and "noindex" in answer.text


def remarks(text: str) -> list[str]:
    """Return the lines of the check page as words, with the addresses of their links."""
    lines = re.search(r'<ol class="fixes">(.*?)</ol>\s*</section>', text, re.S)[1]  # type: ignore[index]
    return [re.sub(r"\s+", " ", re.sub(r"<(?!a )[^>]+>", " ", line)) for line in lines.split("<li><p>")[1:]]


def test_the_last_step_lists_what_is_wrong_with_points_and_a_way_to_change_it(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client)
    assert answer(client, draft, "describe", {"title-en": "Test", "name": "water-level"}).status_code == 303
    lines = remarks(client.get(f"{draft}/check").text)
    found = {line: (re.search(r'href="([^"]+)"', line) or ["", ""])[1] for line in lines}
    assert all(href for line, href in found.items() if "stops publication" in line)
    table = next(line for line in lines if "rows with errors" in line)
    assert "row 49 (дата)" in table and "#errors" in found[table] and re.search(r"\+[\d.]+ points", table)
    theme = next(line for line in lines if "themes" in line)
    assert "+30 points" in theme and found[theme].endswith("/step/describe#theme-0")
    assert any("looks like that of a test" in line and line.count("#title-en") for line in lines)
    shown = client.get(f"{draft}/step/describe").text
    assert 'id="theme-0"' in shown and 'id="title-en"' in shown
    assert "ұпай" in client.get(f"/kk{draft}/check").text and "балл" in client.get(f"/ru{draft}/check").text


def test_answers_bring_the_points_that_were_promised(client: FlaskClient, be: As, catalog: Catalog) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    before = catalog.previews.of(EDITOR, draft.rpartition("/")[2])
    assert answer(client, draft, "describe", DESCRIBE).status_code == 303
    after = catalog.previews.of(EDITOR, draft.rpartition("/")[2])
    assert score(MQA, after).points - score(MQA, before).points == sum(
        one.points for one, now in zip(before, after, strict=True) if one.status != now.status
    )


def test_personal_data_are_told_by_column_and_count_and_never_by_value(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, BAD, "people.csv")
    for language, words in (("", "secretcolumn: individual identification numbers (IIN), 30 cells"), ("/ru", "secretcolumn")):
        text = client.get(f"{language}{draft}/check").text
        (line,) = [line for line in remarks(text) if "secretcolumn" in line]
        assert words in line and "/files#file-1" in line
        assert not any(number in text for number in NUMBERS)
