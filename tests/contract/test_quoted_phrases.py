import pytest


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "„{}“", "«{}»"])
def test_a_quoted_phrase_finds_exactly_those_words_in_that_order(ask, quotes):
    assert ask.keys(quotes.format("veilig in dialoog")) == ["project:orpheus"]
    assert ask.keys(quotes.format("dialoog in veilig")) == []


def test_without_quotes_the_words_may_stand_apart(ask):
    assert "project:orpheus" in ask.keys("dialoog veilig")


def test_a_quoted_phrase_may_consist_of_small_words(ask):
    assert ask.keys('"er gewoon zijn"') == ["method:dubbele-diagnose"]


def test_a_quoted_word_is_not_expanded(ask):
    found = ask('"overlast"')
    assert found.concepts == ()
    assert "project:nice-proximite" not in [hit.id for hit in found.hits]


def test_a_quoted_phrase_goes_with_other_words(ask):
    assert ask.keys('"in dialoog" polarisatie') == ["project:orpheus"]


def test_a_phrase_may_run_over_two_lines_of_a_transcript(ask):
    assert ask.keys('"young people moderated by"', "en") == ["recording:online-safe-spaces"]


def test_the_phrase_is_marked_as_a_whole(ask):
    hit = ask.hit("project:orpheus", '"veilig in dialoog"')
    assert "<mark>veilig in dialoog</mark>" in hit.extract_html
