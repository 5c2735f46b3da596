import pytest
from bs4 import BeautifulSoup

from portal.projects.acknowledgement import RULES, WORDING, acknowledgement, missing_parts
from portal.projects.choices import Fund, Period
from portal.projects.models import ProjectIndexPage, ProjectPage

pytestmark = pytest.mark.django_db  # an unsaved page asks what type it is


def project(**fields):
    defaults = {"programme": "URBACT III", "period": "2014-2020", "unconfirmed": []}
    return ProjectPage(**(defaults | fields))


def test_horizon_2020_says_the_prescribed_sentence_with_its_number():
    found = acknowledgement(project(fund="h2020", grant_number="882749"), "en")
    assert found.sentence == (
        "This project has received funding from the European Union’s Horizon 2020 research and innovation programme "
        "under grant agreement No 882749."
    )
    assert found.emblem


@pytest.mark.parametrize(
    ("language", "agency"), [("nl", "Agentschap"), ("fr", "Agence"), ("en", "Agency"), ("de", "Agentur")]
)
def test_horizon_2020_says_who_is_not_responsible_in_the_language_of_the_page(language, agency):
    found = acknowledgement(project(fund="h2020", grant_number="882749"), language)
    assert "882749" in found.sentence
    assert agency in found.disclaimer
    assert found.lang == language


@pytest.mark.parametrize(
    ("language", "union", "fund"),
    [
        ("nl", "Europese Unie", "Europees Fonds voor Regionale Ontwikkeling"),
        ("fr", "Union européenne", "Fonds européen de développement régional"),
        ("en", "European Union", "European Regional Development Fund"),
        ("de", "Europäische Union", "Europäischer Fonds für regionale Entwicklung"),
    ],
)
def test_the_regional_fund_of_2014_to_2020_is_named_beside_the_union(language, union, fund):
    found = acknowledgement(project(fund="erdf"), language)
    assert (found.union, found.fund, found.disclaimer) == (union, fund, "")


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_the_security_fund_has_a_line_and_a_disclaimer_about_the_commission(language):
    found = acknowledgement(project(fund="isf_police"), language)
    assert found.sentence and "Commissi" in found.disclaimer or "Kommission" in found.disclaimer


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("nl", "Medegefinancierd door de Europese Unie"),
        ("fr", "Cofinancé par l’Union européenne"),
        ("en", "Co-funded by the European Union"),
        ("de", "Kofinanziert von der Europäischen Union"),
    ],
)
def test_the_regional_fund_of_2021_to_2027_has_the_statement_of_that_period(language, statement):
    found = acknowledgement(project(fund="erdf", period="2021-2027"), language)
    assert (found.union, found.fund, found.disclaimer) == (statement, "", "")


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_interreg_and_urbact_iv_have_the_name_of_interreg_beside_the_statement(language):
    found = acknowledgement(project(fund="interreg", programme="URBACT IV", period="2021-2027"), language)
    assert (found.union, found.fund) == (WORDING[language].cofunded, "Interreg")


GRANTED = ["cerv", "isf", "amif", "horizon"]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize("fund", GRANTED)
def test_a_grant_of_the_commission_says_whose_views_these_are_not(fund, language):
    found = acknowledgement(project(fund=fund, period="2021-2027"), language)
    assert found.union in (WORDING[language].cofunded, WORDING[language].funded)
    assert found.disclaimer == WORDING[language].granted_disclaimer


def test_a_grant_says_funded_or_co_funded_by_what_the_union_pays():
    def union(share, **fields):
        grant = project(period="2021-2027", total_budget_eur=100, eu_contribution_eur=share, **fields)
        return acknowledgement(grant, "en").union

    assert union(90, fund="cerv") == union(90, fund="horizon") == "Co-funded by the European Union"
    assert union(100, fund="cerv") == union(100, fund="horizon") == "Funded by the European Union"
    assert union(None, fund="cerv") == "Co-funded by the European Union"
    assert union(None, fund="horizon") == "Funded by the European Union"
    assert union(100, fund="isf", unconfirmed=["total_budget_eur"]) == "Co-funded by the European Union"


@pytest.mark.parametrize("period", ["", *Period.values])
@pytest.mark.parametrize("fund", ["none", "unresolved", "not_eu", "other"])
def test_no_emblem_without_a_european_grant_whose_rules_are_known(fund, period):
    assert acknowledgement(project(fund=fund, period=period), "nl") is None


@pytest.mark.parametrize(
    ("fund", "period"),
    [("h2020", "2021-2027"), ("isf_police", "2021-2027"), *((fund, "2014-2020") for fund in [*GRANTED, "interreg"])],
)
def test_no_emblem_for_a_fund_in_a_period_in_which_it_does_not_exist(fund, period):
    wrong = project(fund=fund, period=period, grant_number="1")
    assert acknowledgement(wrong, "nl") is None
    assert period in missing_parts(wrong)[0]


@pytest.mark.parametrize("fund", ["h2020", "isf_police", *GRANTED, "interreg"])
def test_a_fund_that_exists_in_one_period_only_needs_no_period_for_its_words(fund):
    assert acknowledgement(project(fund=fund, period=""), "nl") is not None


def test_every_fund_has_rules_or_is_said_to_have_none():
    assert set(RULES) | {"none", "not_eu", "unresolved", "other"} == set(Fund.values)


def test_no_emblem_for_the_regional_fund_while_the_period_is_not_known():
    assert acknowledgement(project(fund="erdf", period=""), "nl") is None


def test_a_fund_that_nobody_confirmed_is_not_acknowledged():
    assert acknowledgement(project(fund="erdf", unconfirmed=["fund"]), "nl") is None


def test_a_number_that_nobody_confirmed_is_not_in_the_sentence():
    found = acknowledgement(project(fund="h2020", grant_number="1", unconfirmed=["grant_number"]), "nl")
    assert found.sentence == WORDING["nl"].h2020_without_number


def test_a_language_without_its_own_wording_gets_the_english_one_marked_as_english():
    found = acknowledgement(project(fund="erdf"), "pt")
    assert (found.union, found.lang) == ("European Union", "en")


def test_what_stands_in_the_head_leaves_the_disclaimer_for_further_down():
    found = acknowledgement(project(fund="h2020", grant_number="1"), "nl")
    assert found.in_the_head.sentence == found.sentence
    assert found.in_the_head.disclaimer == ""


def test_nothing_is_missing_in_a_whole_and_confirmed_acknowledgement():
    assert missing_parts(project(fund="h2020", grant_number="882749")) == []
    assert missing_parts(project(fund="erdf")) == []
    assert missing_parts(project(fund="none")) == []
    assert missing_parts(project(fund="not_eu")) == []
    assert missing_parts(project(fund="interreg", period="2021-2027", programme="URBACT IV")) == []
    assert missing_parts(project(fund="cerv", period="2021-2027", programme="CERV", grant_number="101")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"fund": "unresolved"},
        {"fund": "none", "unconfirmed": ["fund"]},
        {"fund": "erdf", "unconfirmed": ["fund"]},
        {"fund": "erdf", "programme": ""},
        {"fund": "erdf", "period": ""},
        {"fund": "erdf", "unconfirmed": ["period"]},
        {"fund": "h2020"},
        {"fund": "h2020", "grant_number": "1", "unconfirmed": ["grant_number"]},
        {"fund": "isf_police"},
        {"fund": "h2020", "grant_number": "1", "period": "2021-2027"},
        {"fund": "other"},
    ],
    ids=str,
)
def test_an_editor_is_told_the_one_thing_that_is_missing(fields):
    assert len(missing_parts(project(**fields))) == 1


def test_it_is_clear_in_french_whose_information_the_disclaimer_is_about():
    """ "Qu'elle contient" would be said of the agency or the Commission, the nearest word before it."""
    for words in (WORDING["fr"].h2020_disclaimer, WORDING["fr"].isf_police_disclaimer):
        assert "des informations qui y figurent" in words


def test_every_wording_is_there_in_every_content_language(settings):
    assert set(WORDING) == set(settings.CONTENT_LANGUAGES)
    for words in WORDING.values():
        assert all(vars(words).values())
        assert "{number}" in words.h2020


def preview(client, **query):
    answer = client.get("/admin/projects/acknowledgement/", query)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_an_editor_sees_the_acknowledgement_before_anything_is_saved(site, admin_client):
    said = preview(admin_client, fund="cerv", period="2021-2027", programme="CERV", grant_number="101")
    assert WORDING["nl"].cofunded in said and WORDING["nl"].granted_disclaimer in said
    assert WORDING["nl"].erdf in preview(admin_client, fund="erdf", period="2014-2020", programme="URBACT III")


def test_what_cannot_be_read_yet_is_not_known_yet(site, admin_client):
    said = preview(admin_client, fund="cerv", period="later", total_budget_eur="much", unconfirmed="nothing")
    assert WORDING["nl"].cofunded in said
    assert WORDING["nl"].cofunded not in preview(admin_client, fund="gold")


def test_only_staff_can_ask_for_it(site, client):
    assert client.get("/admin/projects/acknowledgement/", {"fund": "cerv"}).status_code == 302


def test_the_form_of_a_new_project_has_the_panel_and_its_script(site, admin_client):
    index = ProjectIndexPage.objects.get(locale__language_code="nl")
    page = admin_client.get(f"/admin/pages/add/projects/projectpage/{index.pk}/")
    panel = BeautifulSoup(page.content, "html.parser").select_one("[data-acknowledgement]")
    assert panel["data-acknowledgement"] == "/admin/projects/acknowledgement/"
    assert set(panel["data-fields"].split()) >= {"fund", "period", "grant_number", "unconfirmed"}
    assert "projects/admin/acknowledgement.js" in page.content.decode()
