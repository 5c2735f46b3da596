"""A long transcript is read in stretches (portal/webinars/transcripts/paging.py)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.webinars.transcripts.paging import LINE_WEIGHT, stretch_at, stretches
from portal.webinars.transcripts.paragraphs import Line, lines_of, parts

HOUR = 3600


def spoken(seconds, each=5, words="Een zin van ongeveer zestig tekens, zoals men die uitspreekt."):
    return [Line(start, start + each - 0.2, words) for start in range(0, seconds, each)]


def test_two_hours_are_one_page():
    assert len(stretches(parts(spoken(2 * HOUR)))) == 1


def test_ten_hours_are_several_pages_of_about_the_same_length():
    found = stretches(parts(spoken(10 * HOUR)))
    lengths = [len(lines_of(stretch.parts)) for stretch in found]
    assert len(found) > 1
    assert max(lengths) - min(lengths) < max(lengths) / 10


def test_a_chapter_that_is_divided_has_its_title_in_each():
    found = stretches(parts(spoken(10 * HOUR), [(0, "Alles")]))
    assert [[part.title for part in stretch.parts] for stretch in found] == [["Alles"]] * len(found)


@pytest.mark.parametrize("second", [-5, 0, 1, 9 * HOUR, 10 * HOUR - 1, 99 * HOUR])
def test_a_second_is_in_the_stretch_in_which_it_is_said(second):
    found = stretches(parts(spoken(10 * HOUR)))
    stretch = stretch_at(found, second)
    assert stretch.start_s <= max(second, 0)
    assert second < stretch.end_s or stretch is found[-1]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 400)), max_size=60), st.integers(500, 5000))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_nothing_is_lost_and_no_page_is_too_heavy(lengths, most):
    start, lines = 0, []
    for pause, characters in lengths:
        start += pause
        lines.append(Line(start, start + 1, "x" * characters))
    text = parts(lines, [(3, "Een"), (40, "Twee")])
    found = stretches(text, most)
    assert [line for stretch in found for line in lines_of(stretch.parts)] == lines_of(text)
    for stretch in found:
        paragraphs = [paragraph for part in stretch.parts for paragraph in part.paragraphs]
        weight = sum(len(line.text) + LINE_WEIGHT for line in lines_of(stretch.parts))
        assert weight <= most or len(paragraphs) == 1
