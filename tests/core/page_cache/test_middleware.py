import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from portal.core.page_cache import invalidation
from tests.factories import make_method
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db
BASE = portal.WAGTAILADMIN_BASE_URL


@pytest.fixture(autouse=True)
def with_copies(settings):
    settings.PUBLISHED_COPIES = True


def publish(page):
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


def test_a_second_visit_asks_the_database_nothing(client, site, django_assert_num_queries):
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_method(title="Buurtwerk", key="buurtwerk")
    client.get("/nl/methodieken/buurtwerk/")
    with django_assert_num_queries(0):
        assert client.get("/nl/methodieken/buurtwerk/").status_code == 200


def test_a_publication_is_seen_at_the_next_visit(client, site):
    with TestCase.captureOnCommitCallbacks(execute=True):
        method = make_method(title="Buurtwerk", key="buurtwerk")
    assert "Buurtwerk" in client.get("/nl/methodieken/buurtwerk/").content.decode()
    method.title = "Straathoekwerk"
    publish(method)
    assert "Straathoekwerk" in client.get("/nl/methodieken/buurtwerk/").content.decode()


def test_somebody_who_is_logged_in_never_gets_a_copy(admin_client, site, django_assert_max_num_queries):
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_method(title="Buurtwerk", key="buurtwerk")
    admin_client.get("/nl/methodieken/buurtwerk/")
    before = invalidation.generation()
    assert admin_client.get("/nl/methodieken/buurtwerk/").status_code == 200
    assert invalidation.generation() == before


def test_a_copy_keeps_the_security_headers(client, site):
    first = client.get("/nl/")
    second = client.get("/nl/")
    assert "default-src 'none'" in first["Content-Security-Policy"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Content-Language"] == "nl"


@pytest.mark.parametrize("query", ["t=754", "utm_source=brief&fbclid=x", "x", "page=2", "%00=1", "topic=sport"])
def test_what_a_page_does_not_read_is_ignored(client, site, django_assert_num_queries, query):
    client.get("/nl/")
    with django_assert_num_queries(0):
        assert client.get(f"/nl/?{query}").status_code == 200


def test_a_page_that_was_asked_with_something_unknown_is_the_copy_of_all(client, site, django_assert_num_queries):
    first = client.get("/nl/methodieken/?utm_source=brief").content.decode()
    assert "utm_source" not in first
    assert f'<link rel="canonical" href="{BASE}/nl/methodieken/">' in first
    with django_assert_num_queries(0):
        assert client.get("/nl/methodieken/").content.decode() == first


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/nl/methodieken/", "topic=sport"),
        ("/nl/methodieken/", "sort=newest&utm_source=brief"),
        ("/nl/webinars/", "year=2024"),
        ("/nl/webinars/", "page=2"),
    ],
)
def test_what_a_page_does_read_is_answered_anew(client, site, path, query):
    plain = client.get(path)
    read = client.get(f"{path}?{query}")
    assert client.get(path).content == plain.content
    assert "utm_source" not in read.content.decode()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{path}?{query}")
    assert queries


@pytest.mark.parametrize(("query", "is_read"), [("transcript=nl", True), ("q=buurt", True), ("year=2024", False)])
def test_a_recording_reads_other_things_than_the_archive(client, site, query, is_read):
    recording = make_recording(title="Buurtwerk")
    path = recording.path_in("nl")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{path}?{query}").status_code == 200
    assert bool(queries) is is_read


def test_a_host_with_many_ports_has_one_copy(client, site, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.get("/nl/")
    with django_assert_num_queries(0):
        for port in range(1, 251):
            assert client.get("/nl/", headers={"host": f"testserver:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "a:1:2:3",
        ":".join(map(str, range(250))),
        "testserver:1:2",
        "x" * 5000,
        "[::1",
        "testserver\\x",
        "-",
        "te st",
        "é",
    ],
)
def test_a_host_that_is_none_is_refused_with_400_also_where_there_is_a_copy(client, site, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.get("/nl/")
    for path in ("/nl/", "/nl/methodieken/", "/robots.txt", "/media/x", "/api/v1/methods", "/nl/zoeken/"):
        assert client.get(path, headers={"host": host}).status_code == 400, path


def test_a_moment_is_part_of_no_key(client, site, django_assert_num_queries):
    client.get("/nl/")
    with django_assert_num_queries(0):
        client.get("/nl/?t=754")
