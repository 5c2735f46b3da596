"""The job that tries the links to other sites: what it asks, how often, and what it makes of the answers."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import SiteWords
from portal.jobs.registry import get
from portal.links import checking
from portal.links.checking import MOST_A_HOST, check_due, update_list
from portal.links.models import OutsideLink
from portal.links.places import places_of_links
from portal.organisations.models import Organisation
from tests.factories import make_method
from tests.home.factories import block, make_dossier, make_plain, section
from tests.local_server import Answer, local_server  # noqa: F401
from tests.methods.factories import adoption
from tests.organisations.factories import make_contact, make_organisation
from tests.projects.factories import project_with
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db

State = OutsideLink.State


def source(url, key="bron"):
    return {"type": "source", "value": {"key": key, "title": "Bron", "url": url}}


def link(address, **fields):
    return OutsideLink.objects.create(address=address, **fields)


def tried(address):
    """The link after everything that is due was tried once."""
    list(check_due())
    return OutsideLink.objects.get(address=address)


def make_due(address):
    OutsideLink.objects.filter(address=address).update(next_try_at=timezone.now())


def test_the_list_has_the_sources_of_every_kind_of_page_and_websites_and_outputs_of_projects(site):
    deliverable = {"type": "deliverable", "value": {"title": "Gids", "url": "https://example.org/gids"}}
    make_method(title="PIM", sources=json.dumps([source("https://example.org/pim")]))
    project_with(
        title="Efus",
        sources=json.dumps([source("https://example.org/efus"), source("", "zonder")]),
        website="https://efus.eu",
        deliverables=json.dumps([deliverable]),
    )
    update_list()
    assert set(OutsideLink.objects.values_list("address", flat=True)) == {
        "https://example.org/pim",
        "https://example.org/efus",
        "https://example.org/gids",
        "https://efus.eu",
    }


def listed():
    update_list()
    return set(OutsideLink.objects.values_list("address", flat=True))


def anchor(name):
    return f'<p>Zie <a href="https://example.org/{name}?a=1&amp;b=2">dit</a>.</p>'


def test_the_list_has_every_address_that_a_visitor_can_follow_wherever_an_editor_put_it(site):
    figure = {"value": "46 mensen", "text": "bereikt", "source": "https://example.org/figure"}
    method = make_method(
        title="PIM",
        key="pim",
        legal_basis=anchor("rich-text"),
        figures=json.dumps([{"type": "figure", "value": figure}]),
    )
    make_plain(block(1, "text", anchor("plain")), block(2, "facts", [{"term": "a", "text": "https://not.a/link"}]))
    helped = {"name": "1712", "text": "", "phone": "", "url": "https://example.org/help", "source": ""}
    make_dossier(
        section(1, "Eerst", text=anchor("section")),
        introduction=anchor("introduction"),
        help_lines=json.dumps([{"type": "line", "value": helped}]),
    )
    project_with(title="Efus", what_was_done=anchor("project"))
    city = make_organisation("parma", website="https://example.org/city")
    make_contact("dienst", "Dienst", url="https://example.org/contact")
    adoption(method, city, source_url="https://example.org/adoption")
    make_source(make_recording(), "web:watch", "web", url="https://example.org/watch")
    words = SiteWords.objects.get()
    words.accessibility_report = "https://example.org/report"
    words.save()
    tail = "?a=1&b=2"
    assert listed() == {
        f"https://example.org/{name}"
        for name in (
            *(f"{name}{tail}" for name in ("rich-text", "plain", "section", "introduction", "project")),
            *("figure", "help", "city", "contact", "adoption", "watch", "report"),
        )
    }


def test_the_list_has_what_only_a_translation_links(site, translate):
    method = make_method(title="PIM", key="pim", legal_basis=anchor("dutch"))
    french = translate(method, "fr")
    french.legal_basis = anchor("french")
    french.save()
    assert listed() == {f"https://example.org/{name}?a=1&b=2" for name in ("dutch", "french")}
    places = places_of_links()
    assert places["https://example.org/french?a=1&b=2"] == [french]


def test_a_page_is_named_once_for_an_address_that_it_has_in_every_language(site, translate):
    method = make_method(title="PIM", key="pim", sources=json.dumps([source("https://example.org/pim")]))
    translate(method, "fr")
    assert places_of_links() == {"https://example.org/pim": [method]}


@pytest.mark.parametrize(
    "address",
    [
        "mailto:ann@example.org",
        "tel:1712",
        "/nl/over/",
        "#source-1",
        "https://schakel.test/nl/",
        "javascript:alert(1)",
        "https://[half",
        "https:///nowhere",
    ],
)
def test_what_leads_to_no_other_website_is_not_tried(site, settings, address):
    settings.WAGTAILADMIN_BASE_URL = "https://schakel.test"
    make_method(title="PIM", legal_basis=f'<p><a href="{address}">x</a></p>')
    assert listed() == set()


@pytest.mark.parametrize("kind", ["hidden", "own file", "draft record"])
def test_what_no_visitor_can_reach_is_not_tried(site, kind):
    if kind == "draft record":
        make_organisation("parma", website="https://example.org/city")
        Organisation.objects.update(live=False)
    else:
        recording = make_recording(live=kind != "hidden")
        make_source(recording, url="https://example.org/watch", **({"platform": "file"} if kind == "own file" else {}))
    assert listed() == set()


def test_a_link_that_no_public_page_has_any_more_is_forgotten_and_a_draft_has_none(site):
    project = project_with(title="Efus", website="https://efus.eu")
    update_list()
    project.unpublish()
    update_list()
    assert not OutsideLink.objects.exists()


def test_a_link_that_stands_on_two_pages_is_tried_once(site):
    for title in ("Een", "Twee"):
        project_with(title=title, website="https://efus.eu")
    update_list()
    update_list()
    assert OutsideLink.objects.count() == 1


def test_a_link_that_answers_a_head_is_not_fetched(local_server):  # noqa: F811
    url = local_server.url("/page")
    local_server.head_answers["/page"] = (200, {})
    link(url)
    found = tried(url)
    assert (found.state, found.problem) == (State.REACHED, "")
    assert found.last_reached_at == found.last_tried_at
    assert (local_server.heads, local_server.requests) == (["/page"], [])


@pytest.mark.parametrize("head", [405, 501, 403, 404, 500])
def test_a_get_decides_where_a_head_is_refused(local_server, head):  # noqa: F811
    url = local_server.answer("/page", Answer(b"hallo"))
    local_server.head_answers["/page"] = (head, {})
    link(url)
    assert tried(url).state == State.REACHED


def test_a_redirect_is_followed(local_server):  # noqa: F811
    url = local_server.url("/old")
    local_server.head_answers["/old"] = (301, {"Location": "/new"})
    local_server.head_answers["/new"] = (200, {})
    link(url)
    assert tried(url).state == State.REACHED


def test_a_large_file_counts_as_an_answer(local_server, monkeypatch):  # noqa: F811
    monkeypatch.setattr(checking, "MAX_BYTES", 10)
    url = local_server.answer("/report.pdf", Answer(b"x" * 100))
    link(url)
    assert tried(url).state == State.REACHED


@pytest.mark.parametrize("status", [404, 410, 400, 500])
def test_a_link_is_broken_when_it_fails_twice(local_server, status):  # noqa: F811
    url = local_server.answer("/gone", Answer(b"", status))
    link(url)
    first = tried(url)
    assert (first.state, first.problem) == (State.FAILED, str(status))
    assert first.next_try_at - first.last_tried_at == timedelta(days=1)
    make_due(url)
    second = tried(url)
    assert second.state == State.BROKEN
    assert second.next_try_at - second.last_tried_at == timedelta(days=7)


def test_a_link_that_answers_again_is_whole_again(local_server):  # noqa: F811
    url = local_server.answer("/back", Answer(b"hallo"))
    link(url, state=State.BROKEN, problem="404")
    assert (tried(url).state, tried(url).problem) == (State.REACHED, "")


def test_a_broken_link_keeps_the_day_on_which_it_was_reached_last(local_server):  # noqa: F811
    url, day = local_server.answer("/gone", Answer(b"", 404)), timezone.now() - timedelta(days=30)
    link(url, state=State.FAILED, last_reached_at=day)
    assert tried(url).last_reached_at == day


@pytest.mark.parametrize("status", [401, 403, 429, 451, 503, 999])
def test_a_site_that_refuses_a_check_is_not_called_broken(local_server, status):  # noqa: F811
    url = local_server.answer("/guarded", Answer(b"", status))
    link(url)
    for _time in range(2):
        make_due(url)
        assert tried(url).state == State.UNCLEAR


@pytest.mark.parametrize(
    ("asked", "led", "problem"),
    [
        ("/watch", "/consent/m?continue=x", "consent"),
        ("/watch", "/cookiewall", "consent"),
        ("/posts/1", "/authwall?trk=x", "login"),
        ("/posts/1", "/uas/login", "login"),
        ("/podcast/aflevering-1", "/", "start_page"),
        ("/podcast/aflevering-1", "/fr/", "start_page"),
    ],
)
def test_a_page_that_stands_in_for_another_one_is_no_answer_and_no_broken_link(local_server, asked, led, problem):  # noqa: F811
    url = local_server.url(asked)
    local_server.head_answers[asked] = (302, {"Location": led})
    local_server.head_answers[led.split("?")[0]] = (200, {"Content-Type": "text/html"})
    link(url)
    for _time in range(2):
        make_due(url)
        found = tried(url)
        assert (found.state, found.problem, found.last_reached_at) == (State.UNCLEAR, problem, None)


def test_the_same_is_seen_where_only_a_get_is_answered(local_server):  # noqa: F811
    url = local_server.answer("/watch", Answer(status=302, headers={"Location": "/consent"}))
    local_server.answer("/consent", Answer(b"<html>Aanvaard alles</html>"))
    link(url)
    assert (tried(url).state, tried(url).problem) == (State.UNCLEAR, "consent")


def test_an_episode_that_moved_to_another_page_is_reached(local_server):  # noqa: F811
    url = local_server.url("/podcast/aflevering-1")
    local_server.head_answers["/podcast/aflevering-1"] = (301, {"Location": "/podcast/seizoen-1/aflevering-1"})
    local_server.head_answers["/podcast/seizoen-1/aflevering-1"] = (200, {"Content-Type": "text/html"})
    link(url)
    assert tried(url).state == State.REACHED


@pytest.mark.parametrize(
    "path", ["/", "/fr/", "/account/regels", "/consent-in-onderzoek/", "/over-cookie-consent", "/inloggen-in-de-wijk"]
)
def test_a_page_about_these_words_is_a_page(local_server, path):  # noqa: F811
    url = local_server.url(path)
    local_server.head_answers[path] = (200, {"Content-Type": "text/html; charset=utf-8"})
    link(url)
    assert tried(url).state == State.REACHED


@pytest.mark.parametrize(
    ("path", "content_type", "state"),
    [
        ("/gids.pdf", "text/html; charset=utf-8", State.UNCLEAR),
        ("/aflevering.MP3", "text/html", State.UNCLEAR),
        ("/gids.pdf", "application/pdf", State.REACHED),
        ("/gids.pdf", "application/octet-stream", State.REACHED),
        ("/gids.pdf", "", State.REACHED),
        ("/gids", "audio/mpeg", State.REACHED),
        ("/gids", "x/y; =;;", State.REACHED),
    ],
)
def test_a_web_page_is_no_file_and_any_other_type_is_believed(local_server, path, content_type, state):  # noqa: F811
    url = local_server.url(path)
    local_server.head_answers[path] = (200, {"Content-Type": content_type} if content_type else {})
    link(url)
    assert tried(url).state == state


@pytest.mark.parametrize(("status", "state"), [(202, State.UNCLEAR), (304, State.FAILED), (302, State.FAILED)])
def test_an_answer_that_gives_no_page_does_not_count_as_reached(local_server, status, state):  # noqa: F811
    url = local_server.answer("/odd", Answer(b"", status))
    local_server.head_answers["/odd"] = (status, {})
    link(url)
    assert (tried(url).state, tried(url).last_reached_at) == (state, None)


def test_staff_read_what_stands_in_for_a_page_in_their_language():
    words = {code: link(f"https://{code}.example/", problem=code).problem_in_words for code in checking.STAND_INS}
    assert words == {"consent": "eerst wordt toestemming gevraagd", "login": "er moet eerst ingelogd worden"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "http://10.0.0.1/", "http://example.org:8080/"])
def test_an_address_that_the_portal_may_not_ask_is_not_called_broken(address):
    link(address)
    assert tried(address).state == State.UNCLEAR


def test_a_name_that_does_not_exist_fails(monkeypatch):
    def no_server(*args, **kwargs):
        raise checking.FetchFailedError("dns", "There is no server of that name.")

    monkeypatch.setattr(checking, "fetch", no_server)
    link("https://weg.example/")
    assert tried("https://weg.example/").problem == "dns"


def no_network(reachable=()):
    """A stand-in for `_status`: only these addresses answer."""

    def status(address):
        if address in reachable:
            return 200
        raise checking.FetchFailedError("connection", "The connection failed.")

    return status


def test_no_link_is_called_broken_while_the_portal_itself_is_cut_off(monkeypatch):
    monkeypatch.setattr(checking, "_status", no_network())
    for number in range(4):
        link(f"https://host{number}.example/", state=State.FAILED)
    list(check_due())
    assert set(OutsideLink.objects.values_list("state", flat=True)) == {State.FAILED}
    assert set(OutsideLink.objects.values_list("last_tried_at", flat=True)) == {None}
    assert list(check_due()) == []


@pytest.mark.parametrize("answering", [0, 1, 3])
def test_links_that_fail_while_others_answer_are_broken(monkeypatch, answering):
    monkeypatch.setattr(checking, "_status", no_network({f"https://host{answering}.example/"}))
    for number in range(4):
        link(f"https://host{number}.example/", state=State.FAILED)
    list(check_due())
    assert OutsideLink.objects.filter(state=State.BROKEN).count() == 3


def test_a_link_that_is_due_alone_can_break(monkeypatch):
    monkeypatch.setattr(checking, "_status", no_network())
    link("https://weg.example/", state=State.FAILED)
    assert tried("https://weg.example/").state == State.BROKEN


def test_a_link_is_tried_again_after_a_week_and_not_before(local_server):  # noqa: F811
    url = local_server.answer("/page", Answer(b"hallo"))
    link(url)
    found = tried(url)
    assert found.next_try_at - found.last_tried_at == timedelta(days=7)
    assert list(check_due()) == []


def test_one_run_asks_a_host_a_few_times_only_and_hosts_alternate(monkeypatch):
    asked = []
    monkeypatch.setattr(checking, "_status", lambda address: asked.append(address) or 200)
    for number in range(MOST_A_HOST + 2):
        link(f"https://a.example/{number}")
    link("https://b.example/0")
    list(check_due())
    assert len([url for url in asked if "//a." in url]) == MOST_A_HOST
    assert asked.index("https://b.example/0") == 1


def test_one_run_has_an_end(monkeypatch):
    monkeypatch.setattr(checking, "MOST_A_RUN", 5)
    monkeypatch.setattr(checking, "_status", lambda address: 200)
    for number in range(9):
        link(f"https://host{number}.example/")
    assert len(list(check_due())) == 5
    assert len(list(check_due())) == 4


def test_the_runner_tries_links_by_itself():
    from portal.jobs import registry

    registry.load()
    assert get("links.check").every_s == 3600
