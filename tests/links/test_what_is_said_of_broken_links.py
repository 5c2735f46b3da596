"""What visitors and staff read of links that do not answer any more."""

import json
from datetime import datetime

import pytest
from django.utils import timezone

from portal.links.checking import check_due
from portal.links.models import OutsideLink
from tests.factories import make_method
from tests.local_server import Answer, local_server  # noqa: F401
from tests.markup import soup, text_of
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db

REACHED = datetime(2026, 11, 2, 12, tzinfo=timezone.get_default_timezone())
SOURCES = json.dumps(
    [
        {"type": "source", "value": {"key": "oud", "title": "Oud", "url": "https://example.org/oud"}},
        {"type": "source", "value": {"key": "goed", "title": "Goed", "url": "https://example.org/goed"}},
    ]
)


def link(address, state="broken", reached=REACHED, **fields):
    return OutsideLink.objects.create(address=address, state=state, last_reached_at=reached, **fields)


def page_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return soup(response.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "link laatst bereikt op 2 november 2026"),
        ("fr", "lien atteint pour la dernière fois le 2 novembre 2026"),
        ("de", "Link zuletzt erreicht am 2. November 2026"),
    ],
)
def test_a_source_that_no_longer_answers_says_when_it_was_reached_last(client, site, translate, language, words):
    project = project_with(title="Efus", sources=SOURCES)
    link("https://example.org/oud")
    link("https://example.org/goed", state="reached")
    page = page_of(client, project if language == "nl" else translate(project, language))
    assert words in text_of(page.select_one("#source-1"))
    assert words not in text_of(page.select_one("#source-2"))


@pytest.mark.parametrize("state", ["new", "reached", "failed", "unclear"])
def test_a_link_that_failed_once_or_refuses_a_check_is_shown_as_it_is(client, site, state):
    project = project_with(title="Efus", sources=SOURCES)
    link("https://example.org/oud", state=state)
    assert "bereikt" not in text_of(page_of(client, project).select_one("#source-1"))


def test_a_source_that_never_answered_says_only_that_it_does_not(client, site):
    project = project_with(title="Efus", sources=SOURCES)
    link("https://example.org/oud", reached=None)
    assert "link antwoordt niet" in text_of(page_of(client, project).select_one("#source-1"))


def test_a_method_says_it_of_its_sources_too(client, site):
    method = make_method(title="PIM", sources=SOURCES)
    link("https://example.org/oud")
    assert "laatst bereikt" in text_of(page_of(client, method).select_one("#source-1"))


def test_an_output_says_it_too(client, site):
    value = {"title": "Gids", "url": "https://example.org/gids"}
    project = project_with(title="Efus", deliverables=json.dumps([{"type": "deliverable", "value": value}]))
    link("https://example.org/gids")
    assert "laatst bereikt" in text_of(page_of(client, project).select_one("#deliverables"))


@pytest.mark.parametrize("state", ["reached", "broken"])
def test_a_website_says_when_it_was_reached_last_whether_it_answers_or_not(client, site, state):
    project = project_with(title="Efus", website="https://efus.eu")
    link("https://efus.eu", state=state)
    assert "laatst bereikt op 2 november 2026" in text_of(page_of(client, project).select_one(".facts"))


def test_a_page_that_is_kept_follows_when_a_link_breaks_and_when_it_answers_again(client, site, local_server):  # noqa: F811
    url = local_server.answer("/oud", Answer(b"", 404), Answer(b"", 404), Answer(b"hallo"))
    source = {"type": "source", "value": {"key": "oud", "title": "Oud", "url": url}}
    project = project_with(title="Efus", sources=json.dumps([source]))
    link(url, state="failed")
    assert "bereikt" not in text_of(page_of(client, project).select_one("#source-1"))
    list(check_due())
    assert "laatst bereikt" in text_of(page_of(client, project).select_one("#source-1"))
    OutsideLink.objects.update(next_try_at=timezone.now())
    local_server.answer("/oud", Answer(b"hallo"))
    list(check_due())
    assert "bereikt" not in text_of(page_of(client, project).select_one("#source-1"))


def test_a_page_costs_the_same_however_many_links_are_broken(site, cost_of):
    one = project_with(title="Een", sources=SOURCES)
    many = [{"type": "source", "value": {"title": "x", "url": f"https://example.org/{number}"}} for number in range(20)]
    other = project_with(title="Veel", sources=json.dumps(many))
    for number in range(20):
        link(f"https://example.org/{number}")
    assert cost_of(one.url) == cost_of(other.url)


def test_staff_see_what_broke_and_where_it_stands(admin_client, site):
    project = project_with(title="Efus", sources=SOURCES)
    link("https://example.org/oud", problem="404")
    link("https://example.org/goed", state="reached")
    page = soup(admin_client.get("/admin/reports/links/").content.decode())
    rows = page.select("table.listing tbody tr")
    assert len(rows) == 1
    assert "404" in rows[0].text
    assert rows[0].select_one(f'a[href="/admin/pages/{project.pk}/edit/"]').text == "Efus"


def test_staff_read_in_their_own_words_why_a_link_does_not_answer():
    assert OutsideLink(problem="dns").problem_in_words != "dns"
    assert "404" in OutsideLink(problem="404").problem_in_words
    assert OutsideLink(problem="private_address").problem_in_words == "private_address"


def test_the_report_says_so_when_every_link_answers(admin_client, site):
    assert not soup(admin_client.get("/admin/reports/links/").content.decode()).select("table.listing")


def test_somebody_without_access_to_the_admin_does_not_see_the_report(client, site):
    assert client.get("/admin/reports/links/").status_code == 302
