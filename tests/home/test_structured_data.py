"""What every page says to machines: in the words of schema.org, and nothing that it does not say to people."""

import json
from datetime import date

import pytest
from django.conf import settings

from portal.ask.models import AskPage
from portal.core.models import SiteWords
from portal.core.page_cache import cached_values
from portal.core.routing.structure import structure
from portal.home.models import ChangesPage, HomePage
from portal.methods.models import MethodPage
from portal.organisations.structured_data import TYPES as OF_ORGANISATIONS
from portal.projects.models import ProjectPage
from portal.projects.public.structured_data import TYPES as OF_PROJECTS
from portal.topics.models import TopicIndexPage
from tests.factories import make_method, make_project
from tests.home.everything import Everything
from tests.methods.factories import items
from tests.organisations.factories import make_contact, make_home_city, make_organisation
from tests.projects.factories import project_with
from tests.schema_org import TYPES, graph_of, mistakes, node_of, nodes_in, said_by_nobody
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db

BASE = settings.WAGTAILADMIN_BASE_URL
LEAD = "Zo pakt u het aan & zo niet </script>."
SOURCE = {"key": "police-2019", "title": "Jaarverslag", "url": "https://example.org/jaar", "as_of": "", "read_on": ""}
STEPS = (
    {"title": "Luisteren", "text": "Ga langs bij wie meldt. [police-2019]", "general": ""},
    {"title": "Afspreken", "text": "Maak een afspraak. [police-2019]", "general": "Schrijf ze op."},
)
CITY = {
    "short_name": "Mech.",
    "country": "BE",
    "website": "https://www.mechelen.be/",
    "description_nl": "Een stad aan de Dijle.",
}


METHOD = {
    "key": "buurtwerk",
    "title": "Buurtwerk",
    "lead": LEAD,
    "position_as_of": date(2021, 9, 14),
    "reviewed_on": date(2026, 1, 5),
    "licence": "CC BY 4.0",
    "steps": items("step", *STEPS),
    "sources": items("source", SOURCE),
}
PROJECT = {
    "key": "orpheus",
    "title": "ORPHEUS",
    "lead": LEAD,
    "full_name": "Orpheus in voluit",
    "start": "2019-03",
    "end": "2021-02-28",
    "fund": "h2020",
    "period": "2014-2020",
    "grant_number": "101234",
    "eu_contribution_eur": "1200000",
    "website": "https://example.org/orpheus",
    "position_as_of": date(2024, 5, 1),
}


@pytest.fixture
def everything(site):
    """One thing of every kind, with all that its structured data can say."""
    everything = Everything()
    everything.add()
    MethodPage.objects.filter(key="buurtwerk").update(**METHOD)
    ProjectPage.objects.filter(key="orpheus").update(**PROJECT)
    for record, fields in ((everything.city, CITY), (everything.owner, CITY | {"type": "service"})):
        type(record).objects.filter(pk=record.pk).update(**fields)
    _name_publisher()
    return everything


def _name_publisher():
    site = HomePage.objects.get(locale__language_code="nl").get_site()
    SiteWords.objects.update_or_create(site=site, defaults={"publisher_nl": "Stad Mechelen", "publisher_fr": "Malines"})
    cached_values.clear()


def paths_of(everything, language):
    sections = [place.url for place in structure().public_sections(language)]
    return [f"/{language}/", *sections, *everything.paths(language)]


def data_of(client, page):
    return graph_of(client.get(page.get_url()))


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_follows_schema_org_and_says_what_it_shows(client, everything, translate, language):
    everything.translate(translate, "fr")
    for model in (AskPage, ChangesPage):
        translate(model.objects.get(locale__language_code="nl"), "fr")
    seen = set()
    for path in paths_of(everything, language):
        response = client.get(path)
        graph = graph_of(response)
        assert mistakes(graph) == [], path
        assert said_by_nobody(response, language) == [], path
        page = next(node for node in graph if node["@type"].endswith("Page"))
        assert (page["url"], page["inLanguage"]) == (f"{BASE}{path}", language)
        assert ("breadcrumb" in page) is (path != f"/{language}/")
        seen |= {node["@type"] for node in nodes_in(graph)}
    assert seen > {"WebSite", "SearchAction", "BreadcrumbList", "CollectionPage", "ContactPage", "AboutPage"}
    assert seen > {"TechArticle", "HowTo", "Article", "ResearchProject", "MonetaryGrant", "DefinedTerm"}
    assert seen > {"GovernmentOrganization", "Organization", "PostalAddress", "ContactPoint", "DefinedTermSet"}
    assert "FAQPage" not in seen


def test_the_check_sees_what_is_wrong():
    assert mistakes([{"@type": "Webinar"}])
    assert mistakes([{"@type": "WebSite", "startDate": "2026-01-01"}])
    assert mistakes([{"@type": "WebSite", "url": "/nl/"}])
    assert mistakes([{"@type": "Event", "startDate": "1 januari"}])
    assert mistakes([{"@type": "Event", "organizer": {"@type": "WebSite"}}])
    assert mistakes([{"@type": "Event", "about": {"@type": "DefinedTerm", "startDate": "2026"}}])
    assert not mistakes([{"@type": "Event", "startDate": "2026-01-01T10:00:00+01:00"}])


def test_the_check_sees_what_the_page_does_not_say():
    data = json.dumps(
        {"@context": "https://schema.org", "@graph": [{"@type": "Event", "name": "Feest", "startDate": "2026-01-02"}]}
    )
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    assert len(said_by_nobody(f"<html>{head}<body>Niets</body></html>", "nl")) == 2
    assert said_by_nobody(f"<html>{head}<body>Het feest, 2 januari 2026</body></html>", "nl") == []


def test_the_start_page_offers_the_search_box_of_its_language(client, site):
    _name_publisher()
    website = node_of(graph_of(client.get("/nl/")), "WebSite")
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{BASE}/nl/zoeken/?q={{search_term_string}}"
    assert client.get(target.removeprefix(BASE).format(search_term_string="buurt")).status_code == 200
    assert website["publisher"] == {"@type": "Organization", "@id": f"{BASE}/#publisher", "name": "Stad Mechelen"}


def test_a_breadcrumb_leads_from_home_to_the_page(client, site):
    method = make_method(**METHOD)
    steps = node_of(data_of(client, method), "BreadcrumbList")["itemListElement"]
    paths = [step["item"]["@id"].removeprefix(BASE) for step in steps]
    assert paths == ["/nl/", "/nl/methodieken/", method.get_url()]
    assert [step["position"] for step in steps] == [1, 2, 3]


def test_a_method_is_an_article_that_says_of_which_day_it_is_the_position(client, site):
    graph = data_of(client, make_method(**METHOD))
    article = node_of(graph, "TechArticle")
    assert (article["headline"], article["description"]) == ("Buurtwerk", LEAD)
    assert article["temporalCoverage"] == "2021-09-14"
    assert article["identifier"] == f"{BASE}/id/method/buurtwerk"
    assert article["citation"] == [{"@type": "CreativeWork", "name": "Jaarverslag", "url": SOURCE["url"]}]
    assert node_of(graph, "WebPage")["lastReviewed"] == "2026-01-05"


def test_steps_are_a_how_to_when_a_source_says_each_of_them(client, site):
    how_to = node_of(data_of(client, make_method(**METHOD)), "TechArticle")["mainEntity"]
    assert [(step["position"], step["name"], step["text"]) for step in how_to["step"]] == [
        (1, "Luisteren", "Ga langs bij wie meldt."),
        (2, "Afspreken", "Maak een afspraak."),
    ]


def test_one_step_without_a_source_makes_it_no_how_to(client, site):
    method = make_method(**METHOD)
    for text in ("Maak een afspraak.", "Maak een afspraak. [elders]", ""):
        steps = items("step", STEPS[0], STEPS[1] | {"text": text})
        MethodPage.objects.filter(pk=method.pk).update(steps=steps)
        assert "mainEntity" not in node_of(data_of(client, method), "TechArticle")


def test_a_project_says_its_partners_period_and_grant(client, site):
    graph = data_of(client, project_with((make_organisation("efus", "Efus"), "lead"), **PROJECT))
    project = node_of(graph, "ResearchProject")
    assert project["@id"] == f"{BASE}/id/project/orpheus"
    assert (project["foundingDate"], project["dissolutionDate"]) == ("2019-03", "2021-02-28")
    assert project["funding"]["identifier"] == "101234"
    assert project["funding"]["amount"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": 1200000.0}
    assert [member["@id"] for member in project["member"]] == [f"{BASE}/id/organisation/efus"]


def test_what_is_about_then_or_not_confirmed_is_not_said_to_machines(client, site):
    project = make_project(**PROJECT | {"start": "2019~", "unconfirmed": ["end", "fund", "website", "full_name"]})
    said = node_of(data_of(client, project), "ResearchProject")
    assert not {"foundingDate", "dissolutionDate", "funding", "sameAs", "alternateName"} & set(said)


def test_a_network_and_a_partnership_are_no_research_projects(client, site):
    project = make_project(**PROJECT)
    for kind, name in (("network", "Organization"), ("partnership", "Project")):
        ProjectPage.objects.filter(pk=project.pk).update(type=kind)
        main = next(node for node in data_of(client, project) if node.get("@id") == f"{BASE}/id/project/orpheus")
        assert main["@type"] == name


def test_a_topic_is_a_term_of_the_thesaurus(client, site):
    topic = make_topic("nuisance", "overlast", definition_nl="Wat hindert.", alternatives_nl="hinder\nlast")
    make_method(topics=[topic], **METHOD)
    term = node_of(graph_of(client.get(topic.path_in("nl"))), "DefinedTerm")
    assert (term["name"], term["description"]) == ("Overlast", "Wat hindert.")
    assert term["@id"] == f"{BASE}/id/topic/nuisance"
    assert {"hinder", "last"} <= set(term["alternateName"])
    terms = node_of(graph_of(client.get(TopicIndexPage.objects.get().get_url())), "DefinedTermSet")
    assert term["inDefinedTermSet"] == {"@id": terms["@id"]}


def test_an_organisation_says_where_it_is_and_whom_to_ask(client, site):
    city = make_home_city()
    owner = make_organisation("stad", "Stad Mechelen", city=city, type="service", **CITY)
    make_contact("preventie", "Dienst preventie", organisation=owner, url="https://example.org/formulier")
    node = next(one for one in graph_of(client.get(owner.path_in("nl"))) if "address" in one)
    assert node["@id"] == f"{BASE}/id/organisation/stad"
    assert node["address"] == {"@type": "PostalAddress", "addressLocality": "Mechelen", "addressCountry": "BE"}
    assert node["contactPoint"][0]["contactType"] == "Dienst preventie"
    assert node["sameAs"] == CITY["website"]


def test_nothing_that_somebody_wrote_ends_the_script(client, site):
    html = client.get(make_method(**METHOD).get_url()).content.decode()
    script = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in script and ">" not in script and "&" not in script
    assert LEAD in json.dumps(json.loads(script), ensure_ascii=False)


def test_a_very_long_lead_and_title_are_said_in_short(client, site):
    response = client.get(make_method(**METHOD | {"lead": "Woord " * 400, "title": "T" * 255}).get_url())
    article = node_of(graph_of(response), "TechArticle")
    assert len(article["description"]) <= 500 and article["headline"] == "T" * 255
    assert said_by_nobody(response, "nl") == []


def test_results_and_errors_have_none(client, site):
    assert graph_of(client.get("/nl/zoeken/?q=x")) == []
    assert graph_of(client.get("/nl/bestaat-niet/")) == []


def test_a_page_type_without_a_description_of_its_own_is_a_web_page(client, site):
    graph = graph_of(client.get(ChangesPage.objects.get().get_url()))
    assert [node["@type"] for node in graph] == ["WebSite", "WebPage", "BreadcrumbList"]
    assert graph[0]["@id"] == f"{BASE}/nl/#website"


def test_the_types_of_organisations_and_projects_are_known_to_schema_org():
    assert {*OF_ORGANISATIONS.values(), *OF_PROJECTS.values()} <= set(TYPES)
