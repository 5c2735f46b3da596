"""A search can be followed: an Atom feed of what answers it, what was published last first."""

from datetime import datetime

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from portal.methods.models import MethodPage, MethodTier
from tests.factories import make_method

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def content(index, committed, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://kennis.example.org"
    with committed():
        make_method(key="eerste", title="Eerste <i>overlast</i> & zo", lead="Iets < niets.")
        make_method(key="tweede", title="Tweede overlast", tiers=[MethodTier(tier="curative")])
        make_method(key="ander", title="Iets anders")


@pytest.fixture
def feed(content):
    def read(query, language="nl", address="/nl/zoeken/results.atom"):
        response = Client(HTTP_HOST="localhost").get(f"{address}?{query}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response.headers["X-Robots-Tag"] == "noindex"
        return fromstring(response.content)

    return read


def texts(feed, name):
    return [entry.findtext(f"{ATOM}{name}") for entry in feed.iter(f"{ATOM}entry")]


def test_it_has_what_answers_the_question_newest_publication_first(feed):
    assert texts(feed("q=overlast"), "title") == ["Tweede overlast", "Eerste <i>overlast</i> & zo"]


def test_it_keeps_the_filters(feed):
    assert texts(feed("q=overlast&tier=curative"), "title") == ["Tweede overlast"]


def test_its_addresses_keep_the_question(feed):
    found = {
        link.get("rel"): link.get("href") for link in feed("q=overlast&tier=curative&page=3").findall(f"{ATOM}link")
    }
    assert found == {
        "alternate": "https://kennis.example.org/nl/zoeken/?q=overlast&tier=curative",
        "self": "https://kennis.example.org/nl/zoeken/results.atom?q=overlast&tier=curative",
    }


def test_an_entry_says_what_a_reader_needs(feed):
    entry = next(feed("q=tweede").iter(f"{ATOM}entry"))
    assert entry.get(LANGUAGE) == "nl"
    assert entry.findtext(f"{ATOM}id") == "https://kennis.example.org/id/method/tweede"
    assert entry.find(f"{ATOM}link").get("href") == "https://kennis.example.org/nl/methodieken/tweede/"
    published = MethodPage.objects.get(key="tweede").last_published_at
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == published


def test_without_an_index_it_says_that_search_does_not_answer(site):
    assert Client(HTTP_HOST="localhost").get("/nl/zoeken/results.atom?q=overlast").status_code == 503


def test_without_a_question_it_has_what_was_published_last_and_not_the_first_by_title(feed, monkeypatch):
    monkeypatch.setattr("search.results.atom_feed.MOST_ENTRIES", 2)
    assert texts(feed(""), "title") == ["Iets anders", "Tweede overlast"]


@pytest.mark.parametrize("query", ["", "sort=title", "q=overlast"])
def test_what_is_published_again_comes_first_whatever_the_order_of_the_page(feed, committed, monkeypatch, query):
    monkeypatch.setattr("search.results.atom_feed.MOST_ENTRIES", 1)
    with committed():
        MethodPage.objects.get(key="eerste").save_revision().publish()
    assert texts(feed(query), "title") == ["Eerste <i>overlast</i> & zo"]
