"""Any web page may read the API; nobody may do more, and no cookie plays a part."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(index):
    return Client(HTTP_HOST="localhost", headers={"Origin": "https://another.example"})


def test_a_page_of_another_site_may_read(client):
    response = client.get("/api/v1/methods")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies


def test_it_may_also_read_why_it_was_refused(client):
    assert client.get("/api/v1/methods?x=1").headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_is_told_that_reading_is_all(client):
    response = client.options("/api/v1/methods", headers={"Access-Control-Request-Method": "DELETE"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)("/api/v1/methods")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["status"] == 405


def test_what_did_not_change_is_not_sent_again(client):
    first = client.get("/api/v1/topics?language=de")
    again = client.get("/api/v1/topics?language=de", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_kept_out_of_search_engines(client):
    assert client.get("/api/v1/search?q=a").headers["X-Robots-Tag"] == "noindex"


def test_an_address_that_is_not_there_answers_as_json(client):
    response = client.get("/api/v1/gadgets")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_without_an_index_it_says_that_search_does_not_answer(site):
    response = Client(HTTP_HOST="localhost").get("/api/v1/search?q=overlast")
    assert (response.status_code, response.json()["status"]) == (503, 503)
    assert int(response.headers["Retry-After"]) > 0
