import pytest


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Dubbele diagnose"), ("fr", "Double diagnostic"), ("en", "Dual diagnosis"), ("de", "Doppeldiagnose")],
)
def test_title_and_address_are_in_the_language_of_the_visitor(ask, language, title):
    hit = ask.hit("method:dubbele-diagnose", "", language)
    assert (hit.language, hit.title_html) == (language, title)
    assert hit.url.startswith(f"/{language}/")
    assert hit.languages == ("nl", "fr", "en", "de")


def test_a_thing_that_is_not_translated_is_shown_in_the_language_it_has(ask):
    hit = ask.hit("project:nice-proximite", "", "de")
    assert (hit.language, hit.languages, hit.url) == ("fr", ("fr",), "/fr/projets/nice-proximite/")


def test_a_hit_brings_what_its_card_needs(ask):
    hit = ask.hit("recording:online-safe-spaces", "webinar")
    assert (hit.kind, hit.key, hit.duration_s, hit.date.isoformat()) == (
        "recording",
        "online-safe-spaces",
        2880,
        "2021-09-28",
    )
    assert hit.filters["series"] == ("orpheus",)


def test_findable_words_count_in_every_language(ask):
    assert [ask.keys("URBACT", language) for language in ("nl", "de")] == [["project:urbsecurity"]] * 2
