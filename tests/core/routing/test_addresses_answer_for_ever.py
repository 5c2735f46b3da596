import pytest

from tests.factories import make_method

pytestmark = pytest.mark.django_db


def test_a_renamed_page_redirects_from_its_old_address(client, site):
    method = make_method(title="Oud", slug="oud", key="oud")
    method.slug = "nieuw"
    method.save_revision().publish()
    response = client.get("/nl/methodieken/oud/")
    assert (response.status_code, response["Location"]) == (301, "/nl/methodieken/nieuw/")


def test_a_page_that_moved_with_its_parent_redirects(client, site):
    from portal.methods.models import MethodIndexPage

    make_method(title="Buurtwerk", slug="buurtwerk", key="buurtwerk")
    index = MethodIndexPage.objects.get()
    index.slug = "werkvormen"
    index.save_revision().publish()
    response = client.get("/nl/methodieken/buurtwerk/")
    assert (response.status_code, response["Location"]) == (301, "/nl/werkvormen/buurtwerk/")


def test_a_deleted_page_is_gone_not_lost(client, site):
    make_method(title="Weg", slug="weg", key="weg").delete()
    response = client.get("/nl/methodieken/weg/")
    assert response.status_code == 410
    assert "/nl/" in response.content.decode()


def test_what_never_was_is_not_found(client, site):
    assert client.get("/nl/methodieken/nooit-geweest/").status_code == 404


def test_a_draft_was_never_public(client, site):
    make_method(title="Ontwerp", slug="ontwerp", key="ontwerp", publish=False)
    assert client.get("/nl/methodieken/ontwerp/").status_code == 404


def test_the_permanent_identifier_leads_to_the_page_wherever_it_is(client, site):
    method = make_method(title="Oud", slug="oud", key="vast")
    method.slug = "nieuw"
    method.save_revision().publish()
    assert client.get("/id/method/vast")["Location"] == "/nl/methodieken/nieuw/"


def test_the_permanent_identifier_of_a_deleted_thing_says_gone(client, site):
    make_method(title="Weg", slug="weg", key="weg").delete()
    assert client.get("/id/method/weg").status_code == 410
    assert client.get("/id/method/nooit").status_code == 404
