"""The page of all methods: what is on it, its filters, and what it does without search."""

import pytest

from portal.methods.forms import MethodFilters
from tests.factories import make_method
from tests.markup import links, soup, text_of
from tests.methods.factories import method
from tests.organisations.factories import make_city, make_home_city, make_organisation
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db

INDEX = "/nl/methodieken/"


def read(client, address=INDEX):
    response = client.get(address)
    assert response.status_code == 200
    return soup(response)


def titles(html):
    """The titles of the cards, in their order."""
    return [text_of(title) for title in html.select(".card__title > a")]


def counts(html, name):
    """The counts behind the options of a filter."""
    options = html.select(f"label > input[name={name}]")
    return {option["value"]: int(text_of(option.parent.select("span")[-1])) for option in options}


@pytest.fixture
def four(searched):
    """Four methods on three tiers and two topics, of two countries."""
    park, debt = make_topic("public-space", "openbare ruimte"), make_topic("debt", "schulden")
    mechelen = make_organisation("stad-mechelen", "Stad Mechelen", city=make_home_city())
    leiria = make_city("leiria", "Leiria")
    method("Buurtbemiddeling", tiers=["preventive"], topics=[park], owned_by=mechelen, evidence_level=2)
    method("Geschakeld optreden", tiers=["enforcement"], topics=[park], owned_by=mechelen, cost_yearly="lt10k")
    method("Straathoekwerk", tiers=["proactive", "preventive"], topics=[debt], owned_by=mechelen)
    method("Mediação", tiers=["curative"], topics=[debt], owned_by=leiria)
    make_method(title="Nog een ontwerp", publish=False)
    searched()


def test_all_public_methods_are_listed_by_title_and_drafts_never(client, four):
    assert titles(read(client)) == ["Buurtbemiddeling", "Geschakeld optreden", "Mediação", "Straathoekwerk"]


def test_a_card_says_promise_tier_city_evidence_and_cost(client, searched):
    owner = make_organisation("stad-mechelen", "Stad Mechelen", city=make_home_city())
    method("Buurtbemiddeling", tiers=["curative"], lead="Buren praten weer.", owned_by=owner, cost_yearly="lt10k")
    searched()
    card = read(client).select_one("li.card")
    for words in ("Buren praten weer.", "Mechelen (BE)", "niet beoordeeld", "10.000"):
        assert words in text_of(card)
    assert card.select(".tier--curative")


def test_a_filter_narrows_the_list_and_its_own_counts_stay(client, four):
    html = read(client, f"{INDEX}?topic=public-space&tier=enforcement")
    assert titles(html) == ["Geschakeld optreden"]
    # The tiers are counted among the methods on public space, as if no tier were chosen.
    assert counts(html, "tier") == {"proactive": 0, "preventive": 1, "curative": 0, "enforcement": 1}


def test_two_values_of_one_filter_widen_the_list(client, four):
    html = read(client, f"{INDEX}?tier=enforcement&tier=curative")
    assert titles(html) == ["Geschakeld optreden", "Mediação"]


def test_methods_are_filtered_by_country_and_evidence(client, four):
    assert titles(read(client, f"{INDEX}?country=PT")) == ["Mediação"]
    assert titles(read(client, f"{INDEX}?evidence=2")) == ["Buurtbemiddeling"]


def test_what_no_filter_knows_is_ignored(client, four):
    html = read(client, f"{INDEX}?tier=nonsense&topic=gone&country=XX&evidence=9&page=zero&sort=odd&tier=curative")
    assert titles(html) == ["Mediação"]


def test_each_choice_can_be_taken_away_by_a_link(client, four):
    html = read(client, f"{INDEX}?topic=public-space&tier=enforcement")
    assert {"?topic=public-space", "?tier=enforcement"} <= set(links(html).values())


def test_no_result_offers_the_way_back(client, four):
    html = read(client, f"{INDEX}?tier=curative&topic=public-space")
    assert titles(html) == []
    assert html.main.select(f'a[href="{INDEX}"]')


def test_a_page_after_the_last_shows_the_last(client, four):
    assert len(titles(read(client, f"{INDEX}?page=40"))) == 4


def test_an_untranslated_method_is_listed_in_french_as_the_dutch_item_it_is(client, translate, searched):
    translated = method("Buurtbemiddeling")
    method("Straathoekwerk")
    french = translate(translated, "fr", title="Médiation de quartier")
    searched()
    html = read(client, french.get_parent().url)
    dutch = html.select_one('[lang=nl] > a[href="/nl/methodieken/straathoekwerk/"]')
    assert (text_of(dutch), dutch["hreflang"]) == ("Straathoekwerk", "nl")
    assert links(html)["Médiation de quartier"] == french.url


def test_without_search_everything_is_listed_and_the_page_says_that_filtering_is_off(client, four, without_search):
    html = read(client, f"{INDEX}?tier=curative")
    assert titles(html) == ["Buurtbemiddeling", "Geschakeld optreden", "Mediação", "Straathoekwerk"]
    assert not html.select("[name=tier]")
    assert "filteren" in text_of(html).lower()


def test_without_search_the_french_list_goes_by_its_own_titles(client, site, translate, without_search):
    first, second = method("Aanpak"), method("Bemiddeling")
    translate(first, "fr", title="Zones d'approche")
    french = translate(second, "fr", title="Médiation")
    assert titles(read(client, french.get_parent().url)) == ["Médiation", "Zones d'approche"]


def test_the_page_costs_the_same_however_many_methods(searched, cost_of):
    topic = make_topic("public-space")
    owner = make_organisation("stad-mechelen", city=make_home_city())
    method("Eerste", topics=[topic], owned_by=owner, tiers=["curative"])
    searched()
    few = cost_of(INDEX)
    for number in range(12):
        city = make_city(f"stad-{number}")
        method(f"Volgende {number}", topics=[topic, make_topic(f"thema-{number}")], owned_by=city, tiers=["preventive"])
    searched()
    assert cost_of(INDEX) == few


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("0", 1), ("-3", 1), ("7", 7), ("x", 1), ("999999", 100000), ("9" * 5000, 1)]
)
def test_any_page_number_is_read(asked, page):
    assert MethodFilters({"page": asked}, topics=()).cleaned_data["page"] == page
