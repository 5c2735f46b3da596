import pytest

from tests.markup import soup

pytestmark = pytest.mark.django_db


def test_the_front_door_is_dutch_for_everybody(client):
    for wish in ("fr", "de,en;q=0.5", ""):
        response = client.get("/", headers={"accept-language": wish})
        assert (response.status_code, response["Location"]) == (302, "/nl/")
        assert "Accept-Language" not in response.get("Vary", "")


def test_a_page_is_in_the_language_of_its_path_whatever_the_browser_wants(client, site):
    response = client.get("/nl/methodieken/", headers={"accept-language": "fr"})
    assert response["Content-Language"] == "nl"
    assert soup(response).html["lang"] == "nl"


def test_another_language_has_its_own_path(client, site, translate):
    from portal.methods.models import MethodIndexPage

    translate(MethodIndexPage.objects.get(), "fr", slug="methodes", title="Méthodes")
    response = client.get("/fr/methodes/")
    assert response.status_code == 200
    assert soup(response).html["lang"] == "fr"


def test_a_language_without_pages_is_not_there(client, site):
    assert client.get("/pt/").status_code == 404


def test_no_public_page_sets_a_cookie(client, site):
    response = client.get("/nl/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
