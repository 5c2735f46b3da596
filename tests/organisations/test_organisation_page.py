import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from portal.core.cards import cards
from portal.organisations.models import CityIndexPage
from portal.organisations.organisation_page import organisation_page
from tests.factories import make_method
from tests.markup import links, soup, text_of
from tests.organisations.factories import make_city, make_contact, make_home_city, make_organisation
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db


def body(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_an_organisation_is_and_where(client, site):
    gent = make_city("gent", "Gent", country="BE")
    make_organisation(
        "ugent",
        "Universiteit Gent",
        short_name="UGent",
        type="university",
        city=gent,
        website="https://www.ugent.be/nl",
    )
    html = body(client, "/nl/steden/ugent/")
    assert text_of(soup(html).h1) == "Universiteit Gent"
    assert "UGent" in html
    assert links(soup(html))["Gent"] == "/nl/steden/gent/"
    assert "https://www.ugent.be/nl" in links(soup(html)).values()
    assert _("Belgium") in html


def test_a_city_that_is_not_public_is_not_linked(client, site):
    gent = make_city("gent", "Gent", country="BE")
    make_organisation("ugent", "Universiteit Gent", city=gent)
    gent.unpublish()
    assert "/nl/steden/gent/" not in body(client, "/nl/steden/ugent/")


def test_a_city_names_its_organisations_projects_and_contacts(client, site):
    home = make_home_city()
    service = make_organisation("stad-mechelen", "Stad Mechelen", city=home)
    make_contact("preventie", "Afdeling Preventie", organisation=home, url="https://www.mechelen.be/contact")
    project_with((service, "lead"), title="ORPHEUS", home_city_role="lead")
    addresses = links(soup(body(client, "/nl/steden/mechelen/"))).values()
    assert "/nl/steden/stad-mechelen/" in addresses
    assert "/nl/projecten/orpheus/" in addresses
    assert "https://www.mechelen.be/contact" in addresses


def test_an_organisation_shows_what_other_rooms_join_to_it(client, site, rf):
    service = make_organisation("preventie", "Afdeling Preventie")
    method = make_method(title="Straathoekwerk", key="straathoekwerk", owned_by=service)
    links = organisation_page(service, "nl", rf.get("/")).links
    assert all(group.cards for group in links)
    assert method.url in body(client, "/nl/steden/preventie/") or not links


def test_an_address_without_an_organisation_is_not_found(client, site):
    assert client.get("/nl/steden/nergens/").status_code == 404


def test_the_languages_lead_to_the_same_organisation_under_its_own_slug(client, site, translate):
    translate(CityIndexPage.objects.get(), "fr", slug="villes")
    make_city("rijsel", "Rijsel", name_fr="Lille", slug_fr="lille", country="FR")
    assert "/fr/villes/lille/" in body(client, "/nl/steden/rijsel/")
    heading = soup(body(client, "/fr/villes/lille/")).h1
    assert text_of(heading) == "Lille" and not heading.has_attr("lang")


def test_a_name_that_has_no_french_is_marked_as_dutch(client, site, translate):
    translate(CityIndexPage.objects.get(), "fr", slug="villes")
    make_city("rijsel", "Rijsel", country="FR")
    assert text_of(soup(body(client, "/fr/villes/rijsel/")).select_one("h1[lang=nl]")) == "Rijsel"


def test_the_permanent_identifier_leads_to_the_page(client, site):
    make_city("leiria", "Leiria")
    assert client.get("/id/organisation/leiria").headers["Location"] == "/nl/steden/leiria/"


def test_an_organisation_can_stand_on_a_card_of_another_room(site):
    make_organisation("ugent", "Universiteit Gent", type="university", city=make_city("gent", "Gent", country="BE"))
    card = cards("organisation", ["ugent"], "nl")[0]
    assert (card.title, card.url) == ("Universiteit Gent", "/nl/steden/ugent/")
    assert "Gent" in card.over and _("Belgium") in card.over


def test_the_page_of_a_city_costs_the_same_however_much_is_in_it(site, cost_of):
    leiria = make_city("leiria", "Leiria")
    project_with((leiria, "lead"), title="Eerste")
    make_organisation("eerste-dienst", city=leiria)
    few = cost_of("/nl/steden/leiria/")
    for number in range(15):
        service = make_organisation(f"dienst-{number}", city=leiria)
        project_with((service, "partner"), title=f"Project {number}")
    assert cost_of("/nl/steden/leiria/") == few


def test_what_belongs_to_a_city_is_shown_a_page_at_a_time(client, site, cost_of):
    city = make_city("leiria", "Leiria")
    for number in range(22):
        make_organisation(f"dienst-{number}", f"Dienst {number:02}", city=city)
        make_method(title=f"Methode {number:02}", key=f"methode-{number}", owned_by=city)

    def shown(address):
        soup = BeautifulSoup(body(client, address), "html.parser")
        return [link.get_text(strip=True) for link in soup.select(".sheaf__body h3 a")]

    names = [*(f"Methode {number:02}" for number in range(22)), *(f"Dienst {number:02}" for number in range(22))]
    assert shown("/nl/steden/leiria/") == [*names[:20], *names[22:42]]
    assert shown("/nl/steden/leiria/?page=2") == [*names[20:22], *names[42:]]
    cost_of("/nl/steden/leiria/?page=2")
