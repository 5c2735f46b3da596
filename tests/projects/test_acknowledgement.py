import pytest

from portal.projects.acknowledgement import WORDING, acknowledgement, missing
from portal.projects.models import ProjectPage

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
@pytest.mark.parametrize("fund", ["erdf", "other"])
def test_a_grant_of_2021_to_2027_has_the_statement_of_that_period(fund, language, statement):
    assert acknowledgement(project(fund=fund, period="2021-2027"), language).union == statement


@pytest.mark.parametrize("fund", ["none", "unresolved"])
def test_no_emblem_without_a_grant_or_while_the_fund_is_not_settled(fund):
    assert acknowledgement(project(fund=fund), "nl") is None


def test_no_emblem_for_another_fund_whose_wording_is_not_known():
    assert acknowledgement(project(fund="other"), "nl") is None


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
    assert missing(project(fund="h2020", grant_number="882749")) == []
    assert missing(project(fund="erdf")) == []
    assert missing(project(fund="none")) == []


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
    assert len(missing(project(**fields))) == 1


def test_it_is_clear_in_french_whose_information_the_disclaimer_is_about():
    """ "Qu'elle contient" would be said of the agency or the Commission, the nearest word before it."""
    for words in (WORDING["fr"].h2020_disclaimer, WORDING["fr"].isf_police_disclaimer):
        assert "des informations qui y figurent" in words


def test_every_wording_is_there_in_every_content_language(settings):
    assert set(WORDING) == set(settings.CONTENT_LANGUAGES)
    for words in WORDING.values():
        assert all(vars(words).values())
        assert "{number}" in words.h2020
