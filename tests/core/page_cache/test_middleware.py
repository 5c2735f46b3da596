from datetime import timedelta

import pytest
from django.conf import settings as portal
from django.db import OperationalError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.page_cache.changes import KEPT, LOOK_BACK, ChangeFollower, delete_old_changes
from portal.core.page_cache.generation import advance_generation, generation
from portal.core.page_cache.invalidation import invalidate
from portal.core.page_cache.models import PageChange
from portal.core.page_cache.registry import ALL
from tests.factories import make_method
from tests.markup import soup
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db
BASE = portal.WAGTAILADMIN_BASE_URL


@pytest.fixture(autouse=True)
def with_the_page_cache(settings):
    settings.PAGE_CACHE_ENABLED = True


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


def test_somebody_who_is_logged_in_is_never_answered_from_the_cache(admin_client, site, django_assert_max_num_queries):
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_method(title="Buurtwerk", key="buurtwerk")
    admin_client.get("/nl/methodieken/buurtwerk/")
    before = generation()
    assert admin_client.get("/nl/methodieken/buurtwerk/").status_code == 200
    assert generation() == before


def test_a_cached_page_keeps_the_security_headers(client, site):
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


def test_a_page_that_was_asked_with_something_unknown_is_cached_for_all(client, site, django_assert_num_queries):
    first = client.get("/nl/methodieken/?utm_source=brief").content.decode()
    assert "utm_source" not in first
    assert soup(first).select_one("link[rel=canonical]")["href"] == f"{BASE}/nl/methodieken/"
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


def test_a_host_with_many_ports_has_one_cached_page(client, site, settings, django_assert_num_queries):
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
def test_a_host_that_is_none_is_refused_with_400_also_where_there_is_a_cached_page(client, site, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.get("/nl/")
    for path in ("/nl/", "/nl/methodieken/", "/robots.txt", "/media/x", "/api/v1/methods", "/nl/zoeken/"):
        assert client.get(path, headers={"host": host}).status_code == 400, path


def test_a_moment_is_part_of_no_key(client, site, django_assert_num_queries):
    client.get("/nl/")
    with django_assert_num_queries(0):
        client.get("/nl/?t=754")


# Which pages go


@pytest.fixture
def pages(client, site):
    """Two cached pages, rendered after everything that was changed before."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_method(title="Buurtwerk", key="buurtwerk")
    for _turn in range(2):
        client.get("/nl/")
        client.get("/nl/methodieken/buurtwerk/")
    return "/nl/", "/nl/methodieken/buurtwerk/"


def is_cached(client, path) -> bool:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries) <= 1  # the first request after a change reads what changed


def test_a_change_of_one_page_leaves_the_others(client, pages):
    home, method = pages
    with TestCase.captureOnCommitCallbacks(execute=True):
        invalidate(frozenset({method}))
    assert is_cached(client, home)
    assert not is_cached(client, method)
    assert is_cached(client, method)


def test_a_change_of_all_pages_leaves_none(client, pages):
    with TestCase.captureOnCommitCallbacks(execute=True):
        invalidate()
    assert [is_cached(client, path) for path in pages] == [False, False]


def test_a_generation_that_moved_for_an_unknown_reason_leaves_none(client, pages):
    advance_generation()
    assert [is_cached(client, path) for path in pages] == [False, False]


def test_a_generation_that_went_back_leaves_none_and_pages_are_cached_again(client, pages, settings):
    (settings.DATA_DIR / "copies" / "generation").unlink()
    assert [is_cached(client, path) for path in pages] == [False, False]
    assert [is_cached(client, path) for path in pages] == [True, True]


def test_when_the_changes_cannot_be_read_nothing_cached_is_shown(client, pages):
    follower = ChangeFollower()

    def away(*_arguments):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away):
        assert follower.changed_paths() is ALL


def test_a_follower_reads_each_row_once_in_whatever_order_they_come():
    PageChange.objects.all().delete()
    follower = ChangeFollower()
    PageChange.objects.create(pk=1002, paths=["/nl/b/"])
    assert follower.changed_paths() == {"/nl/b/"}
    PageChange.objects.create(pk=1001, paths=["/nl/a/"])  # written first, committed last
    assert follower.changed_paths() == {"/nl/a/"}
    PageChange.objects.create(paths=["/nl/c/"])
    PageChange.objects.create(paths=["/nl/d/"])
    assert follower.changed_paths() == {"/nl/c/", "/nl/d/"}
    assert follower.changed_paths() is ALL, "something moved the generation, and no row says what"


def test_a_transaction_that_took_longer_than_a_follower_looks_back_changes_all_pages():
    follower = ChangeFollower()
    PageChange.objects.create(created_at=timezone.now() - LOOK_BACK - timedelta(seconds=1), paths=["/nl/a/"])
    assert follower.changed_paths() is ALL


def test_rows_that_no_follower_reads_any_more_are_deleted():
    old = PageChange.objects.create(created_at=timezone.now() - KEPT - timedelta(seconds=1))
    recent = PageChange.objects.create(created_at=timezone.now() - KEPT + timedelta(minutes=1))
    assert delete_old_changes() == 1
    assert not PageChange.objects.filter(pk=old.pk).exists() and PageChange.objects.filter(pk=recent.pk).exists()
