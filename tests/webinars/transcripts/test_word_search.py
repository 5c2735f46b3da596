"""Finding in one transcript (portal/webinars/transcripts/word_search.py)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.webinars.transcripts.paragraphs import Line, lines_of, parts
from portal.webinars.transcripts.word_search import find_words

TEXT = parts(
    [
        Line(0, 2, "Een veilige"),
        Line(2, 4, "ruimte is een plek, zegt men."),
        Line(10, 12, "L'élève, et la ruïne de l'école."),
        Line(20, 22, "De ruimte is <b>niet</b> altijd veilig."),
    ]
)


def marks(question):
    return [line.html for line in lines_of(find_words(TEXT, question).text) if line.html]


def test_words_side_by_side_are_marked_also_across_two_cues():
    assert marks("veilige ruimte") == ["Een <mark>veilige</mark>", "<mark>ruimte</mark> is een plek, zegt men."]


def test_each_cue_with_a_mark_is_a_moment():
    found = find_words(TEXT, "ruimte")
    assert [(moment.second, moment.html) for moment in found.matches] == [
        (2, "<mark>ruimte</mark> is een plek, zegt men."),
        (20, "De <mark>ruimte</mark> is &lt;b&gt;niet&lt;/b&gt; altijd veilig."),
    ]


def test_words_that_are_nowhere_side_by_side_are_found_in_one_paragraph():
    found = find_words(TEXT, "altijd ruimte")
    assert not found.is_exact
    assert [moment.second for moment in found.matches] == [20]


@pytest.mark.parametrize("question", ["ELEVE", "élève", "eleve", "l'élève"])
def test_accents_and_capitals_make_no_difference(question):
    assert len(marks(question)) == 1


def test_the_beginning_of_a_word_is_enough():
    assert (
        marks("rui")
        == marks("ruimte")[:1] + ["L&#x27;élève, et la <mark>ruïne</mark> de l&#x27;école."] + marks("ruimte")[1:]
    )


@pytest.mark.parametrize("question", ["", "  ", "?!", "nergens gezegd", "x" * 5000])
def test_what_is_not_said_leaves_the_text_as_it_is(question):
    found = find_words(TEXT, question)
    assert (found.text, found.matches) == (TEXT, ())


def test_what_is_said_and_what_is_asked_are_text_never_markup():
    (html,) = [html for html in marks("niet") if "niet" in html]
    assert html == "De ruimte is &lt;b&gt;<mark>niet</mark>&lt;/b&gt; altijd veilig."
    assert marks("<mark>") == []


# The best of several


def best_of(question, *lines, chapters=()):
    text = parts([Line(20 * n, 20 * n + 2, words) for n, words in enumerate(lines)], chapters)
    return [match.second for match in find_words(text, question).matches if match.is_best]


def test_the_best_match_is_where_it_is_said_most():
    assert best_of("plek", "Een plek.", "Die plek is een plek zoals een plek is.", "Geen plek.") == [20]


def test_a_whole_word_is_better_than_the_beginning_of_one():
    assert best_of("plek", "Plekken zijn er.", "Een plek is er.") == [20]


def test_words_are_best_where_they_are_closest_together():
    assert best_of("plek veilig", "Een plek in de stad die na jaren veilig is.", "Veilig, die plek.") == [20]


def test_a_chapter_with_the_words_in_its_title_has_the_best_match():
    assert best_of("veilig", "Is het veilig?", "Veilig is dit.", chapters=[(15, "Wat is veilig?")]) == [20]


def test_of_equally_good_matches_the_first_is_the_best():
    assert best_of("plek", "Een plek.", "Een plek.") == [0]


def test_a_single_match_is_not_called_the_best():
    assert best_of("plek", "Een plek.", "Iets anders.") == []


@given(st.lists(st.sampled_from(["plek veilig", "veilig is de plek", "plek", "veilig", "niets"]), max_size=8))
@settings(deadline=None, derandomize=True, max_examples=60)
@pytest.mark.parametrize("question", ["plek", "plek veilig", "ve pl"])
def test_of_several_matches_exactly_one_is_the_best(question, lines):
    text = parts([Line(20 * n, 20 * n + 2, words) for n, words in enumerate(lines)])
    matches = find_words(text, question).matches
    assert sum(match.is_best for match in matches) == (len(matches) > 1)
