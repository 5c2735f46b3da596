import pytest

DIRECTION = "method:regie-overlast"


def test_a_compound_is_found_by_its_first_part(ask):
    hit = ask.hit(DIRECTION, "overlast")
    assert "<mark>overlastaanpak</mark>" in hit.extract_html


def test_a_compound_is_found_by_its_last_part(ask):
    hit = ask.hit(DIRECTION, "overlast")
    assert "<mark>drugsoverlast</mark>" in hit.extract_html


def test_a_compound_is_found_by_the_plural_of_its_first_part(ask):
    assert "method:dubbele-diagnose" in ask.keys("methodieken")


def test_a_german_compound_is_found_by_its_part(ask):
    assert "method:dubbele-diagnose" in ask.keys("Sozialarbeit", "de")


def test_a_topic_inside_a_compound_that_nobody_wrote_finds_but_is_not_announced(ask):
    found = ask("overlastmelding")
    assert found.concepts == ()
    assert "method:geschakeld-optreden" in [hit.id for hit in found.hits]


@pytest.mark.parametrize("word", ["over", "last", "aan"])
def test_a_short_word_finds_no_compound(ask, word):
    assert DIRECTION not in ask.keys(word)
