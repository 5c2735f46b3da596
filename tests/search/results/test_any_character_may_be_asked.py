"""Whatever characters an address or a title holds, the pages, feeds and tables that search gives are whole."""

import csv
import io
from urllib.parse import quote

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.content.characters import printable
from portal.core.models import SiteWords
from tests.factories import make_method

pytestmark = pytest.mark.django_db

ODD = [*map(chr, range(0x20)), "\x7f", "\x85", "\x9f", "\u2028", "\ufdd0", "\ufffe", "\uffff", "\U0001f600"]
ADDRESSES = {"nl": "/nl/zoeken/", "fr": "/fr/recherche/", "en": "/en/search/", "de": "/de/suche/"}


@pytest.fixture
def visitor(index, committed):
    with committed():
        make_method(key="eerste", title="Eerste\x07overlast", lead="Met een\x0bbel.")
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize("language", ADDRESSES)
def test_a_question_with_a_control_character_is_answered_everywhere(visitor, language):
    for odd in ODD:
        for tail in ("", "results.atom", "results.csv"):
            address = f"{ADDRESSES[language]}{tail}?q=overlast{quote(odd)}"
            answer = visitor.get(address)
            assert answer.status_code == 200, address
            if tail == "results.atom":
                fromstring(answer.content)
            if tail == "results.csv":
                list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_question_gives_a_feed_that_can_be_read(visitor, question):
    answer = visitor.get("/nl/zoeken/results.atom", {"q": question})
    assert answer.status_code == 200
    fromstring(answer.content)


def test_a_title_with_a_control_character_is_read_in_the_feed(visitor):
    feed = fromstring(visitor.get("/nl/zoeken/results.atom?q=overlast").content)
    assert "Eerste overlast" in [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]


def test_the_name_of_the_portal_may_hold_one_too(site, client):
    words = SiteWords.objects.get()
    words.name = "Scha\x07kel"
    words.save()
    fromstring(client.get("/nl/zoeken/opensearch.xml").content)


@given(st.text())
def test_what_is_printable_is_left_as_it_is(text):
    assert printable(printable(text)) == printable(text)
    assert len(printable(text)) == len(text)
