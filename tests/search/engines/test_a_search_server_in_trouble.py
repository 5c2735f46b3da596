"""A server that is slow, refuses, or is away: the page answers in time and says so, and editing goes on."""

import socket
import time

import pytest
from django.test import Client

import search.engines.elasticsearch.engine  # noqa: F401  (loaded when the portal starts, see search/apps.py)
from portal.methods.models import MethodPage
from portal.topics.models import Topic
from search.engines import current_engine
from search.models import Outbox
from tests.factories import make_method
from tests.markup import soup, text_of
from tests.search.failing_server import Way

pytestmark = pytest.mark.django_db

IN_TIME_S = 2.0


def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture(params=["answers after 10 s", "429", "503", "away", "not Elasticsearch"])
def server_in_trouble(request, settings):
    way = Way()
    if request.param == "answers after 10 s":
        way.slow_s = 10.0
    elif request.param == "not Elasticsearch":
        way.product = ""
        way.status = 200
    elif request.param.isdecimal():
        way.status = int(request.param)
    settings.SEARCH_URL = nowhere() if request.param == "away" else way.address
    yield way
    way.close()


@pytest.fixture
def client(site):
    topic = Topic(key="phenomena", label_nl="fenomenen", slug_nl="fenomenen")
    topic.save()
    make_method(key="buurtwerk", title="Buurtwerk", topics=[topic])  # an empty topic is not offered
    client = Client(HTTP_HOST="localhost")
    client.get("/nl/zoeken/")  # templates are compiled at the first look
    return client


def test_the_page_says_in_time_that_search_does_not_answer(client, server_in_trouble):
    for _question in range(3):
        started = time.monotonic()
        response = client.get("/nl/zoeken/", {"q": "overlast"})
        assert time.monotonic() - started < IN_TIME_S
        assert response.status_code == 200
        html = soup(response)
        assert "Zoeken is niet beschikbaar" in text_of(html)
        topics = [text_of(topic) for topic in html.select('a.chip[href^="/nl/"][href$="/fenomenen/"]')]
        assert "fenomenen" in topics, "it offers the topics"


def test_editing_goes_on_and_the_changes_wait(site, committed, server_in_trouble):
    started = time.monotonic()
    with committed():
        make_method(key="zwaluw", title="Zwaluwwerking")
    assert time.monotonic() - started < IN_TIME_S + 3  # publishing itself takes a second
    assert MethodPage.objects.filter(key="zwaluw", live=True).exists()
    assert Outbox.objects.filter(key="zwaluw").exists()


def test_the_status_says_why(server_in_trouble):
    status = current_engine().status()
    assert not status.usable
    assert status.message.startswith(("http://127.0.0.1:", "what answers at http://127.0.0.1:"))
