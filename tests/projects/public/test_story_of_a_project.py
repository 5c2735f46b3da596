"""What a visitor reads of a project: what was done first, each statement with the number of its source."""

import json

import pytest
from wagtail.images.tests.utils import get_test_image_file

from portal.core.models import ImageRights, SchakelImage
from portal.projects.public import project_page
from portal.projects.public.search_documents import project_documents
from tests.factories import make_method
from tests.markup import soup, text_of
from tests.projects.factories import event, project_with

pytestmark = pytest.mark.django_db

SOURCES = [
    {"type": "source", "value": {"key": "city", "title": "UrbSecurity (stad)", "url": "https://example.org/city"}},
    {"type": "source", "value": {"key": "urbact", "title": "Parks (URBACT)", "url": "https://example.org/parks"}},
]


@pytest.fixture
def urbsecurity(site):
    return project_with(
        title="UrbSecurity",
        fund="erdf",
        period="2014-2020",
        home_city_role="partner",
        sources=json.dumps(SOURCES),
        challenge="<p>Waarom ontstaat overlast? [urbact]</p>",
        what_was_done="<p>De stad testte sloten. [urbact, city]</p>",
        results='<p>Een plan. [city]</p><p class="general">Een plan is nog geen effect.</p>',
        what_still_runs="<p>De sloten werken in 2023. [city]</p>",
    )


def page_of(client, project):
    response = client.get(project.url)
    assert response.status_code == 200
    return soup(response.content.decode())


def test_what_was_done_what_came_of_it_and_what_still_runs_come_before_the_challenge(client, urbsecurity):
    sections = [section["id"] for section in page_of(client, urbsecurity).select(".spine > section")]
    assert sections[:4] == ["what-was-done", "results", "what-still-runs", "challenge"]


def test_the_facts_stand_before_the_text(client, urbsecurity):
    html = str(page_of(client, urbsecurity))
    assert html.index('class="facts') < html.index('id="what-was-done"')


@pytest.mark.parametrize(
    ("language", "heading"), [("nl", "Wat Mechelen deed"), ("fr", "Ce que Malines a fait"), ("de", "Was Mechelen")]
)
def test_the_heading_names_mechelen_in_the_language_of_the_page(client, urbsecurity, translate, language, heading):
    page = urbsecurity if language == "nl" else translate(urbsecurity, language)
    assert heading in text_of(page_of(client, page).select_one("#what-was-done h2"))


def test_the_heading_does_not_say_mechelen_while_its_role_is_not_known(client, site):
    emma = project_with(title="EMMA", home_city_role="unknown", what_was_done="<p>VVSG leidde het project.</p>")
    page = page_of(client, emma)
    assert "Mechelen" not in text_of(page.select_one("#what-was-done h2"))
    assert "Mechelen" not in text_of(page.select_one("a[href='#what-was-done']"))


def test_a_sentence_links_to_its_sources_by_their_numbers(client, urbsecurity):
    page = page_of(client, urbsecurity)
    links = page.select("#what-was-done a.ref")
    assert [(link["href"], link.text) for link in links] == [("#source-1", "1"), ("#source-2", "2")]
    assert all(page.select_one(link["href"]) for link in links)
    assert "[" not in page.select_one("#what-was-done").text


def test_a_translation_numbers_the_sources_of_the_dutch_page(client, urbsecurity, translate):
    links = page_of(client, translate(urbsecurity, "fr")).select("#challenge a.ref")
    assert [link["href"] for link in links] == ["#source-2"]


def test_general_knowledge_is_marked_and_the_mark_is_explained(client, urbsecurity):
    page = page_of(client, urbsecurity)
    assert "Een plan is nog geen effect." in page.select_one("#results p.general").text
    assert len(page.select(".voices")) == 1


def test_the_mark_is_not_explained_where_nothing_is_marked(client, site):
    assert not page_of(client, project_with(title="Efus", results="<p>Een netwerk.</p>")).select(".voices")


def test_the_logo_of_the_programme_stands_beside_the_emblem_with_its_alternative_text(client, urbsecurity):
    logo = SchakelImage.objects.create(
        title="urbact", file=get_test_image_file(size=(900, 300)), alternative_nl="URBACT III", rights=ImageRights.OWN
    )
    urbsecurity.programme_logo = logo
    urbsecurity.save_revision().publish()
    image = page_of(client, urbsecurity).select_one(".funding img")
    assert image["alt"] == "URBACT III"
    assert int(image["height"]) <= 144


def test_nothing_stands_beside_the_emblem_without_a_logo(client, urbsecurity):
    funding = page_of(client, urbsecurity).select_one(".funding")
    assert funding.select("svg")
    assert not funding.select("img")


def test_what_is_not_known_is_said_with_where_to_ask(client, site, monkeypatch):
    monkeypatch.setattr(
        project_page, "ask_url", lambda language, about, row: f"/{language}/ask/?about={about}&row={row}"
    )
    section = page_of(client, project_with(title="EMMA", key="emma")).select_one("#what-still-runs")
    assert "Nog niet bekend" in section.text
    assert section.select_one("a")["href"] == "/nl/ask/?about=project:emma&row=what_still_runs"


def test_nobody_is_sent_to_ask_while_no_room_takes_questions(client, site, monkeypatch):
    monkeypatch.setattr(project_page, "ask_url", lambda language, about, row: "")
    section = page_of(client, project_with(title="EMMA")).select_one("#what-still-runs")
    assert "Nog niet bekend" in section.text
    assert not section.select("a")


def test_a_fund_on_which_sources_disagree_leads_to_what_they_say(client, site):
    pericles = project_with(
        title="PERICLES",
        fund="unresolved",
        sources=json.dumps(SOURCES),
        funding_note="<p>De stad noemt Horizon 2020. [city]</p>",
    )
    page = page_of(client, pericles)
    assert page.select_one(".facts a[href='#funding']")
    assert "Horizon 2020" in page.select_one("#funding").text
    assert not page.select(".funding svg")


def test_search_reads_the_words_of_a_project_without_the_names_of_its_sources(urbsecurity):
    [document] = project_documents([urbsecurity.key])
    assert "De stad testte sloten." in document.texts["nl"].body
    assert "De sloten werken in 2023." in document.texts["nl"].body
    assert "[" not in document.texts["nl"].body


def test_a_moment_names_its_source(client, urbsecurity):
    urbsecurity.timeline = json.dumps([event(1, "Begin van het netwerk. [city]", "2019-09-02")])
    urbsecurity.save_revision().publish()
    assert page_of(client, urbsecurity).select_one("#timeline a.ref")["href"] == "#source-1"


@pytest.mark.parametrize(
    ("relations", "shown"), [(("related", "born_in"), "ontstaan"), (("used", "related"), "gebruikt")]
)
def test_a_method_shows_its_closest_relation_to_a_project(client, site, relations, shown):
    method = make_method(title="Leefbaarheidstoetsen", key="leefbaarheidstoetsen")
    project_with(title="UrbSecurity", methods=[(method, relation) for relation in relations])
    assert shown in page_of(client, method).select_one("main").text.lower()
