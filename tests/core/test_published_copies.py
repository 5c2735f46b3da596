import pytest
from django.test import TestCase

from portal.core import copies
from tests.factories import make_method

pytestmark = pytest.mark.django_db


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
    before = copies.generation()
    assert admin_client.get("/nl/methodieken/buurtwerk/").status_code == 200
    assert copies.generation() == before


def test_a_copy_keeps_the_security_headers(client, site):
    first = client.get("/nl/")
    second = client.get("/nl/")
    assert "default-src 'none'" in first["Content-Security-Policy"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Content-Language"] == "nl"


def test_a_moment_is_part_of_no_key(client, site, django_assert_num_queries):
    client.get("/nl/")
    with django_assert_num_queries(0):
        client.get("/nl/?t=754")
