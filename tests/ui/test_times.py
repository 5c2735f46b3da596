"""Positions and lengths of recordings."""

import pytest

from portal.ui.times import clock, duration, exact_clock, iso_duration, milliseconds_of


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (12.9, "0:12"), (754, "12:34"), (3754, "1:02:34")])
def test_a_position_reads_like_a_clock(seconds, text):
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "0:00"), (12_005, "0:12.005"), (754_500, "12:34.5"), (3_754_000, "1:02:34"), (3_600_120, "1:00:00.12")],
)
def test_an_exact_position_is_as_short_as_it_can_be_and_is_read_back(milliseconds, text):
    assert exact_clock(milliseconds) == text
    assert milliseconds_of(text) == milliseconds


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [("12:34,5", 754_500), (" 0:07 ", 7_000), ("90:00", 5_400_000), ("1:2:3.04", 3_723_040)],
)
def test_a_position_is_read_as_people_write_it(written, milliseconds):
    assert milliseconds_of(written) == milliseconds


@pytest.mark.parametrize("written", ["", "12", "12:60", "1:60:00", "-1:00", "0:01.2345", "een", "٣:٠٠", "1:00:00:00"])
def test_what_is_no_position_is_none(written):
    assert milliseconds_of(written) is None


@pytest.mark.parametrize("seconds", [40, 59.6, 2880, 3600, 5400])
def test_a_length_is_never_empty(seconds):
    assert duration(seconds)


def test_a_length_rounds_to_minutes():
    assert duration(2880).startswith("48")
    assert duration(3590).startswith("1")
    assert iso_duration(2880) == "PT2880S"
