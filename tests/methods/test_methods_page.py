"""The page of all methods: what is on it, its filters, and what it does without search."""

import csv

import pytest

from portal.methods.forms import MethodFilters
from portal.methods.models import MethodIndexPage
from tests.factories import make_method
from tests.markup import links, soup, text_of
from tests.methods.factories import items, method
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
    disabled = {box["value"] for box in html.select("input[name=tier][disabled]")}
    assert disabled == {"proactive", "curative"}


def test_methods_without_a_level_or_a_country_are_a_value_so_that_the_numbers_add_up(client, four, searched):
    method("Zonder niveau")
    searched()
    html = read(client)
    tiers = {"proactive": 1, "preventive": 2, "curative": 1, "enforcement": 1, "none": 1}
    assert list(counts(html, "tier").items()) == list(tiers.items())
    assert counts(html, "country") == {"BE": 3, "PT": 1, "none": 1}
    narrowed = read(client, f"{INDEX}?tier=none")
    assert titles(narrowed) == ["Zonder niveau"]
    assert "niet opgegeven" in text_of(narrowed.select_one(".chip--on"))
    assert not narrowed.select(".tier--none")


def test_a_filter_that_narrows_nothing_is_not_offered(client, searched):
    for title in ("Een", "Twee"):
        method(title, tiers=["curative"], evidence_level=1)
    searched()
    assert not read(client).select("[name=tier], [name=evidence], [name=country], [name=topic]")


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


# Cards, table and file of the same list


def lines(html):
    """The lines of the first card, as (label, text)."""
    return [(text_of(line.dt), text_of(line.dd)) for line in html.select_one("li.card").select(".card__lines > div")]


def test_a_card_has_the_same_four_lines_and_says_what_is_not_known(client, searched):
    method("Onbekend")
    searched()
    assert lines(read(client)) == [
        ("Voor wie", "Nog niet bekend"),
        ("Stad", "Nog niet bekend"),
        ("Kosten", "Nog niet bekend"),
        ("Bewijs", "niet beoordeeld"),
    ]


def test_a_card_says_for_whom_and_at_what_cost_by_its_form_and_else_by_the_first_source(client, searched):
    young, victims = make_topic("youth", "jongeren"), make_topic("victims", "slachtoffers")
    rows = items(
        "fact",
        {"part": "for_whom", "text": "Wie overlast ervaart. En anderen.", "source": "", "as_of": ""},
        {"part": "money", "text": "De stad gaf 5.000 euro.", "source": "", "as_of": "2019-03"},
        {"part": "did_not_work", "text": "Te weinig tijd.", "source": "", "as_of": ""},
    )
    method("A", rows=rows)
    method("B", rows=rows, target_groups=[victims, young], age_from=12, cost_once="lt10k", cost_yearly="10k_50k")
    searched()
    html = read(client)
    by_source, by_form = html.select("li.card")
    assert lines(html)[0] == ("Voor wie", "Wie overlast ervaart")
    assert lines(html)[2] == ("Kosten", "De stad gaf 5.000 euro (maart 2019)")
    assert "Zegt wat niet werkte" in text_of(by_source)
    for words in ("Jongeren, slachtoffers, vanaf 12 jaar", "per jaar", "om te starten"):
        assert words in text_of(by_form)


def test_languages_are_named_only_when_they_are_not_all(client, settings, searched, translate):
    both = method("Beide")
    method("Alleen")
    for language in settings.CONTENT_LANGUAGES[1:]:
        translate(both, language)
    searched()
    alone, everywhere = read(client).select("li.card")
    assert text_of(alone.select_one(".card__langs abbr")) == "NL"
    assert not everywhere.select(".card__langs")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_table_has_the_same_things_and_the_same_lines(client, four, translate, language):
    index = MethodIndexPage.objects.get()
    path = (index if language == "nl" else translate(index, language)).url
    cards, table = read(client, f"{path}?tier=preventive"), read(client, f"{path}?tier=preventive&view=table")
    assert [text_of(name) for name in table.select("tbody th[scope=row] > a")] == titles(cards)
    labels = [label for label, _text in lines(cards)]
    assert [text_of(head) for head in table.select("thead th[scope=col]")][-4:] == labels
    assert text_of(table.select("tbody tr")[0].select("td")[-3]) == "Mechelen (BE)" or language == "fr"
    assert not table.select("li.card")
    # Both ways keep the filter, and the filters keep the way.
    assert "?tier=preventive" in links(table).values()
    assert table.select_one(".filters form input[type=hidden][name=view]")["value"] == "table"


@pytest.mark.parametrize(("language", "heading"), [("nl", "Voor wie"), ("fr", "Pour qui")])
def test_the_file_has_exactly_what_the_filters_leave_in_the_language_of_the_page(
    client, four, searched, translate, language, heading
):
    method("=1+1", tiers=["preventive"], lead="x")
    index = MethodIndexPage.objects.get()
    path = (index if language == "nl" else translate(index, language)).url
    searched()
    response = client.get(f"{path}?tier=preventive&format=csv&page=7")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex" and "no-cache" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{path.split("/")[-2]}-')
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text[1:].splitlines(), delimiter=";"))
    assert heading in rows[0]
    assert {row[0] for row in rows[1:]} == {"'=1+1", "Buurtbemiddeling", "Straathoekwerk"}
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_file_has_everything_when_search_does_not_answer(client, four, without_search):
    text = client.get(f"{INDEX}?format=csv").content.decode()
    assert len(text.splitlines()) == 5


# Languages, and whatever stands in an address


def test_the_language_switch_keeps_what_was_chosen_and_nothing_else(client, four, translate):
    french = translate(MethodIndexPage.objects.get(), "fr").url
    html = read(client, f"{INDEX}?topic=debt&tier=curative&view=table&sort=newest&page=1&utm_source=mail&tier=odd")
    assert (
        html.select_one(".langs a[hreflang=fr]")["href"] == f"{french}?topic=debt&tier=curative&sort=newest&view=table"
    )
    assert html.select_one(".langs a[hreflang=en]")["href"] == "/en/"  # there is no such page
    assert not any("?" in link["href"] for link in html.select("link[hreflang]"))
    assert read(client).select_one(".langs a[hreflang=fr]")["href"] == french


def test_a_page_with_other_parameters_is_cached_without_them(client, four, settings):
    settings.PAGE_CACHE_ENABLED = True
    for _visit in range(2):
        html = read(client, f"{INDEX}?utm_source=mail")
        assert not any("utm" in link["href"] for link in html.select("a[href]"))
    assert titles(read(client, f"{INDEX}?tier=curative")) == ["Mediação"]
    assert len(titles(read(client))) == 4


@pytest.mark.parametrize(
    "address",
    [
        "&".join(f"topic=thema-{number}" for number in range(200)),
        "&".join(["topic=debt", *["topic=debt"] * 200]),
        "tier=curative&tier=enforcement&evidence=4&country=AQ&topic=public-space",
        "page=999999",
        "page=-1&view=hostile&sort=hostile&format=hostile",
        f"topic={'a' * 10_000}&tier={'b' * 10_000}&view={'c' * 10_000}&page={'9' * 10_000}",
        "tier=%00&topic=%3Cscript%3E&country=%F0%9F%98%80&view=%27%22%3E&tier[]=1",
        "view=map&view=table&format=",
        "q=%25%25&tier=none&country=none",
    ],
)
@pytest.mark.parametrize("path", [INDEX, "/nl/projecten/", "/nl/problemen/", "/nl/zoeken/"])
def test_any_address_gets_a_page_with_a_sentence_and_keeps_nothing_of_what_it_does_not_know(
    client, four, path, address
):
    html = read(client, f"{path}?{address}")
    assert text_of(html.select_one(".tally > p, .empty, h1"))
    for link in html.select("a[href]"):
        assert len(link["href"]) < 2000 and "hostile" not in link["href"] and "script" not in link["href"]
