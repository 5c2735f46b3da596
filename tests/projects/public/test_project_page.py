import json
from decimal import Decimal

import pytest
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.projects.choices import PartnerRole
from portal.projects.models import ProjectPage
from portal.projects.public.project_page import project_page
from portal.topics.models import Topic
from tests.factories import make_method
from tests.markup import soup, text_of
from tests.organisations.factories import make_city, make_contact, make_home_city, make_organisation
from tests.projects.factories import event, project_with

pytestmark = pytest.mark.django_db


def body(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def urbsecurity(site):
    home, leiria = make_home_city(), make_city("leiria", "Leiria")
    city = make_organisation("stad-mechelen", "Stad Mechelen", name_fr="Ville de Malines", city=home)
    return project_with(
        (leiria, "lead"),
        (city, "partner"),
        title="UrbSecurity",
        lead="Negen steden zochten samen.",
        programme="URBACT III",
        period="2014-2020",
        fund="erdf",
        home_city_role="partner",
        total_budget_eur=Decimal("748875.55"),
        eu_contribution_eur=Decimal("585844.22"),
        start="2019-09-02",
        end="2022-08-07",
        challenge="<p>Waarom ontstaat overlast?</p>",
        timeline=json.dumps([event(1, "Begin van het netwerk.", "2019-09-02"), event(2, "Slot.", "2022-08", True)]),
    )


def test_the_emblem_and_the_fund_stand_above_the_lead(client, urbsecurity):
    html = body(client, urbsecurity).partition("<main")[2]
    assert (
        html.index("<h1")
        < html.index('class="emblem"')
        < html.index("Europees Fonds voor Regionale")
        < html.index('class="lead"')
    )


def test_a_translation_acknowledges_in_its_own_language_and_reads_the_facts_of_the_dutch_page(
    client, urbsecurity, translate
):
    french = translate(urbsecurity, "fr", title="UrbSecurity", lead="Neuf villes.")
    urbsecurity.total_budget_eur = Decimal("800000")
    urbsecurity.save_revision().publish()
    html = body(client, french)
    assert "Fonds européen de développement régional" in html
    assert "800\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€" in html
    assert "Ville de Malines" in html


def test_a_project_whose_fund_is_not_settled_shows_no_emblem(client, site):
    pericles = project_with(title="PERICLES", fund="unresolved", period="2014-2020")
    assert not soup(body(client, pericles)).select(".emblem")


def test_the_disclaimer_is_on_the_page(client, site):
    html = body(client, project_with(title="IcARUS", fund="h2020", grant_number="882749", period="2014-2020"))
    assert "882749" in html
    assert "Agentschap" in html


def test_partners_stand_under_their_country_with_their_role(client, urbsecurity, rf):
    groups = {country.name: country.partners for country in project_page(urbsecurity, rf.get("/")).countries}
    assert [partner.title for partner in groups[_("Portugal")]] == ["Leiria"]
    assert groups[_("Portugal")][0].note.lower() == PartnerRole.LEAD.label
    assert [partner.title for partner in groups[_("Belgium")]] == ["Stad Mechelen"]
    assert "/nl/steden/leiria/" in body(client, urbsecurity)


def test_an_organisation_that_is_no_longer_public_is_not_linked(client, urbsecurity):
    leiria = urbsecurity.partners.get(organisation__key="leiria").organisation
    leiria.unpublish()
    assert "/nl/steden/leiria/" not in body(client, urbsecurity)


def test_the_map_draws_a_line_from_mechelen_to_each_partner_city(urbsecurity, rf):
    assert [line.city for line in project_page(urbsecurity, rf.get("/")).lines] == ["leiria"]


def test_no_line_is_drawn_while_the_role_of_mechelen_is_not_known(site, rf):
    make_home_city()
    emma = project_with((make_city("augsburg", "Augsburg", country="DE"), "participant"), title="EMMA")
    shown = project_page(emma, rf.get("/"))
    assert [city.key for city in shown.cities] == ["augsburg"]
    assert shown.lines == []


def test_a_moment_that_is_not_confirmed_says_so(client, urbsecurity):
    html = body(client, urbsecurity)
    assert "augustus 2022" in html
    assert len(soup(html).select(".timeline__event--unconfirmed")) == 1


def test_a_new_dutch_moment_is_read_in_dutch_on_a_translation_and_marked_so(client, urbsecurity, translate):
    french = translate(urbsecurity, "fr")
    urbsecurity.timeline = json.dumps([event(2, "Slot.", "2022-08-07"), event(3, "Nieuw moment.", "2023")])
    urbsecurity.save_revision().publish()
    html = body(client, ProjectPage.objects.get(pk=french.pk))
    assert "Nieuw moment." in [text_of(words) for words in soup(html).select("span[lang=nl]")]
    assert "Slot. fr" in html
    assert "7 août 2022" in html
    assert "Begin van het netwerk." not in html


def test_methods_born_in_the_project_come_first_and_say_so(client, site, rf):
    used = make_method(title="Straathoekwerk", key="straathoekwerk")
    born = make_method(title="Online safe spaces", key="online-safe-spaces")
    project = project_with(title="ORPHEUS", methods=[(used, "used"), (born, "born_in")])
    cards = project_page(project, rf.get("/")).methods
    assert [card.key for card in cards] == ["online-safe-spaces", "straathoekwerk"]
    assert cards[0].note.lower() == _("born in this project")
    assert born.url in body(client, project)


def test_a_method_that_is_not_public_is_not_linked(client, site):
    draft = make_method(title="Nero", key="nero", publish=False)
    assert "nero" not in body(client, project_with(title="ORPHEUS", methods=[(draft, "born_in")])).lower()


def test_a_project_and_its_successor_lead_to_each_other(client, site):
    second = project_with(title="Tweede project")
    first = project_with(title="Eerste project", successor=second)
    assert second.url in body(client, first)
    assert first.url in body(client, second)


def test_a_successor_that_is_not_public_is_not_linked(client, site):
    second = project_with(title="Tweede project", publish=False)
    assert "Tweede project" not in body(client, project_with(title="Eerste project", successor=second))


def test_the_page_is_cited_by_its_permanent_identifier(client, urbsecurity, settings):
    assert f"{settings.WAGTAILADMIN_BASE_URL}/id/project/urbsecurity" in body(client, urbsecurity)
    assert client.get("/id/project/urbsecurity").headers["Location"] == urbsecurity.url


def test_the_identifier_leads_to_the_language_that_is_asked(client, urbsecurity, translate):
    french = translate(urbsecurity, "fr")
    assert client.get("/id/project/urbsecurity?language=fr").headers["Location"] == french.url


def test_whom_to_ask_is_a_role_with_the_page_that_was_given(client, site):
    contact = make_contact("preventie", "Afdeling Preventie", url="https://www.mechelen.be/contact")
    html = body(client, project_with(title="EMMA", contact=contact))
    assert "https://www.mechelen.be/contact" in html


def test_the_contents_name_only_the_sections_that_are_there(client, urbsecurity, rf):
    html = body(client, urbsecurity)
    for section in project_page(urbsecurity, rf.get("/")).contents:
        assert soup(html).select(f'a[href="#{section.id}"]')
        assert soup(html).select(f"#{section.id}")
    assert not soup(html).select("#methods")


def test_topics_lead_to_their_page_in_the_language_of_the_visitor(client, site, translate):
    from portal.topics.models import TopicIndexPage

    translate(TopicIndexPage.objects.get(), "fr", slug="themes")
    topic = Topic.objects.create(
        key="nuisance", label_nl="overlast", label_fr="nuisances", slug_fr="nuisances", live=True
    )
    french = translate(project_with(title="UrbSecurity", topics=[topic]), "fr")
    assert "/fr/themes/nuisances/" in body(client, french)


def test_an_editor_sees_what_is_missing_in_the_acknowledgement(admin_client, site):
    project = project_with(title="EMMA", fund="isf_police", period="2014-2020", programme="ISF-Police")
    html = admin_client.get(f"/admin/pages/{project.pk}/edit/").content.decode()
    assert escape(_("The number of the grant agreement is missing.")) in html


def test_an_editor_gets_the_form_of_a_new_project(admin_client, site):
    from portal.projects.models import ProjectIndexPage

    index = ProjectIndexPage.objects.get()
    assert admin_client.get(f"/admin/pages/add/projects/projectpage/{index.pk}/").status_code == 200


def test_a_project_can_be_previewed_before_it_is_saved(admin_client, urbsecurity):
    assert urbsecurity.make_preview_request(preview_mode="").status_code == 200


def test_a_page_costs_the_same_however_many_partners_and_moments(site, cost_of):
    home = make_home_city()
    city = make_organisation("stad-mechelen", city=home)
    small = project_with(
        (city, "lead"), title="Klein", home_city_role="lead", timeline=json.dumps([event(1, "Begin.")])
    )
    partners = [(make_city(f"stad-{number}", lat=40 + number / 2), "partner") for number in range(20)]
    partners += [(make_organisation(f"dienst-{number}", city=home), "partner") for number in range(20)]
    moments = [event(number, f"Moment {number}.", f"20{number:02}") for number in range(10, 40)]
    large = project_with(*partners, title="Groot", home_city_role="partner", timeline=json.dumps(moments))
    assert cost_of(small.url) == cost_of(large.url)


def test_a_page_reads_in_the_language_of_its_path_whatever_is_active(client, urbsecurity, translate):
    french = translate(urbsecurity, "fr")
    with override("de"):
        assert "Fonds européen de développement régional" in body(client, french)
