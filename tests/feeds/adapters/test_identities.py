"""Who a thing is: two sources that use the same ids stay apart, and one thing stays one item.

See docs/feed-rules.md 5.6.
"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from portal.feeds.choices import ItemState, Outcome, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.models import Item, ItemAlias, Source
from portal.feeds.pulling.file_import import import_file
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.webinars.models import Recording, RecordingSource
from tests.feeds.adapters.test_web_feeds import item, rss
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "feeds"
NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
migration = import_module("portal.feeds.migrations.0019_ids_belong_to_their_source")


def case(name):
    return (CASES / name).read_bytes()


@pytest.fixture
def web_feed(local_server):
    """Make a source at a path, and pull what it answers: `pulled = web_feed("/a"); pulled(body, …)`."""

    def make(path):
        source = Source.objects.create(name=path, kind="web_feed", config=local_server.url(path))
        days = iter(range(1000))

        def pulled(body):
            local_server.answer(path, Answer(body))
            return pull(source, NOW + next(days) * DAY)

        pulled.source = source
        return pulled

    return make


@pytest.fixture
def user():
    return get_user_model().objects.create_user("nalezer", password="x")


def titles(source):
    return sorted(Item.objects.filter(source=source).values_list("title", flat=True))


class TestTwoSourcesWithTheSameIds:
    def test_each_keeps_its_own_items(self, web_feed):
        parma, nice = web_feed("/parma"), web_feed("/nice")
        parma(case("A1_feed_parma.xml"))
        log = nice(case("A1_feed_nice.xml"))
        assert (log.n_new, log.n_changed) == (3, 0)
        assert titles(parma.source) == ["Parma een", "Parma twee"]
        assert titles(nice.source) == ["Nice deux", "Nice trois", "Nice un"]
        for pulled, name in ((parma, "parma"), (nice, "nice")) * 2:
            again = pulled(case(f"A1_feed_{name}.xml") + b"<!-- later -->")
            assert (again.n_new, again.n_changed) == (0, 0)

    def test_an_accepted_recording_keeps_its_place(self, web_feed, user):
        parma, nice = web_feed("/parma"), web_feed("/nice")
        parma(case("A1_feed_parma.xml"))
        recording = accept(Item.objects.get(title="Parma een"), user)
        nice(case("A1_feed_nice.xml"))
        place = RecordingSource.objects.get()
        assert (place.recording, place.title, place.url) == (recording, "Parma een", "https://parma.example.org/v/1")
        other = accept(Item.objects.get(title="Nice un"), user)
        assert other != recording
        assert Recording.objects.count() == 2

    @pytest.mark.parametrize("ids", [(1, 2), ("1", "2"), (1.5, True), ("a/b", "c d"), ("https://x.org/1", "é")])
    def test_so_it_is_with_json_feeds(self, web_feed, ids):
        for path in ("/a", "/b"):
            items = [{"id": one, "title": f"{path} {one}", "content_text": "x"} for one in ids]
            body = {"version": "https://jsonfeed.org/version/1.1", "title": path, "items": items}
            web_feed(path)(json.dumps(body).encode())
        assert Item.objects.count() == 4

    def test_a_video_is_one_item_whoever_mentions_it(self, web_feed):
        for path in ("/a", "/b"):
            web_feed(path)(rss(item(guid="7", link="https://youtu.be/aaaaaaaaaaa")))
        assert Item.objects.get().external_id == "yt:aaaaaaaaaaa"

    def test_what_is_set_apart_is_set_apart_for_each(self, web_feed):
        for path in ("/a", "/b"):
            web_feed(path)(rss(item(guid=None, link=None)))
        assert Item.objects.filter(reason=Reason.NO_ID).count() == 2


class TestAnIdIsTheStringThatItIs:
    def test_a_redirect_to_another_folder_doubles_nothing(self, web_feed, local_server):
        pulled = web_feed("/old/rss.xml")
        pulled(case("A6_bare_guid_redirect.xml"))
        local_server.answer("/new/rss.xml", Answer(case("A6_bare_guid_redirect.xml") + b"<!-- moved -->"))
        local_server.answer("/old/rss.xml", Answer(status=302, headers={"Location": "/new/rss.xml"}))
        log = pull(pulled.source, NOW + 9 * DAY)
        assert (log.n_entries, log.n_new, log.n_changed) == (3, 0, 0)
        assert Item.objects.count() == 3

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("news-1", "NEWS-1"),
            ("https://example.org/?p=1", "https://example.org/?p=2"),
            ("https://example.org/watch?v=1743013185000", "https://example.org/watch?v=1743016785000"),
            ("https://example.org/a/../b", "https://example.org/b"),
            ("http://example.org/1", "https://example.org/1"),
            ("tag:example.org,2026:1", "tag:example.org,2026:1/"),
            ("%31", "1"),
        ],
    )
    def test_ids_that_differ_are_two_items(self, web_feed, one, other):
        pulled = web_feed("/a")
        entries = [
            item(guid=one, title="Een", link="https://example.org/een"),
            item(guid=other, title="Twee", link="https://example.org/twee"),
        ]
        for body in (rss(entries[0]), rss(entries[1]), rss(*entries), rss(*reversed(entries))):
            pulled(body)
        assert Item.objects.count() == 2

    def test_the_base_of_an_atom_feed_is_not_part_of_its_ids(self, web_feed):
        pulled = web_feed("/a")
        atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://{host}/"><title>x</title><entry>
            <id>talks/1</id><title>Een</title><link href="talks/1"/><updated>2026-03-02T10:00:00Z</updated>
            </entry></feed>"""
        for host in ("www.example.org", "example.org"):
            pulled(atom.format(host=host).encode())
        assert Item.objects.get().url == "https://example.org/talks/1"

    def test_an_id_is_an_address_only_where_rss_says_so_and_it_is_one(self, web_feed):
        pulled = web_feed("/a")
        guids = (
            "<guid>https://example.org/1</guid>",
            '<guid isPermaLink="false">https://example.org/2</guid>',
            "<guid>news-3</guid>",
            '<guid isPermaLink="true">N/A</guid>',
        )
        pulled(rss(*(f"<item><title>{number}</title>{guid}</item>" for number, guid in enumerate(guids, start=1))))
        assert dict(Item.objects.values_list("title", "url")) == {
            "1": "https://example.org/1",
            "2": "",
            "3": "",
            "4": "",
        }

    def test_no_address_is_made_of_an_atom_or_json_id(self, web_feed):
        atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>https://example.org/?p=1</id>
            <title>Een</title><updated>2026-03-02T10:00:00Z</updated></entry></feed>"""
        body = {"version": "https://jsonfeed.org/version/1", "items": [{"id": "https://x.org/1", "title": "Twee"}]}
        web_feed("/a")(atom.encode())
        web_feed("/b")(json.dumps(body).encode())
        assert set(Item.objects.values_list("title", "url")) == {("Een", ""), ("Twee", "")}

    @pytest.mark.parametrize("word", ["N/A", "geen", "nieuws-12", "x"])
    def test_no_address_is_made_of_a_word(self, web_feed, word):
        web_feed("/a")(rss(item(link=word, guid="1")))
        assert Item.objects.get().url == ""

    def test_a_site_that_changes_to_https_doubles_nothing(self, web_feed):
        pulled = web_feed("/a")
        for scheme in ("http", "https", "http"):
            pulled(rss(item(guid=None, link=f"{scheme}://example.org/1")))
        assert Item.objects.get().url == "http://example.org/1"

    def test_a_feed_that_begins_to_give_ids_doubles_nothing(self, web_feed):
        pulled = web_feed("/a")
        for guid in (None, "tag:example.org,2026:1", None):
            pulled(rss(item(guid=guid)))
        assert Item.objects.count() == 1


class TestIdsThatSayNothing:
    def test_what_all_entries_share_tells_them_apart_no_more(self, web_feed):
        pulled = web_feed("/a")
        log = pulled(case("A3_same_guid_same_link.xml"))
        assert log.n_new == 4
        assert log.message.endswith(".")
        again = pulled(case("A3_same_guid_same_link.xml") + b"<!-- later -->")
        assert (again.n_new, again.n_changed, again.message) == (0, 0, ""), "said once"

    def test_an_entry_that_is_alone_in_the_next_answer_is_still_itself(self, web_feed):
        pulled = web_feed("/a")
        entries = [item(guid="x", link=f"https://example.org/{n}", title=f"Titel {n}") for n in range(3)]
        pulled(rss(entries[0]))
        pulled(rss(*entries))
        pulled(rss(entries[2]))
        log = pulled(rss(entries[1]))
        assert (log.n_new, log.n_changed) == (0, 0)
        assert titles(pulled.source) == ["Titel 0", "Titel 1", "Titel 2"]

    def test_entries_without_id_that_all_link_to_one_page_are_kept_apart(self, web_feed):
        entries = [item(guid=None, link="https://example.org/agenda", title=f"Titel {n}") for n in range(3)]
        pulled = web_feed("/a")
        assert pulled(rss(*entries)).n_new == 3
        assert pulled(rss(*reversed(entries))).n_new == 0

    def test_the_same_id_and_address_twice_is_one_item_and_said(self, web_feed):
        pulled = web_feed("/a")
        twins = [item(title="oud"), item(title="nieuw"), item(guid="2", link="https://example.org/2", title="ander")]
        log = pulled(rss(*twins))
        assert log.n_new == 2
        assert "1" in log.message

    def test_pointing_the_source_elsewhere_forgets_what_was_true_of_the_old_feed(self, web_feed, local_server):
        pulled = web_feed("/a")
        pulled(case("A3_same_guid_same_link.xml"))
        source = Source.objects.get(pk=pulled.source.pk)
        assert source.memory["entries"]["shared"]
        source.config = local_server.url("/b")
        source.save()
        source.refresh_from_db()
        assert "entries" not in source.memory


class TestOneEntryChangesNothingForTheOthers:
    def test_a_link_to_linkedin_in_the_news_of_a_city(self, web_feed):
        pulled = web_feed("/a")
        news = [item(guid=f"n{n}", link=f"https://example.org/{n}", title=f"Nieuws {n}") for n in range(3)]
        pulled(rss(*news))
        company = item(guid="n9", link="https://www.linkedin.com/company/dienst", title="Volg ons")
        log = pulled(rss(company, *news))
        assert (log.n_new, log.n_changed) == (1, 0)
        assert not Item.objects.filter(state=ItemState.QUARANTINED).exists()

    def test_a_post_that_is_only_mentioned_in_an_address_is_not_the_entry(self, web_feed):
        link = "https://example.org/share?u=https://www.linkedin.com/feed/update/urn:li:share:6843120362218115072"
        web_feed("/a")(rss(item(link=link)))
        assert Item.objects.get().external_id.startswith("web:")

    def test_a_bridge_stays_one_when_it_forgets_to_say_of_what_it_is(self, web_feed):
        pulled = web_feed("/a")
        post = item(guid="urn:li:activity:6843120362218115072", link=None)
        pulled(rss(post, link="https://www.linkedin.com/company/dienst"))
        pulled(rss(post, item(guid="check-1", link=None, title="Check"), link="https://bridge.example.org/"))
        assert Item.objects.get(title="Check").reason == Reason.NO_URN


class TestElevenLettersAreNoVideo:
    @pytest.mark.parametrize(
        "entry",
        [
            {"id": "abcdefghijk", "title": "Iets"},
            {"id": "abcdefghijk", "title": "Iets", "url": "https://vimeo.com/abcdefghijk"},
            {"id": "abcdefghijk", "title": "Iets", "ie_key": "Dailymotion", "url": "https://youtu.be/abcdefghijk"},
            {"id": "abcdefghijk", "snippet": {"title": "Iets"}},
            {"id": "abcdefghijk", "kind": "drive#file", "snippet": {"title": "Iets"}},
        ],
    )
    def test_in_a_list_that_is_not_of_youtube(self, entry):
        with pytest.raises(UnusableDocument):
            import_file("x.json", json.dumps({"entries": [entry]}).encode())
        assert not Item.objects.exists()

    @pytest.mark.parametrize(
        "entry",
        [
            {"ie_key": "Youtube"},
            {"extractor_key": "Youtube"},
            {"extractor": "youtube"},
            {"webpage_url": "https://www.youtube.com/watch?v=abcdefghijk"},
            {"url": "https://www.youtube.com/shorts/abcdefghijk"},
        ],
    )
    def test_where_the_list_says_that_it_is_of_youtube_they_are(self, entry):
        import_file("x.json", json.dumps(entry | {"id": "abcdefghijk", "title": "Iets"}).encode())
        assert Item.objects.get().external_id == "yt:abcdefghijk"

    def test_as_the_id_of_an_entry(self, web_feed):
        web_feed("/a")(rss(item(guid="abcdefghijk", link="https://example.org/abcdefghijk")))
        assert Item.objects.get().external_id.startswith("web:")


def old_id(name):
    """The identity under which the portal kept an entry before ids belonged to their source."""
    return "web:" + sha256(name.encode()).hexdigest()[:40]


class TestWhatWasKeptBefore:
    """Items with the identities of before are carried over by the migration and the next pull, and never doubled."""

    @pytest.fixture
    def before(self, web_feed):
        """Store an item as it was kept before, and carry it over."""

        def store(source, name, **values):
            one = Item.objects.create(
                source=source, external_id=old_id(name), first_seen=NOW, last_seen=NOW, fetched_at=NOW, **values
            )
            migration.give_each_id_its_source(apps, None)
            one.refresh_from_db()
            return one

        return store

    @pytest.mark.parametrize(
        ("guid", "link", "stored"),
        [
            ("1", "https://example.org/1", "{host}/feeds/1"),
            ("news-1", "https://example.org/1", "{host}/feeds/news-1"),
            ("tag:example.org,2026:1", "https://example.org/1", "tag:example.org,2026:1"),
            ("https://example.org/a/../1", "https://example.org/1", "https://example.org/1"),
            ("https://example.org/1?v=1743013185000", "https://example.org/1", "https://example.org/1"),
            (None, "https://example.org/1", "https://example.org/1"),
            (None, "https://example.org/1", "http://example.org/1"),
            (None, "/1", "{host}/1"),
            ("1", None, "{host}/feeds/1"),
        ],
    )
    def test_a_pull_finds_the_same_item(self, web_feed, local_server, before, guid, link, stored):
        pulled = web_feed("/feeds/rss.xml")
        host = local_server.url("")
        one = before(pulled.source, stored.format(host=host), title="Webinar over wonen", state=ItemState.IGNORED)
        log = pulled(rss(item(guid=guid, link=link)))
        assert log.n_new == 0
        again = Item.objects.get()
        assert (again.pk, again.state) == (one.pk, ItemState.IGNORED)
        assert pulled(rss(item(guid=guid, link=link, title="Nieuwe titel"))).n_new == 0

    def test_a_redirect_at_the_same_time_finds_it_too(self, web_feed, local_server, before):
        pulled = web_feed("/old/rss.xml")
        for number in range(3):
            before(pulled.source, local_server.url(f"/old/news-{number}"), title=f"Nieuws {number}")
        local_server.answer("/new/rss.xml", Answer(case("A6_bare_guid_redirect.xml")))
        local_server.answer("/old/rss.xml", Answer(status=302, headers={"Location": "/new/rss.xml"}))
        assert pull(pulled.source, NOW).n_new == 0

    def test_what_two_feeds_wrote_into_one_item_stays_with_one_and_the_other_brings_its_own(
        self, web_feed, local_server, before
    ):
        parma, nice = web_feed("/parma"), web_feed("/nice")
        mixed = before(parma.source, "1", title="Nice un", url="https://nice.example.org/v/1")
        assert parma(case("A1_feed_parma.xml")).n_new == 1
        assert nice(case("A1_feed_nice.xml")).n_new == 3
        mixed.refresh_from_db()
        assert (mixed.source, mixed.title) == (parma.source, "Parma een")

    def test_entries_that_were_one_under_an_id_that_says_nothing_go_over_once(self, web_feed, local_server, before):
        pulled = web_feed("/a")
        kept = before(pulled.source, "N/A", title="Versie 2")
        log = pulled(case("A3_same_guid_same_link.xml"))
        assert log.n_new == 3
        kept.refresh_from_db()
        assert kept.title == "Versie 2"

    def test_what_a_link_to_linkedin_set_apart_is_itself_again(self, web_feed, before):
        pulled = web_feed("/a")
        apart = "?:" + sha256(b"no number\nhttps://www.example.org/1\nNone").hexdigest()[:40]
        Item.objects.create(
            source=pulled.source,
            external_id=apart,
            title="Webinar over wonen",
            state=ItemState.QUARANTINED,
            reason=Reason.NO_URN,
            first_seen=NOW,
            last_seen=NOW,
            fetched_at=NOW,
        )
        migration.give_each_id_its_source(apps, None)
        pulled(rss(item()))
        one = Item.objects.get()
        assert (one.state, one.reason) == (ItemState.NEW, Reason.NO_DATE)

    def test_an_accepted_recording_goes_along(self, web_feed, before, local_server):
        pulled = web_feed("/feeds/rss.xml")
        recording = Recording.objects.create(key="proef", title_nl="Proef")
        name = local_server.url("/feeds/7")
        place = RecordingSource.objects.create(recording=recording, platform="web", external_id=old_id(name))
        before(pulled.source, name, title="Oud", url="https://www.example.org/1", state=ItemState.ACCEPTED)
        Item.objects.update(recording=recording)
        pulled(rss(item(guid="7", title="Nieuw")))
        place.refresh_from_db()
        assert (place.title, place.recording) == ("Nieuw", recording)
        assert Item.objects.count() == RecordingSource.objects.count() == 1

    def test_the_migration_does_its_work_once_and_can_be_taken_back(self, web_feed, before):
        pulled = web_feed("/a")
        one = before(pulled.source, "x", title="Titel")
        video = Item.objects.create(
            source=pulled.source, external_id="yt:aaaaaaaaaaa", first_seen=NOW, last_seen=NOW, fetched_at=NOW
        )
        alias = ItemAlias.objects.create(item=video, external_id=old_id("y"))
        migration.give_each_id_its_source(apps, None)
        scoped = set(Item.objects.values_list("external_id", flat=True))
        migration.give_each_id_its_source(apps, None)
        assert set(Item.objects.values_list("external_id", flat=True)) == scoped
        alias.refresh_from_db()
        assert alias.external_id == f"web:{pulled.source.pk}:{old_id('y')[4:]}"
        migration.take_the_source_away(apps, None)
        one.refresh_from_db()
        video.refresh_from_db()
        assert (one.external_id, video.external_id) == (old_id("x"), "yt:aaaaaaaaaaa")


def test_a_table_of_ours_that_names_one_website_in_every_row_loses_no_row():
    rows = "".join(f"Webinar {n};2026-03-0{n} 14:00;https://www.example.org/webinars\n" for n in (1, 2, 3))
    report = import_file("x.csv", f"title;date;website\n{rows}".encode())
    assert report.log.outcome == Outcome.OK
    assert Item.objects.count() == 3
    assert import_file("x.csv", f"title;date;website\n{rows}".encode()).log.n_new == 0


def test_a_file_that_names_one_thing_twice_says_so():
    rows = "Eerste;https://youtu.be/aaaaaaaaaaa\nTweede;https://youtu.be/aaaaaaaaaaa\n"
    report = import_file("x.csv", f"title;youtube\n{rows}".encode())
    assert Item.objects.count() == 1
    assert len(report.remarks) == 1
