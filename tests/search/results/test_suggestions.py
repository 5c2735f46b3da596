"""What the question box asks while somebody types."""

import pytest
from django.test import Client

from portal.methods.models import MethodPage
from portal.topics.models import Topic
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(index, committed):
    with committed():
        topic = Topic.objects.create(
            key="nuisance", label_nl="overlast", label_fr="nuisances", alternatives_nl="geschreeuw", slug_nl="overlast",
            live=True,
        )  # fmt: skip
        make_method(key="boa", title="Geschakeld optreden", slug="geschakeld-optreden", topics=[topic])

    client = Client(HTTP_HOST="localhost")

    def get(path, **query):
        response = client.get(f"{path}suggestions.json", query)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache" and not response.cookies
        return response.json()

    return get


def test_it_says_what_where_and_of_which_kind_in_the_visitors_language(ask):
    answer = ask("/nl/zoeken/", q="gesch")
    assert answer["suggestions"] == [
        {
            "title": "Geschakeld optreden", "kind": "Methodiek", "other": "", "language": "nl",
            "url": "/nl/methodieken/geschakeld-optreden/",
        },
        {"title": "overlast", "kind": "Thema", "other": "geschreeuw", "language": "nl", "url": "/nl/themas/overlast/"},
    ]  # fmt: skip
    assert answer["said"] == "2 suggesties. Kies met de pijltoetsen."
    assert ask("/fr/recherche/", q="gesch")["suggestions"][0]["kind"] == "Méthode"


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "g"}, {"q": "x" * 10_000}, {"q": "\x00"}])
def test_nothing_is_suggested_for_nothing(ask, query):
    assert ask("/nl/zoeken/", **query) == {"suggestions": [], "said": "Geen suggesties"}


def test_it_costs_no_query_once_it_is_known_which_topics_hold_something(ask, django_assert_num_queries):
    ask("/nl/zoeken/", q="gesch")
    with django_assert_num_queries(0):
        ask("/nl/zoeken/", q="gesch")


def test_a_topic_is_suggested_as_long_as_something_is_published_under_it(ask, committed):
    with committed():
        Topic.objects.create(key="empty", label_nl="overlast in het bos", slug_nl="bos", live=True)
    assert [one["title"] for one in ask("/nl/zoeken/", q="overl")["suggestions"]] == ["overlast"]
    with committed():
        MethodPage.objects.get(key="boa").unpublish()
    assert ask("/nl/zoeken/", q="overl")["suggestions"] == []


def test_a_title_that_changes_is_suggested_by_its_new_name_only(ask, committed):
    topic = Topic.objects.get(key="nuisance")
    with committed():
        topic.label_nl = "hinder"
        topic.save()
    assert ask("/nl/zoeken/", q="hind")["suggestions"][0]["title"] == "hinder"
    assert ask("/nl/zoeken/", q="overl")["suggestions"] == []


def test_without_an_index_there_are_no_suggestions_and_no_error(site):
    response = Client(HTTP_HOST="localhost").get("/nl/zoeken/suggestions.json?q=over")
    assert (response.status_code, response.json()["suggestions"]) == (200, [])
