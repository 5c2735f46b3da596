"""Sessions of others: on the methods and projects that they belong to, and nowhere else."""

import pytest
from django.core.exceptions import ValidationError

from portal.core.searchable import searchable_kinds
from portal.methods.models import MethodPage
from portal.webinars.models import FurtherSession
from tests.factories import make_method, make_project
from tests.markup import soup, text_of
from tests.webinars.factories import make_further_session

pytestmark = pytest.mark.django_db

HEADING = {"nl": "Sessies van anderen", "fr": "Sessions d’autres organisations"}


def section(client, url, language="nl"):
    """The list under the heading of the sessions of others; None without one."""
    html = soup(client.get(url)).main
    heading = next((one for one in html.select("h2, h3") if text_of(one) == HEADING[language]), None)
    return heading and heading.find_next_sibling("ul")


def test_a_project_and_a_method_lead_to_the_page_of_a_session_of_others(client, site):
    project, method = make_project(title="IcARUS", key="icarus"), make_method(title="Sbocciamo", key="sbocciamo")
    make_further_session(
        projects=[project],
        methods=[method],
        event_day="2024-05-24",
        spoken_language="it",
        medium="video",
        note_nl="Zo stelde Turijn zijn instrument voor.",
    )
    for page in (project, method):
        line = section(client, page.url)
        assert line.a["href"] == "https://example.org/sbocciamo"
        assert line.a["lang"] == "it"
        assert "external" in line.a["rel"]
        words = text_of(line)
        for part in (
            "Città di Torino",
            "24 mei 2024",
            "video",
            "Italiano",
            "Zo stelde Turijn zijn instrument voor.",
        ):
            assert part in words
        assert "Mechelen" not in words  # whether the city was there is often not known


def test_the_french_page_has_those_of_the_dutch_one_in_french(client, site, translate):
    method = make_method(title="Sbocciamo", key="sbocciamo")
    french = translate(method, "fr", title="Sbocciamo FR")
    make_further_session(methods=[method], note_fr="Turin a présenté son outil.")
    words = text_of(section(client, french.url, "fr"))
    assert "Città di Torino" in words
    assert "Turin a présenté son outil." in words


def test_five_are_shown_the_newest_first_and_the_rest_is_folded(client, site):
    project = make_project(title="Efus", key="efus")
    for year in range(2015, 2023):
        make_further_session(f"s-{year}", title=f"Sessie {year}", event_day=str(year), projects=[project])
    make_further_session("undated", title="Ooit", projects=[project])
    shown = section(client, project.url)
    assert [text_of(link) for link in shown.select("a")] == [f"Sessie {year}" for year in range(2022, 2017, -1)]
    folded = shown.find_next_sibling("details")
    assert [text_of(link) for link in folded.select("a")] == ["Sessie 2017", "Sessie 2016", "Sessie 2015", "Ooit"]


def test_the_page_costs_the_same_with_one_and_with_many(client, site, cost_of):
    project = make_project(title="Efus", key="efus")
    make_further_session("one", projects=[project])
    few = cost_of(project.url)
    for number in range(30):
        make_further_session(f"s-{number}", projects=[project])
    assert cost_of(project.url) == few


def test_a_draft_is_not_shown(client, site):
    project = make_project(title="Efus", key="efus")
    make_further_session(projects=[project], live=False)
    assert section(client, project.url) is None


def test_they_are_not_in_the_archive_and_not_in_search(client, site):
    make_further_session(projects=[make_project(title="Efus", key="efus")])
    html = soup(client.get("/nl/webinars/"))
    assert "Sbocciamo" not in text_of(html)
    assert FurtherSession not in {kind.model for kind in searchable_kinds().values()}
    assert MethodPage in {kind.model for kind in searchable_kinds().values()}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "//example.org/x",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "not an address",
    ],
)
def test_only_the_address_of_a_web_page_is_taken(url):
    session = FurtherSession(key="x", title="X", organiser="Y", url=url)
    with pytest.raises(ValidationError) as error:
        session.full_clean()
    assert "url" in error.value.message_dict
