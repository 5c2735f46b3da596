"""An address with hundreds of values, from a crawler that follows every filter, gets a page of a common size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.ask.models import AskPage
from portal.core.routing.structure import structure
from portal.core.views import MOST_VALUES
from portal.topics.models import Topic
from portal.topics.usage import holds_something
from tests.conftest import MOST_QUERIES
from tests.factories import make_method
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

MANY = 200
LARGEST = 300_000  # bytes, before compression
OUTSIDE_THE_TREE = (
    "/feeds/nl/webinars.xml",
    "/calendar/nl.ics",
    "/nl/zoeken/",
    "/nl/zoeken/results.atom",
    "/nl/zoeken/results.csv",
)
UNKNOWN = [f"verzonnen-{number}" for number in range(MANY)]
ODD = ["", " ", "\x00", "'", "<script>", "%", "../..", "é" * 300, "-1", "9" * 400, *["zelfde"] * 100]


@pytest.fixture
def topics(site):
    topics = [Topic(key=f"thema-{n}", label_nl=f"Een thema {n}", slug_nl=f"thema-{n}", live=True) for n in range(MANY)]
    Topic.objects.bulk_create(topics)
    method, recording = make_method(title="Buurtwerk"), make_recording(topics=Topic.objects.all()[:1])
    for thing in (method, recording):
        through = type(thing).topics.through
        column = f"{thing._meta.model_name}_id"
        used = set(through.objects.values_list("topic_id", flat=True)) if thing is recording else set()
        through.objects.bulk_create(
            through(**{column: thing.pk, "topic_id": pk})
            for pk in Topic.objects.values_list("pk", flat=True)
            if pk not in used
        )
    assert Topic.objects.filter(holds_something()).count() == MANY
    return [topic.key for topic in topics]


def lists():
    return [*(place.url for place in structure().public_sections("nl")), *OUTSIDE_THE_TREE]


def check(client, path, values):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, dict.fromkeys(("topic", "year", "series", "speaker", "tier", "page"), values))
    assert response.status_code in (200, 503), path  # without an index, search says that it is away
    # In a transaction, as this test is, the thesaurus is read each time it is asked for: a served page reads it once.
    assert len({query["sql"] for query in queries}) <= MOST_QUERIES, path
    content = b"".join(response) if response.streaming else response.content
    assert len(content) < LARGEST, path
    return response


def test_hundreds_of_topics_make_no_page_of_a_megabyte(client, topics):
    for path in lists():
        check(client, path, topics)


def test_hundreds_of_values_that_do_not_exist_or_make_no_sense_are_answered(client, topics):
    for path in lists():
        check(client, path, UNKNOWN)
        check(client, path, ODD)


def test_of_each_parameter_so_many_values_are_read_each_once(client, site):
    path = AskPage.objects.get(locale__language_code="nl").get_url()
    read = client.get(path, {"about": [*UNKNOWN, *UNKNOWN], "kind": ["study", "study"]}).wsgi_request.GET
    assert read.getlist("about") == UNKNOWN[:MOST_VALUES]
    assert read.getlist("kind") == ["study"]
