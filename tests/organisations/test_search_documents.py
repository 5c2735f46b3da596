import pytest

from portal.core.searchable import searchable_kinds
from portal.organisations.models import CityIndexPage
from tests.organisations.factories import make_city, make_organisation

pytestmark = pytest.mark.django_db


def documents(keys=None):
    return {document.key: document for document in searchable_kinds()["organisation"].documents(keys)}


def test_an_organisation_is_offered_in_the_languages_in_which_it_has_a_name_and_an_address(site, translate):
    translate(CityIndexPage.objects.get(), "fr", slug="villes")
    make_city("rijsel", "Rijsel", name_fr="Lille", name_de="Lille", country="FR")
    found = documents()["rijsel"]
    assert {language: text.title for language, text in found.texts.items()} == {"nl": "Rijsel", "fr": "Lille"}
    assert found.texts["fr"].url == "/fr/villes/rijsel/"


def test_it_is_found_by_its_short_name_and_by_its_city_in_every_language(site):
    city = make_city("gent", "Gent", name_fr="Gand", name_en="Ghent", country="BE")
    make_organisation("ugent", "Universiteit Gent", short_name="UGent", city=city)
    found = documents(["ugent"])["ugent"]
    assert all(word in found.words for word in ("UGent", "Gand", "Ghent"))
    assert found.filters["country"] == ("BE",)


def test_what_is_not_public_is_not_offered(site):
    make_city("leiria").unpublish()
    assert documents() == documents(["leiria"]) == {}
