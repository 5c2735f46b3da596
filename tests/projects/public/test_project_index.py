import pytest
from django.utils.translation import override

from portal.projects.models import ProjectIndexPage
from portal.projects.public.project_index import all_projects
from tests.markup import links, soup, text_of
from tests.organisations.factories import make_city, make_home_city, make_organisation
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db


def project_cards_in(language):
    return [project.card for project in all_projects(language)]


def titles(html):
    return [text_of(title) for title in html.select(".card__title > a")]


def test_projects_networks_and_partnerships_are_one_list_newest_first_that_can_be_narrowed(client, site):
    project_with(title="ORPHEUS", start="2019")
    project_with(title="IcARUS", start="2020-09-01")
    project_with(title="Efus", type="network", start="1987")
    path = ProjectIndexPage.objects.get().url
    assert titles(soup(client.get(path))) == ["IcARUS", "ORPHEUS", "Efus"]
    assert titles(soup(client.get(f"{path}?type=network"))) == ["Efus"]
    assert titles(soup(client.get(f"{path}?sort=title"))) == ["Efus", "IcARUS", "ORPHEUS"]


def test_a_card_says_programme_years_role_cost_and_how_many_partners_in_how_many_countries(site):
    leiria = make_city("leiria")
    gent = make_organisation("ugent", city=make_city("gent", country="BE"))
    project_with(
        (leiria, "lead"), (gent, "partner"),
        title="UrbSecurity", programme="URBACT III", start="2019", end="2022", home_city_role="partner",
    )  # fmt: skip
    with override("en"):
        (card,) = project_cards_in("en")
    assert card.over == "Project · URBACT III · 2019–2022"
    assert [(line.label, line.text) for line in card.lines] == [
        ("With whom", "2 partners named, 2 countries"),
        ("Role of Mechelen", "Project partner"),
        ("Cost", ""),
        ("Outputs", ""),
    ]


def test_what_nobody_confirmed_says_so_on_the_card(site):
    in_doubt = ["home_city_role", "total_budget_eur"]
    project_with(title="EMMA", home_city_role="partner", total_budget_eur=1000, unconfirmed=in_doubt)
    with override("en"):
        (card,) = project_cards_in("en")
    assert [line.text for line in card.lines[1:3]] == [
        "Project partner (to be confirmed)",
        "€1,000 (to be confirmed)",
    ]


def test_an_untranslated_project_is_listed_in_french_as_the_dutch_thing_it_is(client, site, translate):
    translate(ProjectIndexPage.objects.get(), "fr")
    translate(project_with(title="ORPHEUS"), "fr", title="ORPHEUS en français")
    project_with(title="PERICLES")
    cards = {card.key: card for card in project_cards_in("fr")}
    assert (cards["orpheus"].language, cards["orpheus"].languages) == ("fr", ("nl", "fr"))
    assert (cards["pericles"].language, cards["pericles"].url) == ("nl", "/nl/projecten/pericles/")
    html = soup(client.get(ProjectIndexPage.objects.get(locale__language_code="fr").url))
    assert text_of(html.select_one(".card__title[lang=nl]")) == "PERICLES"


def test_a_draft_is_not_listed(client, site):
    project_with(title="Geheim", publish=False)
    assert "Geheim" not in client.get(ProjectIndexPage.objects.get().url).content.decode()


def test_an_empty_index_offers_the_next_step(client, site):
    assert soup(client.get(ProjectIndexPage.objects.get().url)).select(".empty")


def test_the_index_costs_the_same_however_many_projects(site, cost_of):
    url = ProjectIndexPage.objects.get().url
    project_with((make_city("leiria"), "lead"), title="Eerste")
    few = cost_of(url)
    for number in range(12):
        project_with((make_city(f"stad-{number}"), "partner"), title=f"Project {number}")
    assert cost_of(url) == few


# The map


def lines(html):
    """The lines of the map with where they begin, as (project and city, point)."""
    found = html.select("svg.map a:has(> .map__line)")
    return {text_of(line.title): line.path["d"].split("Q")[0] for line in found}


@pytest.fixture
def two_projects(site):
    leiria, turin = make_city("leiria", "Leiria"), make_city("turin", "Turijn", country="IT", lat=45.07, lon=7.69)
    home = make_home_city()
    nice = make_city("nice", "Nice", country="FR", lat=43.7, lon=7.27)
    university = make_organisation("polito", "Politecnico", city=turin, type="university")
    project_with((leiria, "lead"), (home, "partner"), (nice, "partner"), (university, "partner"), title="UrbSecurity")
    project_with((university, "lead"), (nice, "partner"), title="IcARUS")
    project_with((home, "partner"), (nice, "partner"), title="Zonder leiding")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_map_has_a_line_from_the_lead_to_each_city_whose_local_authority_takes_part(
    client, two_projects, translate, language
):
    page = ProjectIndexPage.objects.get()
    page = page if language == "nl" else translate(page, language)
    html = soup(client.get(f"{page.url}?view=map"))
    assert set(lines(html)) == {
        f"UrbSecurity: {'Mechelen' if language == 'nl' else 'Malines'}",
        "UrbSecurity: Nice",
        "IcARUS: Nice",
    }
    starts = lines(html)
    assert starts["UrbSecurity: Nice"] != starts["IcARUS: Nice"]
    assert len({start for line, start in starts.items() if line.startswith("UrbSecurity")}) == 1


def test_what_the_map_shows_is_said_in_words_that_count_local_authorities_only(client, two_projects):
    html = soup(client.get(f"{ProjectIndexPage.objects.get().url}?view=map"))
    part = html.select_one('[aria-labelledby="map-title"]')
    # Leiria, Mechelen, Nice; in Turin there is a university only.
    assert "3 steden in 3 landen" in text_of(part)
    names = [text_of(name) for name in part.select("text.map__label")]
    assert {"Leiria", "Nice", "Turijn", "Mechelen"} <= set(names)
    listed = part.select_one("details[open]")
    assert {"Leiria", "Nice", "Turijn", "Mechelen"} <= {text_of(link) for link in listed.select("a")}


def test_the_map_shows_what_the_filters_leave(client, two_projects):
    html = soup(client.get(f"{ProjectIndexPage.objects.get().url}?view=map&country=PT"))
    assert {line.partition(":")[0] for line in lines(html)} == {"UrbSecurity"}


def test_a_map_is_offered_from_the_second_city_on(client, site):
    path = ProjectIndexPage.objects.get().url
    nice, leiria = make_city("nice"), make_city("leiria")
    project_with((nice, "partner"), (leiria, "partner"), title="Netwerk")
    for view in ("", "?view=map"):
        html = soup(client.get(path + view))
        assert not html.select("svg.map") and "?view=map" not in links(html).values()
        assert titles(html) == ["Netwerk"]
    project_with((leiria, "lead"), (nice, "partner"), title="Geleid")
    assert "?view=map" in links(soup(client.get(path))).values()


def test_the_page_costs_the_same_however_many_projects_and_cities(two_projects, cost_of):
    path = f"{ProjectIndexPage.objects.get().url}?view=map"
    few = cost_of(path)
    for number in range(6):
        cities = [(make_city(f"city-{number}-{one}"), "lead" if not one else "partner") for one in range(3)]
        project_with(*cities, title=f"Project {number}")
    assert cost_of(path) == few
