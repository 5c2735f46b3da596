"""Titles and texts that come as HTML become their words: no tag of any name, and no sign that is none is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feeds.adapters.web_feed.xml_feed import parse_xml_feed
from portal.feeds.reading.text import html_to_text
from tests.captured import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "feeds"
NAMES = "sup sub code font small u section figure blockquote center marquee o:p x-card article mark abbr s tt".split()


def test_a_feed_with_tags_in_its_titles():
    body, address = (FIXTURES / "G1_sup_in_title.xml").read_bytes(), "https://example.org/"
    feed, _salvaged = parse_xml_feed(body, "text/xml", address, address)
    assert (feed.entries[0].title, feed.entries[0].text.strip()) == ("Le 1er webinaire", "Citation")


@pytest.mark.parametrize("name", NAMES)
def test_a_tag_of_any_name_goes_and_its_words_stay(name):
    assert html_to_text(f"Een <{name}>woord</{name}> hier").split() == ["Een", "woord", "hier"]
    assert html_to_text(f"Een <{name} class='x' data-a=1 hidden>woord</{name} > hier").split() == [
        "Een",
        "woord",
        "hier",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a < b", "a < b"),
        ("ik <3 buurten", "ik <3 buurten"),
        ("a<b en c>d", "a<b en c>d"),
        ("schrijf <info@example.org> nu", "schrijf <info@example.org> nu"),
        ("zie <https://mechelen.be>", "zie <https://mechelen.be>"),
        ("<b>a</b> < b en <3", "a < b en <3"),
        ("<p>ik <3 u</p>", "ik <3 u\n"),
        ("R&amp;D &lt;3", "R&D <3"),
        ("&lt;b&gt;vet&lt;/b&gt;", "vet"),
        ("1&lt;sup&gt;er&lt;/sup&gt;", "1er"),
        ("gebruik &lt;b&gt; voor vet", "gebruik <b> voor vet"),
        ("een<br>twee", "een\ntwee"),
        ("<table><tr><td>Acel</td><td>B12</td></tr><tr><td>C</td></tr></table>", "Acel B12\nC\n\n"),
        ("x <!-- geheim > --> y", "x  y"),
        ("<script>alert(1)</script>ja", "ja"),
        ("<img src=x onerror=alert(1)>ja", "ja"),
        ("x <y", "x <y"),
        ("<b>x</b> <!-- y", "x <!-- y"),
        ("<b>x</b> <y", "x <y"),
    ],
)
def test_signs_stay_and_tags_go(html, text):
    assert html_to_text(html) == text


WORDS = st.lists(
    st.sampled_from(["buurt", "a < b", "<3", "R&amp;D", "x > y", "é", "<info@x.be>"]), min_size=1, max_size=5
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), WORDS), min_size=1, max_size=5))
@settings(derandomize=True, max_examples=80, deadline=None)
def test_words_come_out_as_they_went_in(parts):
    html = " ".join(f"<{name}>{' '.join(words)}</{name}>" for name, words in parts)
    plain = " ".join(" ".join(words) for _name, words in parts).replace("&amp;", "&")
    assert html_to_text(html).split() == plain.split()
