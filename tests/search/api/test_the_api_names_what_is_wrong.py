"""The API never ignores a part of a question: it answers 400 and names the field."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(index):
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "x" * 10_000}, "q"),
        ({"q": "+-&&||!(){}[]^~*?:\\/"}, "q"),
        ({"q": '"""\'«»'}, "q"),
        ({"q": "😀👩‍👩‍👧‍👦"}, "q"),
        ({"q": "over\x00last"}, "q"),
        ({"q": ["a", "b"]}, "q"),
        ({"language": "xx"}, "language"),
        ({"language": "NL"}, "language"),
        ({"kind": "moon"}, "kind"),
        ({"topic": "nobody-knows-it"}, "topic"),
        ({"topic": "' OR 1=1 --"}, "topic"),
        ({"tier": ["preventive"] * 500}, "tier"),
        ({"evidence": "5"}, "evidence"),
        ({"country": "be"}, "country"),
        ({"sort": "worst"}, "sort"),
        ({"exact": "yes"}, "exact"),
        ({"page": "1000000000"}, "page"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "٣"}, "page"),
        ({"page": "2"}, "page"),
        ({"page": "101", "per_page": "100"}, "page"),
        ({"per_page": "101"}, "per_page"),
        ({"per_page": ""}, "per_page"),
        ({"Q": "overlast"}, "Q"),
    ],
)
def test_the_field_is_named(client, query, field):
    response = client.get("/api/v1/search", query)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert len(response.content) < 2000


def test_all_wrong_fields_are_named_at_once(client):
    response = client.get("/api/v1/methods", {"tier": "x", "page": "x", "kind": "method"})
    assert {error["field"] for error in response.json()["errors"]} == {"tier", "page", "kind"}


@pytest.mark.parametrize("question", ["إزعاج عام", '"veilig in dialoog', "+overlast -geluid", "a", "  "])
def test_what_can_be_read_is_answered(client, question):
    assert client.get("/api/v1/search", {"q": question}).status_code == 200
