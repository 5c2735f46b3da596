"""The page of a method: what a visitor reads at once, what is left out, what is read from the Dutch page."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from portal.methods.models import MethodPage, MethodPartner
from portal.organisations.models import Organisation
from tests.factories import make_method
from tests.markup import links, soup, text_of
from tests.methods.factories import adoption, items, method
from tests.organisations.factories import make_contact, make_home_city, make_organisation
from tests.projects.factories import project_with
from tests.topics.factories import make_topic
from tests.webinars.factories import make_caption, make_recording

pytestmark = pytest.mark.django_db


def read(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return soup(response)


def sections(html):
    """The headings of the page's sections, in their order."""
    return [text_of(heading) for heading in html.select("section[id] > h2")]


@pytest.fixture
def owner(site):
    return make_organisation("stad-mechelen", "Stad Mechelen", name_fr="Ville de Malines", city=make_home_city())


def test_the_rows_to_decide_by_come_right_after_the_lead_and_before_the_text(client, site):
    page = method(
        "Straathoekwerk",
        lead="Werkers gaan naar jongeren toe.",
        age_from=12,
        age_to=25,
        contact=make_contact("dienst", "Dienst preventie", url="https://stad.example/vraag"),
        mechanism="<p>Vertrouwen groeit.</p>",
    )
    html = client.get(page.url).content.decode()
    at = [
        html.index(words)
        for words in (
            'class="lead"',
            'id="row-whom"',
            "12 tot 25",
            'id="row-need"',
            'href="https://stad.example/vraag"',
            "sheaf__side",
            "Vertrouwen groeit.",
        )
    ]
    assert at == sorted(at)


def test_without_a_contact_the_owner_is_whom_to_ask(client, owner):
    html = read(client, method("Straathoekwerk", owned_by=owner))
    assert "Stad Mechelen" in text_of(html.select_one(".sheaf__head"))


def test_the_facts_say_status_owner_city_role_evidence_position_and_that_nobody_reviewed_it(client, owner):
    page = method(
        "Straathoekwerk",
        status="pilot",
        since="2019~",
        owned_by=owner,
        home_city_role="takes_part",
        evidence_level=1,
        position_as_of="2021-09-14",
        position_source="Presentatie",
    )
    facts = text_of(read(client, page).select_one(".sheaf__head"))
    for words in ("Stad Mechelen", "België", "neemt deel", "beschreven", "14 september 2021", "Presentatie", "2019"):
        assert words in facts
    assert "nog niet nagelezen" in facts


def test_a_tier_says_who_placed_the_method_there(client, site):
    aside = text_of(read(client, method("Straathoekwerk", tiers=["proactive"])).aside)
    assert "de afdeling" in aside


def test_groups_about_which_nothing_is_known_are_left_out_for_visitors(client, site):
    page = method("Straathoekwerk", challenge="<p>Jongeren hangen rond.</p>", results='<p data-block-key="x"></p>')
    assert sections(read(client, page)) == ["De nood", "Bronnen en citeren"]


def test_a_preview_tells_staff_what_is_not_known_yet(site):
    page = method("Straathoekwerk")
    page.challenge = "<p>Nog niet bewaard.</p>"
    response = page.make_preview_request(preview_mode="")
    html = soup(response)
    assert "Nog niet bewaard." in text_of(html)
    assert len(sections(html)) == 8


def test_what_did_not_work_has_a_heading_of_its_own_beside_the_results(client, site):
    page = method("Straathoekwerk", results="<p>Meer contact.</p>", what_did_not_work="<p>Elke dag was te veel.</p>")
    html = read(client, page)
    assert sections(html)[:2] == ["Resultaten", "Wat niet werkte"]
    assert "#not-worked" in links(html).values()


def test_facts_of_a_translation_are_those_of_the_dutch_page_of_today(client, owner, translate):
    page = method(
        "Straathoekwerk",
        owned_by=owner,
        figure_kind="ladder",
        figure=items("rung", {"title": "Praten", "text": "", "tier": "proactive", "confirmed": False}),
        figures=items("figure", {"value": "46", "text": "mensen", "year": "2019", "source": ""}),
    )
    french = translate(page, "fr", title="Travail de rue")
    assert read(client, french).select(".rung--unconfirmed")
    page = MethodPage.objects.get(pk=page.pk)
    page.evidence_level = 3
    page.figure = items("rung", {"title": "Praten", "text": "", "tier": "curative", "confirmed": True})
    page.figures = items("figure", {"value": "46", "text": "mensen", "year": "2020", "source": ""})
    page.save_revision().publish()
    html = read(client, french)
    words = text_of(html)
    assert "Praten fr" in words
    assert not html.select(".rung--unconfirmed")
    assert html.select(".rung.tier--curative")
    assert "2020" in words
    with translation.override("fr"):
        assert str(page.get_evidence_level_display()) in words
    assert "Ville de Malines" in words


def test_a_translation_by_machine_says_so_at_the_legal_passage(client, site, translate):
    page = method("Straathoekwerk", legal_basis="<p>Wet van 24 juni 2013.</p>", mechanism="<p>Praten.</p>")
    by_machine = translate(page, "fr", translation_type="machine")
    MethodPage.objects.filter(pk=by_machine.pk).update(translation_origin="machine")
    notice = read(client, by_machine).find("p", string=re.compile("Ce passage juridique a été traduit par une machine"))
    assert any("24 juni 2013. fr" in passage.text for passage in notice.find_all_previous("p"))
    assert "machine" not in read(client, page).article.text


def test_related_methods_are_shown_on_both_and_a_draft_on_none(client, site):
    second = method("Bemiddeling")
    draft = make_method(title="Ontwerp", key="ontwerp", publish=False)
    first = method("Straathoekwerk", related=[second, draft])
    assert links(read(client, first).article)["Bemiddeling"] == second.url
    assert links(read(client, second).article)["Straathoekwerk"] == first.url
    assert "Ontwerp" not in str(read(client, first))


def test_a_related_method_is_shown_in_the_visitors_language_or_as_the_dutch_item_it_is(client, site, translate):
    translated, dutch = method("Bemiddeling"), method("Buurtwerk")
    page = method("Straathoekwerk", related=[translated, dutch])
    translate(translated, "fr", title="Médiation")
    html = read(client, translate(page, "fr", title="Travail de rue"))
    assert "Médiation" in text_of(html)
    assert html.select('a[href="/nl/methodieken/buurtwerk/"][lang=nl]')


def test_who_uses_it_is_named_with_how_and_since_when(client, owner):
    page = method("Straathoekwerk")
    adoption(page, owner, how="adapted", since="2020", note_nl="Ook overdag.")
    adoption(page, make_organisation("ontwerp", "Dienst in ontwerp"), live=False)
    hidden = make_organisation("verborgen", "Verborgen dienst")
    Organisation.objects.filter(pk=hidden.pk).update(live=False)
    adoption(page, hidden)
    words = text_of(read(client, page))
    assert "Stad Mechelen" in words
    assert "2020" in words
    assert "Ook overdag." in words
    assert "Dienst in ontwerp" not in words
    assert "Verborgen dienst" not in words


def test_projects_join_the_methods_that_were_born_in_them(client, site):
    page = method("Straathoekwerk")
    project = project_with(title="ORPHEUS", methods=[(page, "born_in")])
    joined = read(client, page).select_one("section#joined, section:has(#joined)")
    assert project.url in links(joined).values()


def test_a_link_in_a_text_to_a_withdrawn_method_keeps_its_words_only(client, site):
    other = method("Bemiddeling")
    page = method("Straathoekwerk", mechanism=f'<p>Zie <a linktype="page" id="{other.pk}">bemiddeling</a>.</p>')
    assert links(read(client, page))["bemiddeling"] == other.url
    other.unpublish()
    assert other.url not in str(read(client, page))
    assert "bemiddeling" in text_of(read(client, page))


def test_topics_lead_to_their_pages(client, site):
    hidden = make_topic("hidden", "verborgen", live=False)
    page = method("Straathoekwerk", topics=[make_topic("youth", "jongeren"), hidden])
    html = read(client, page)
    assert text_of(html.select_one('a.chip[href="/nl/themas/youth/"]')) == "jongeren"
    assert "verborgen" not in str(html)


def test_it_is_cited_by_its_permanent_identifier_which_leads_back(client, site):
    page = method("Straathoekwerk", position_as_of="2021-09-14")
    html = read(client, page)
    identifier = urlsplit(html.select_one(".cite__text a")["href"]).path
    assert identifier == "/id/method/straathoekwerk"
    assert client.get(identifier).url == page.url


def test_a_draft_has_no_page(client, site):
    page = make_method(title="Ontwerp", key="ontwerp", publish=False)
    assert client.get(page.get_url()).status_code == 404
    assert client.get("/id/method/ontwerp").status_code == 404


def test_the_page_costs_the_same_however_much_is_joined(owner, cost_of):
    topic = make_topic("youth")
    partner = [MethodPartner(organisation=owner)]
    other = method("Bemiddeling")
    linked = f'<p>Zie <a linktype="page" id="{other.pk}">daar</a>.</p>'
    small = method("Klein", owned_by=owner, topics=[topic], partners=partner, related=[other], mechanism=linked)
    many = [method(f"Methode {number}") for number in range(8)]
    links = "".join(f'<p><a linktype="page" id="{page.pk}">{page.pk}</a></p>' for page in many)
    large = method(
        "Groot",
        owned_by=owner,
        topics=[make_topic(f"thema-{number}") for number in range(12)],
        partners=[MethodPartner(organisation=make_organisation(f"dienst-{number}")) for number in range(8)],
        related=many,
        mechanism=links,
        challenge=links,
        evaluation=links,
        tiers=["proactive", "curative"],
    )
    for number in range(6):
        adoption(large, make_organisation(f"stad-{number}"))
    assert cost_of(small.url) == cost_of(large.url)


def test_a_translation_with_something_of_every_room_stays_within_the_budget(owner, translate, cost_of):
    page = method(
        "Online ruimtes",
        owned_by=owner,
        contact=make_contact("dienst", "Dienst preventie", email="dienst@example.org"),
        topics=[make_topic("youth")],
        partners=[MethodPartner(organisation=make_organisation("dienst"))],
        related=[method("Bemiddeling")],
        tiers=["proactive"],
        sources=items("source", {"title": "Een krant", "url": "", "as_of": ""}),
    )
    adoption(page, make_organisation("leiria"))
    project_with(title="ORPHEUS", methods=[(page, "born_in")])
    make_caption(make_recording(methods=[(page, 5)]))
    english = translate(page, "en", title="Online spaces")
    cold, warm = cost_of(english.url)
    assert warm < cold


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Lopend op 14 september 2021"),
        ("fr", "En cours au 14 septembre 2021"),
        ("en", "Running on 14 September 2021"),
        ("de", "Läuft (Stand: 14. September 2021)"),
    ],
)
def test_a_status_says_of_which_day_it_is(client, site, translate, language, said):
    method = make_method(key="buurttafel", title="Buurttafel", status="running", position_as_of=date(2021, 9, 14))
    page = method if language == "nl" else translate(method, language)
    assert said in text_of(soup(client.get(page.get_url())).select_one(".kicker"))


def test_what_stopped_stays_stopped(client, site):
    method = make_method(key="buurttafel", title="Buurttafel", status="stopped", position_as_of=date(2021, 9, 14))
    assert text_of(soup(client.get(method.get_url())).select_one(".kicker")) == "Methodieken Gestopt"


def test_where_a_method_is_done_is_no_target_group(client, site):
    youth, square = make_topic("youth", "jongeren"), make_topic("square", "plein")
    method = make_method(key="buurttafel", title="Buurttafel")
    method.target_groups.set([youth])
    method.settings.set([square])
    method.save_revision().publish()
    html = soup(client.get(method.get_url()))
    assert text_of(html.select_one("#row-whom .chip")) == "jongeren"
    assert text_of(html.select_one("#joined .chip")) == "plein"
