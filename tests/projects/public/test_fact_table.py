from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext as _

from portal.organisations.selectors import NamedLink
from portal.projects.models import ProjectPage
from portal.projects.public.facts import funding_facts, key_facts, years

pytestmark = pytest.mark.django_db  # a page asks for its content type


def table(leads=(), **fields):
    """The fact table of a Dutch project, as {term: fact}."""
    project = ProjectPage(title="UrbSecurity", **({"unconfirmed": []} | fields))
    return {fact.term: fact for fact in key_facts(project, project, leads)}


def test_only_what_is_known_is_in_the_table():
    assert set(table()) == {_("Kind")}


def test_the_rate_is_computed_from_the_two_amounts():
    share = table(total_budget_eur=Decimal("2349679.34"), eu_contribution_eur=Decimal("2114711.38"))[
        _("EU contribution")
    ]
    assert "90%" in share.note


@pytest.mark.parametrize(
    ("field", "value", "term"),
    [
        ("programme", "URBACT III", "Programme"),
        ("period", "2014-2020", "Programming period"),
        ("home_city_role", "lead", "Role of Mechelen"),
        ("start", "2019", "Start"),
        ("end", "2022-12", "End"),
        ("status", "ended", "Status"),
        ("total_budget_eur", Decimal(1), "Total budget"),
        ("eu_contribution_eur", Decimal(1), "EU contribution"),
        ("website", "https://www.orpheusproject.eu", "Website"),
    ],
)
def test_a_fact_that_nobody_confirmed_says_so(field, value, term):
    assert _("to be confirmed") not in table(**{field: value})[_(term)].note
    assert _("to be confirmed") in table(**{field: value, "unconfirmed": [field]})[_(term)].note


def test_the_rate_is_no_more_certain_than_the_budget_it_is_a_share_of():
    amounts = {"total_budget_eur": Decimal(100), "eu_contribution_eur": Decimal(60)}
    assert _("to be confirmed") in table(**amounts, unconfirmed=["total_budget_eur"])[_("EU contribution")].note


def test_dates_are_in_words_as_far_as_they_are_known():
    facts = table(start="2019-09-02", end="2022-12~")
    assert facts[_("Start")].value == "2 september 2019"
    assert facts[_("End")].value == _("about %(date)s") % {"date": "december 2022"}


def test_a_website_says_when_it_was_last_seen_alive():
    seen = table(website="https://www.orpheusproject.eu/nl", website_seen_on=date(2026, 3, 9))[_("Website")]
    assert (seen.value, seen.url) == ("orpheusproject.eu", "https://www.orpheusproject.eu/nl")
    assert "9 maart 2026" in seen.note


def test_a_website_whose_link_was_not_tested_says_nothing_of_it():
    assert table(website="https://efus.eu")[_("Website")].note == ""


def test_those_who_lead_together_are_each_named():
    leads = [NamedLink("Nice", "/nl/steden/nice/", "nl"), NamedLink("Efus & co", "", "nl")]
    assert table(leads=leads)[_("Lead")].value == leads


def test_a_role_that_is_not_known_is_left_out():
    assert _("Role of Mechelen") not in table(home_city_role="unknown")


@pytest.mark.parametrize("fund", ["unresolved", "other"])
def test_a_fund_that_is_not_settled_is_not_named(fund):
    project = ProjectPage(fund=fund)
    assert _("Fund") not in [fact.term for fact in funding_facts(project, project)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": "2019-09-02", "end": "2022-08-07"}, "2019–2022"),
        ({"start": "2019", "end": "2019-12"}, "2019"),
        ({"start": "2019~", "end": "2022"}, "about 2019–2022"),
        ({"start": "2019", "end": "2022", "unconfirmed": ["end"]}, "about 2019–2022"),
        ({}, ""),
    ],
)
def test_the_years_of_a_card(fields, words):
    expected = _("about %(date)s") % {"date": words.removeprefix("about ")} if words.startswith("about") else words
    assert years(ProjectPage(**fields)) == expected


def test_a_network_without_an_end_runs_since_its_first_year():
    assert years(ProjectPage(start="1987")) == _("since %(year)s") % {"year": 1987}


def test_what_runs_says_on_which_day_that_was_so_and_what_ended_stays_ended():
    day = date(2021, 9, 14)
    assert table(status="running", position_as_of=day)[_("Status")].value == "Lopend op 14 september 2021"
    assert table(status="ended", position_as_of=day)[_("Status")].value == "Afgelopen"


def test_a_grant_that_is_not_european_is_no_fund_of_the_table():
    assert _("Fund") not in {
        fact.term for fact in funding_facts(ProjectPage(fund="not_eu"), ProjectPage(fund="not_eu"))
    }
