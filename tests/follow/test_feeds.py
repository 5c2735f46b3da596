"""Feeds of what is new: in a language, about a topic, of a programme, in a series; read as a feed reader reads them."""

from datetime import timedelta
from io import BytesIO

import feedparser
import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.methods.models import MethodPage
from portal.topics.models import Topic
from portal.webinars.models import Series
from tests.factories import make_method, make_project
from tests.markup import soup
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db
BASE = portal.WAGTAILADMIN_BASE_URL


def read(client, path):
    """A feed that a reader has no remark about."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(BytesIO(response.content))
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.author and feed.feed.title and feed.feed.updated and feed.feed.id == BASE + path
    assert all(entry.id and entry.updated and entry.title for entry in feed.entries)
    return feed


def titles(client, path):
    return [entry.title for entry in read(client, path).entries]


def on(model, key, days_ago):
    model.objects.filter(key=key).update(first_published_at=timezone.now() - timedelta(days=days_ago))


def note(key, words):
    page = MethodPage.objects.get(key=key, locale__language_code="nl")
    page.change_note = words
    page.save_revision().publish()


@pytest.fixture
def topics():
    """A broad topic, and one under it."""
    broad = Topic.objects.create(key="nuisance", label_nl="overlast", label_fr="nuisances", live=True)
    narrow = Topic.objects.create(key="noise", label_nl="lawaai", live=True)
    narrow.broader.add(broad)
    return broad, narrow


def test_the_feed_of_a_language_has_what_changed_last_first(client, site, translate):
    make_method(title="Buurtwerk", key="buurtwerk", lead="Straat & plein.")
    make_project(title="ORPHEUS", key="orpheus")
    make_recording("rondleiding", title_nl="Rondleiding", first_published_at=timezone.now())
    on(MethodPage, "buurtwerk", 40)
    assert titles(client, "/feeds/nl/changes.xml")[-1] == "Buurtwerk"
    note("buurtwerk", "Kosten van <2026> toegevoegd.")
    feed = read(client, "/feeds/nl/changes.xml")
    first = feed.entries[0]
    assert (first.title, first.link) == ("Buurtwerk", f"{BASE}/nl/methodieken/buurtwerk/")
    assert first.id == f"{BASE}/id/method/buurtwerk"
    assert "Kosten van &lt;2026&gt; toegevoegd." in first.summary and "Straat &amp; plein." in first.summary
    assert [entry.title for entry in feed.entries].count("Buurtwerk") == 1
    assert feed.feed.language == "nl" and first.tags[0].term == "Methodiek"


def test_the_french_feed_has_french_titles_and_says_which_are_dutch(client, site, translate):
    from portal.home.models import ChangesPage

    translate(ChangesPage.objects.get(), "fr", title="Changements", slug="changements")
    method = make_method(title="Buurtwerk", key="buurtwerk")
    translate(method, "fr", title="Travail de quartier", slug="travail")
    make_project(title="Alleen Nederlands", key="alleen")
    feed = read(client, "/feeds/fr/changes.xml")
    assert (feed.feed.language, feed.feed.title) == ("fr", "Changements – Schakel")
    assert feed.feed.link == f"{BASE}/fr/changements/"
    assert {entry.title: entry.title_detail.language for entry in feed.entries} == {
        "Travail de quartier": "fr",
        "Alleen Nederlands": "nl",
    }
    assert "nouveau" in feed.entries[-1].summary.lower()


def test_the_feed_of_a_topic_has_the_topics_under_it(client, site, topics):
    broad, narrow = topics
    make_method(title="Breed", key="breed", topics=[broad])
    make_project(title="Smal", key="smal", topics=[narrow])
    make_method(title="Anders", key="anders")
    make_recording("les", title_nl="Les", topics=[narrow], first_published_at=timezone.now())
    assert set(titles(client, "/feeds/nl/topics/nuisance.xml")) == {"Breed", "Smal", "Les"}
    assert set(titles(client, "/feeds/nl/topics/noise.xml")) == {"Smal", "Les"}
    assert read(client, "/feeds/nl/topics/nuisance.xml").feed.title == "overlast – Schakel"


def test_the_feed_of_a_programme_has_its_projects_in_every_language(client, site, translate):
    project = make_project(title="ORPHEUS", key="orpheus", programme="Interreg 2 Zeeën")
    make_project(title="IcARUS", key="icarus", programme="Horizon 2020")
    translate(project, "fr", title="ORPHEUS (fr)", programme="Interreg 2 Mers")
    assert titles(client, "/feeds/nl/programmes/interreg-2-zeeen.xml") == ["ORPHEUS"]
    feed = read(client, "/feeds/fr/programmes/interreg-2-zeeen.xml")
    assert (feed.feed.title, feed.entries[0].title) == ("Interreg 2 Mers – Schakel", "ORPHEUS (fr)")


def test_the_feed_of_a_series_has_its_recordings(client, site):
    series = Series.objects.create(key="s", title_nl="Reeks", live=True)
    make_recording("a", title_nl="Eén", series=series, first_published_at=timezone.now() - timedelta(days=2))
    make_recording("b", title_nl="Twee", series=series, first_published_at=timezone.now())
    make_recording("c", title_nl="Drie", first_published_at=timezone.now())
    assert titles(client, "/feeds/nl/series/s.xml") == ["Twee", "Eén"]


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/nl/topics/niets.xml",
        "/feeds/nl/topics/hidden.xml",
        "/feeds/nl/programmes/niets.xml",
        "/feeds/nl/series/niets.xml",
        "/feeds/de/changes.xml",
        "/feeds/xx/changes.xml",
        "/feeds/nl/topics/../changes.xml",
    ],
)
def test_what_is_not_there_has_no_feed(client, site, path):
    Topic.objects.create(key="hidden", label_nl="verborgen", live=False)
    assert client.get(path).status_code == 404


def test_a_feed_of_nothing_is_a_feed_that_never_changes(client, site, topics):
    first = client.get("/feeds/nl/topics/noise.xml")
    assert read(client, "/feeds/nl/topics/noise.xml").entries == []
    assert first.content == client.get("/feeds/nl/topics/noise.xml").content


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ufffe", "\x85", "\ud800"])
def test_no_character_breaks_a_feed(client, site, topics, character):
    if character not in ("\x00", "\ud800"):  # which a database refuses itself
        make_recording("les", title_nl=f"Les{character}<b>", topics=[topics[1]], first_published_at=timezone.now())
        assert titles(client, "/feeds/nl/topics/noise.xml") == ["Les <b>"]
    from portal.core.http.atom import Entry, atom_response

    entry = Entry("method", "m", f"a{character}b", "/nl/", "nl", None, f"c{character}", categories=(character,))
    response = atom_response([entry], title=character, page_path="/nl/", feed_path="/f", language="nl", subtitle="s")
    assert not feedparser.parse(BytesIO(response.content)).bozo


def test_a_long_archive_gives_a_feed_of_fifty(client, site):
    for number in range(52):
        make_recording(f"r-{number}", title_nl=f"Les {number}", first_published_at=timezone.now())
    assert len(titles(client, "/feeds/nl/changes.xml")) == 50


def test_a_feed_takes_no_more_queries_for_more_entries(client, site, topics, cost_of):
    make_method(title="Een", key="een", topics=[topics[1]])
    make_recording("les", title_nl="Les", topics=[topics[1]], first_published_at=timezone.now())
    few = cost_of("/feeds/nl/topics/nuisance.xml")
    for number in range(6):
        make_method(title=f"M {number}", key=f"m-{number}", topics=[topics[1]])
        make_recording(f"les-{number}", title_nl="Les", topics=[topics[1]], first_published_at=timezone.now())
    assert cost_of("/feeds/nl/topics/nuisance.xml") == few


class TestAskedAgain:
    """What a reader asks every hour costs nothing until something is published."""

    @pytest.fixture(autouse=True)
    def with_the_page_cache(self, settings, site):
        settings.PAGE_CACHE_ENABLED = True
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_method(title="Buurtwerk", key="buurtwerk")

    PATH = "/feeds/nl/changes.xml"

    @pytest.mark.parametrize("compressed", [{}, {"Accept-Encoding": "gzip"}], ids=["plain", "gzip"])
    def test_a_reader_who_has_it_gets_304_without_a_query(self, client, compressed):
        first = client.get(self.PATH, headers=compressed)
        assert first.headers["ETag"] and first.headers["Last-Modified"]
        for known in (
            {"If-None-Match": first.headers["ETag"]},
            {"If-Modified-Since": first.headers["Last-Modified"]},
            {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(self.PATH, headers=compressed | known)
            assert (answer.status_code, answer.content, len(queries)) == (304, b"", 0)
            assert answer.headers["ETag"] == first.headers["ETag"]

    def test_the_first_who_asks_is_answered_so_too(self, client):
        known = client.get(self.PATH).headers["ETag"]
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_method(title="Ontwerp", key="ontwerp").unpublish()
        assert client.get(self.PATH, headers={"If-None-Match": known}).status_code == 304

    def test_a_publication_is_in_it_at_once(self, client):
        first = client.get(self.PATH)
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_project(title="ORPHEUS", key="orpheus")
        answer = client.get(self.PATH, headers={"If-None-Match": first.headers["ETag"]})
        assert answer.status_code == 200 and b"ORPHEUS" in answer.content

    def test_what_is_taken_away_is_news_to_a_reader_who_knows_the_day_only(self, client, monkeypatch):
        from portal.core.page_cache import middleware

        moments = iter([1_800_000_000_000_000_000, 1_800_000_060_000_000_000])
        now = next(moments)
        monkeypatch.setattr(middleware, "generation", lambda: now)
        first = client.get(self.PATH)
        with TestCase.captureOnCommitCallbacks(execute=True):
            MethodPage.objects.get(key="buurtwerk").unpublish()
        now = next(moments)
        answer = client.get(self.PATH, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        assert answer.status_code == 200 and b"Buurtwerk" not in answer.content

    def test_the_filters_of_the_archive_are_not_answered_from_the_whole_feed(self, client):
        series = Series.objects.create(key="s", title_nl="Reeks", live=True)
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_recording("a", title_nl="In de reeks", series=series, mechelen_part="speaker")
            make_recording("b", title_nl="Er buiten", mechelen_part="speaker")
        client.get("/feeds/nl/webinars.xml")
        assert titles(client, "/feeds/nl/webinars.xml?series=s") == ["In de reeks"]
        assert len(titles(client, "/feeds/nl/webinars.xml")) == 2

    def test_what_nobody_reads_in_an_address_is_answered_from_memory(self, client, django_assert_num_queries):
        client.get(self.PATH)
        with django_assert_num_queries(0):
            assert client.get(f"{self.PATH}?utm_source=x").status_code == 200

    def test_nothing_but_reading_is_allowed(self, client):
        assert client.post(self.PATH).status_code == 405


class TestAnnounced:
    def announced(self, client, path):
        links = soup(client.get(path)).head.select('link[type="application/atom+xml"]')
        return {link["href"]: link["title"] for link in links}

    def test_home_changes_and_follow_announce_everything(self, client, site):
        for path in ("/nl/", "/nl/wijzigingen/", "/nl/volgen/"):
            assert self.announced(client, path) == {"/feeds/nl/changes.xml": "Wijzigingen"}

    def test_a_topic_announces_its_own(self, client, site, topics):
        assert self.announced(client, "/nl/themas/nuisance/") == {"/feeds/nl/topics/nuisance.xml": "Overlast"}

    def test_projects_announce_their_programmes(self, client, site):
        make_project(title="ORPHEUS", key="orpheus", programme="Interreg 2 Zeeën")
        make_project(title="Zonder", key="zonder")
        feed = {"/feeds/nl/programmes/interreg-2-zeeen.xml": "Interreg 2 Zeeën"}
        assert self.announced(client, "/nl/projecten/") == feed
        assert self.announced(client, "/nl/projecten/orpheus/") == feed
        assert self.announced(client, "/nl/projecten/zonder/") == {}

    def test_the_archive_announces_its_series(self, client, site):
        series = Series.objects.create(key="s", title_nl="Reeks", live=True)
        make_recording("a", title_nl="Eén", series=series)
        assert self.announced(client, "/nl/webinars/") == {
            "/feeds/nl/webinars.xml": "Webinars",
            "/feeds/nl/series/s.xml": "Reeks",
        }

    def test_every_announced_feed_answers(self, client, site, topics):
        make_project(title="ORPHEUS", key="orpheus", programme="Interreg 2 Zeeën", topics=[topics[0]])
        for path in ("/nl/", "/nl/projecten/", "/nl/webinars/", "/nl/themas/nuisance/"):
            for feed in self.announced(client, path):
                read(client, feed)


class TestThePage:
    def test_it_lists_every_feed_that_holds_something(self, client, site, topics):
        make_project(title="ORPHEUS", key="orpheus", programme="Interreg 2 Zeeën", topics=[topics[1]])
        Topic.objects.create(key="leeg", label_nl="leeg", live=True)
        series = Series.objects.create(key="s", title_nl="Reeks", live=True)
        Series.objects.create(key="leeg", title_nl="Leeg", live=True)
        make_recording("a", title_nl="Eén", series=series)
        html = soup(client.get("/nl/volgen/")).main
        feeds = [link["href"] for link in html.select('[type="application/atom+xml"]')]
        assert feeds == [
            "/feeds/nl/changes.xml",
            "/feeds/nl/programmes/interreg-2-zeeen.xml",
            "/feeds/nl/series/s.xml",
            "/feeds/nl/topics/noise.xml",
            "/feeds/nl/topics/nuisance.xml",
        ]
        for feed in feeds:
            read(client, feed)
        assert html.select_one('[href="/calendar/nl.ics"]')

    def test_it_is_linked_where_one_looks(self, client, site, topics):
        make_method(title="Buurtwerk", topics=[topics[0]])
        for path in ("/nl/wijzigingen/", "/nl/webinars/", "/nl/themas/nuisance/"):
            assert soup(client.get(path)).main.select('[href^="/nl/volgen/"]'), path
        assert soup(client.get("/nl/")).select('footer [href="/nl/volgen/"]')

    def test_it_costs_the_same_however_much_can_be_followed(self, site, topics, cost_of):
        make_project(title="Een", key="een", programme="Een", topics=[topics[0]])
        few = cost_of("/nl/volgen/")
        for number in range(6):
            one = Topic.objects.create(key=f"t-{number}", label_nl=f"thema {number}", live=True)
            make_project(title=f"P {number}", key=f"p-{number}", programme=f"Programma {number}", topics=[one])
        assert cost_of("/nl/volgen/") == few
