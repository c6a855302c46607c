"""A snippet shows the matching part of a text in a language that the reader has, at most 200 characters long."""

from catalog.search.request import SearchRequest
from catalog.search.snippets import marked, snippet


def test_inflected_words_are_marked_where_they_stand() -> None:
    request = SearchRequest(words=("вода",), language="ru")
    found = snippet({"ru": "слово " * 60 + "качество воды в реках " + "слово " * 60}, request)
    assert ("воды", True) in found.parts
    assert len("".join(text for text, _ in found.parts)) <= 200


def test_another_language_is_shown_where_only_it_matches() -> None:
    request = SearchRequest(words=("мектеп",), language="en")
    found = snippet({"en": "List of schools", "kk": "Мектептер тізімі"}, request)
    assert (found.language, found.parts[0]) == ("kk", ("Мектептер", True))


def test_tags_and_links_are_left_out_and_nothing_is_lost_of_a_title() -> None:
    found = snippet({"en": "<p>See <b>the</b> [site](http://x.example/a)</p>"}, SearchRequest())
    assert found.parts == (("See the site", False),)
    parts = marked("Water, air & soil", "en", SearchRequest(words=("airs",), prefix=("soi",)))
    assert parts == [("Water, ", False), ("air", True), (" & ", False), ("soil", True)]


def test_an_empty_text_gives_no_parts() -> None:
    assert snippet({}, SearchRequest(words=("x",))).parts == ()
