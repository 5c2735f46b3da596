"""Colours are told apart: AA for every text, AAA for reading at length, 3 to 1 for what has to be seen (WCAG 2.2)."""

import re

import pytest

from portal.ui import css
from portal.ui.tiers_and_evidence import Tier

TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)",
        (css.SOURCE / "tokens.css").read_text(encoding="utf-8"),
    )
}
GROUNDS = ("paper", "sheet", "sunk")
SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])


def luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "quiet", "visited"])
def test_text_that_is_read_at_length_reaches_aaa(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 7


@SCHEMES
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_links_in_running_text_reach_aaa(ground, scheme):
    assert contrast(TOKENS["teal"][scheme], TOKENS[ground][scheme]) >= 7


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["teal", "brick", *Tier.values])
def test_every_other_text_reaches_aa(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edges_of_controls_can_be_seen(ground, scheme):
    assert contrast(TOKENS["edge"][scheme], TOKENS[ground][scheme]) >= 3


@SCHEMES
def test_marked_words_can_be_read(scheme):
    assert contrast(TOKENS["ink"][scheme], TOKENS["mark"][scheme]) >= 7


@SCHEMES
def test_the_footer_reaches_aaa(scheme):
    assert contrast(TOKENS["night-ink"][scheme], TOKENS["night"][scheme]) >= 7
    assert contrast(TOKENS["night-quiet"][scheme], TOKENS["night"][scheme]) >= 7


@SCHEMES
def test_names_on_the_map_can_be_read_on_land_and_sea(scheme):
    for ground in ("land", "land-partner", "paper"):
        assert contrast(TOKENS["ink"][scheme], TOKENS[ground][scheme]) >= 7
        assert contrast(TOKENS["brick"][scheme], TOKENS[ground][scheme]) >= 3
