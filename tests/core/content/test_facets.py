"""The filters of a list and what each choice would leave (portal/core/facets.py)."""

from hypothesis import given
from hypothesis import strategies as st

from portal.core.content.sorting import without_accents
from portal.core.facets import (
    build_facet,
    by_label,
    latest_year_first,
    most_used_first,
    most_used_then_by_label,
)

WORDS = {"be": "België", "at": "Österreich", "pt": "Portugal", "fr": "Frankrijk"}


def facet(counts, chosen=(), **more):
    return build_facet(
        "country", "Land", word_of=lambda code: (WORDS.get(code, ""), ""), counts=counts, chosen=chosen, **more
    )


def values(facet):
    return [option.value for option in facet.options]


def test_what_is_chosen_stays_to_be_taken_back_when_nothing_has_it():
    shown = facet({"be": 2}, chosen=["pt"])
    assert [(option.value, option.count, option.selected) for option in shown.options] == [
        ("be", 2, False),
        ("pt", 0, True),
    ]


def test_a_value_without_a_word_is_left_out():
    assert values(facet({"be": 2, "xx": 1}, chosen=["yy"])) == ["be"]


def test_a_scale_is_offered_whole_in_its_order():
    assert values(facet({"pt": 1}, scale=["fr", "be"])) == ["fr", "be", "pt"]


def test_countries_stand_where_a_reader_looks_for_them():
    assert values(facet(dict.fromkeys(WORDS, 1), order=by_label)) == ["be", "fr", "at", "pt"]


def test_the_most_used_comes_first_and_a_choice_moves_nothing():
    counts = {"be": 1, "at": 5, "pt": 5}
    for chosen in ([], ["be"], ["pt", "be"]):
        assert values(facet(counts, chosen=chosen, order=most_used_first)) == ["at", "pt", "be"]
    assert values(facet({"be": 1}, offered=counts, order=most_used_first)) == ["at", "pt", "be"]


def test_after_the_most_used_the_others_stand_by_their_label():
    counts = {"pt": 9, "fr": 1, "at": 2, "be": 3}
    assert values(facet(counts, order=most_used_then_by_label(1))) == ["pt", "be", "fr", "at"]


def test_years_begin_with_the_newest():
    years = build_facet(
        "year",
        "Jaar",
        word_of=lambda year: (year, ""),
        counts={"2019": 1, "2021": 1, "2020": 1},
        chosen=["2019"],
        order=latest_year_first,
    )
    assert values(years) == ["2021", "2020", "2019"]


def test_a_label_in_another_language_says_so():
    shown = build_facet("topic", "Thema", word_of=lambda key: ("nuisance", "fr"), counts={"a": 1}, chosen=())
    assert shown.options[0].lang == "fr"


@given(st.dictionaries(st.sampled_from(sorted(WORDS)), st.integers(0, 9)), st.sets(st.sampled_from(sorted(WORDS))))
def test_whatever_the_order_each_value_is_offered_once(counts, chosen):
    for order in (by_label, most_used_first, latest_year_first, most_used_then_by_label(2)):
        shown = values(facet(counts, chosen, order=order))
        assert sorted(shown) == sorted({*counts, *chosen})


@given(st.text())
def test_words_without_accents_stay_as_they_are(text):
    assert without_accents(without_accents(text)) == without_accents(text)
