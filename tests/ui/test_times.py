"""Positions and lengths of recordings."""

import pytest

from portal.ui.times import clock, duration, iso_duration


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (12.9, "0:12"), (754, "12:34"), (3754, "1:02:34")])
def test_a_position_reads_like_a_clock(seconds, text):
    assert clock(seconds) == text


@pytest.mark.parametrize("seconds", [40, 59.6, 2880, 3600, 5400])
def test_a_length_is_never_empty(seconds):
    assert duration(seconds)


def test_a_length_rounds_to_minutes():
    assert duration(2880).startswith("48")
    assert duration(3590).startswith("1")
    assert iso_duration(2880) == "PT2880S"
