import pytest
from django.utils.translation import gettext as _

from portal.organisations.city_index import city_map
from portal.organisations.models import CityIndexPage
from tests.markup import soup, text_of
from tests.organisations.factories import make_city, make_home_city, make_organisation
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities(site):
    """Mechelen shares two projects with Leiria, and none with Dresden; Berlaar is in no project."""
    make_home_city()
    leiria = make_city("leiria", "Leiria", population=129000, population_year=2021)
    make_organisation("politie-leiria", "Politie van Leiria", city=leiria, type="police")
    dresden = make_city("dresden", "Dresden", name_fr="Dresde", country="DE")
    make_city("berlaar", "Berlaar", country="BE", population=11507, population_year=2018, population_confirmed=True)
    project_with((leiria, "lead"), title="UrbSecurity", home_city_role="partner", start="2019")
    project_with((leiria, "partner"), title="Tweede", home_city_role="lead", start="2023")
    project_with((dresden, "participant"), title="EMMA", home_city_role="unknown")
    return leiria


def test_a_line_for_each_project_that_a_city_shares_with_mechelen(cities):
    shown = city_map("nl")
    assert [(line.city, line.title, line.url) for line in shown.lines] == [
        ("leiria", "Tweede", "/nl/projecten/tweede/"),
        ("leiria", "UrbSecurity", "/nl/projecten/urbsecurity/"),
    ]


def test_the_list_says_what_the_map_says(client, cities):
    shown = city_map("nl")
    outside_the_map = soup(client.get(CityIndexPage.objects.get().url)).main.select("a:not(svg a)")
    listed = [link["href"] for link in outside_the_map]
    for line in shown.lines:
        assert line.url in listed
    assert all(city.url in listed for city in shown.on_the_map if not city.is_home)


def test_a_city_that_shares_nothing_stands_apart(cities):
    shown = city_map("nl")
    assert [city.key for city in shown.partners] == ["leiria"]
    assert {city.key for city in shown.others} == {"berlaar", "dresden"}
    assert shown.home.key == "mechelen"


def test_the_map_leaves_out_cities_that_are_in_no_project(cities):
    assert {city.key for city in city_map("nl").on_the_map} == {"mechelen", "leiria", "dresden"}


def test_inhabitants_that_no_source_confirmed_are_about_so_many(cities):
    shown = city_map("nl")
    by_key = {city.key: city for city in (*shown.partners, *shown.others)}
    about = _("about %(number)s") % {"number": "129.000"}
    assert by_key["leiria"].population == _("%(number)s (%(year)s)") % {"number": about, "year": 2021}
    assert by_key["berlaar"].population == _("%(number)s (%(year)s)") % {"number": "11.507", "year": 2018}


def test_the_organisations_of_a_city_stand_with_it(cities):
    assert [one.title for one in city_map("nl").partners[0].organisations] == ["Politie van Leiria"]


def test_names_are_in_the_language_of_the_visitor_and_marked_where_they_are_not(client, site, translate):
    french = translate(CityIndexPage.objects.get(), "fr", slug="villes")
    make_home_city()
    make_city("dresden", "Dresden", name_fr="Dresde", country="DE")
    make_city("rijsel", "Rijsel", country="FR")
    html = soup(client.get(french.url))
    assert "Dresde" in text_of(html)
    assert text_of(html.select_one('a[href="/fr/villes/rijsel/"][lang=nl]')) == "Rijsel"


def test_a_city_that_is_not_public_is_not_shown(client, cities):
    cities.unpublish()
    assert "Leiria</a>" not in client.get(CityIndexPage.objects.get().url).content.decode()


def test_without_cities_the_page_offers_the_next_step(client, site):
    assert soup(client.get(CityIndexPage.objects.get().url)).select(".empty")


def test_the_page_costs_the_same_however_many_cities(cities, cost_of):
    url = CityIndexPage.objects.get().url
    few = cost_of(url)
    for number in range(20):
        city = make_city(f"stad-{number}", lat=40 + number / 2)
        make_organisation(f"dienst-{number}", city=city)
        project_with((city, "partner"), title=f"Project {number}", home_city_role="partner")
    assert cost_of(url) == few


def test_only_local_authorities_that_took_part_with_mechelen_are_partner_cities(site):
    """Not where a firm, a ministry or a university has its seat, nor where Mechelen only gave advice."""
    make_home_city()
    parma = make_city("parma", "Parma")
    faenza, idiap_town = make_city("faenza", "Faenza"), make_city("martigny", "Martigny")
    union = make_organisation("unione", "Unione", city=faenza, type="region")
    firm = make_organisation("idiap", "Idiap", city=idiap_town, type="university")
    police = make_organisation("polizia", "Polizia", city=make_city("turijn", "Turijn"), type="police")
    project_with(
        (parma, "partner"), (union, "partner"), (firm, "partner"), (police, "partner"), home_city_role="partner"
    )
    lisbon = make_city("lissabon", "Lissabon")
    project_with((lisbon, "partner"), title="IcARUS", home_city_role="adviser")
    shown = city_map("nl")
    assert {city.key for city in shown.partners} == {"parma", "faenza"}
    assert {city.key for city in shown.reached} == {"martigny", "turijn", "lissabon"}
    assert {line.city for line in shown.lines} == {"parma", "faenza"}


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_the_page_says_what_it_counts(client, cities, translate, language):
    page = CityIndexPage.objects.get()
    page = page if language == "nl" else translate(page, language)
    text = text_of(soup(client.get(page.url)))
    said = {"nl": "lokale bestuur", "fr": "autorité locale", "en": "local authority", "de": "lokale Behörde"}
    assert said[language] in text
