"""Other feeds: RSS, Atom and JSON Feed of any maker, with LinkedIn's own rules for posts that come through a bridge."""

import itertools
import json
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from portal.feeds.adapters.web_feed import WebFeed
from portal.feeds.choices import ItemState, Outcome, Reason
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.feeds.review.pasted_links import add_video_link, parse_pasted_link
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform
from tests.local_server import Answer

NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
PATH = "/blog/feed"
POST = "urn:li:activity:6843120362218115072"


def rss(*items, link="https://www.example.org/", declare=""):
    return (
        f'<?xml version="1.0"?><rss version="2.0" {declare}><channel><title>Proef</title><link>{link}</link>'
        f"<description>x</description>{''.join(items)}</channel></rss>"
    ).encode()


def item(title="Webinar over wonen", link="https://www.example.org/1", guid="g1", date="", text="Tekst."):
    parts = (("title", title), ("link", link), ("guid", guid), ("pubDate", date), ("description", text))
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts if value is not None) + "</item>"


@pytest.fixture
def blog(db, local_server):
    source = Source(name="Blog", kind="web_feed", config=local_server.url(PATH))
    source.full_clean()
    source.save()
    return source


@pytest.fixture
def items(blog, local_server):
    """Pull a body and return what came in, the newest identity last."""

    def pull_body(body, content_type="application/rss+xml", at=NOW):
        local_server.answer(PATH, Answer(body, headers={"Content-Type": content_type}))
        log = pull(blog, at)
        assert log.outcome in (Outcome.OK, Outcome.UNCHANGED), log.message
        return list(Item.objects.order_by("pk"))

    return pull_body


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


def test_an_entry_becomes_an_item_with_plain_text_and_its_own_address(items):
    text = escape("<p>Eén &amp; <b>twee</b></p><script>alert(1)</script><p>drie</p>")
    (found,) = items(rss(item(text=text, date="Mon, 13 Sep 2021 11:57:13 +0200")))
    assert (found.title, found.text) == ("Webinar over wonen", "Eén & twee\ndrie")
    assert found.url == "https://www.example.org/1"
    assert found.published_at == datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)
    assert (found.state, found.kind_guess) == (ItemState.NEW, "webinar")


def test_plain_text_in_angle_brackets_is_not_lost(items):
    (found,) = items(rss(item(text="Schrijf naar &lt;balie@example.org&gt; nu")))
    assert found.text == "Schrijf naar <balie@example.org> nu"


def test_atom_is_read_with_its_relative_addresses(items):
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.example.org/"><title>x</title>
        <entry><id>tag:example.org,2026:1</id><title type="html">A &amp;amp; B</title><link href="talks/1"/>
        <published>2026-03-01T10:00:00+01:00</published><updated>2026-03-02T10:00:00Z</updated>
        <summary>Kort.</summary></entry></feed>"""
    (found,) = items(body, "application/atom+xml")
    assert (found.title, found.url, found.text) == ("A & B", "https://www.example.org/talks/1", "Kort.")
    assert found.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert found.updated_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_json_feed_is_read(items):
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": 7,
                "url": "https://www.example.org/7",
                "content_html": "<p>Een <i>bericht</i></p>",
                "title": "Zeven",
            },
            {"id": "8", "content_text": "Zonder titel\nmaar met tekst", "date_published": "2026-03-01T10:00:00Z"},
            "geen item",
        ],
    }
    seven, eight = items(json.dumps(body).encode(), "application/feed+json")
    assert (seven.title, seven.text, seven.reason) == ("Zeven", "Een bericht", Reason.NO_DATE)
    assert (eight.title, eight.published_at) == ("Zonder titel", datetime(2026, 3, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"error": "denied"}', "json"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "broken"),
        (b"[" * 100_000, "json"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "json"),
        (b'{"a":' * 100_000, "broken"),
        (b"<opml version='2.0'><body/></opml>", "not_a_feed"),
        (b"<html>", "html"),
        (b"", "empty"),
        (rss(item())[:-30], "broken"),
    ],
)
def test_what_is_not_a_whole_feed_is_not_used(blog, local_server, body, code):
    local_server.answer(PATH, Answer(body))
    log = pull(blog)
    assert (log.outcome, log.error_class) == (Outcome.REJECTED, code)
    assert log.message.endswith(".")
    assert not Item.objects.exists()


def test_the_second_time_is_a_conditional_request_that_writes_no_items(blog, local_server, items):
    local_server.answer(PATH, Answer(rss(item()), headers={"ETag": '"x"', "Last-Modified": "y"}), Answer(status=304))
    pull(blog, NOW)
    before = list(Item.objects.values())
    assert pull(blog, NOW + timedelta(hours=6)).outcome == Outcome.UNCHANGED
    assert local_server.requests[-1][1]["If-None-Match"] == '"x"'
    assert len(local_server.requests) == 2
    assert list(Item.objects.values()) == before


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("https://www.linkedin.com/company/dienst/", "linkedin"),
        ("https://www.youtube.com/feeds/videos.xml?channel_id=UCx", "youtube"),
        ("http://127.0.0.1/feed", "private_address"),
        ("file:///etc/passwd", "scheme"),
        ("feed", "scheme"),
        ("https://example.org:8080/feed", "port"),
        ("https://naam:geheim@example.org/feed", "credentials"),
    ],
)
def test_an_address_that_cannot_be_a_feed_is_refused_in_the_form(config, code):
    with pytest.raises(ValidationError) as refused:
        WebFeed().clean_config(config)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


def test_an_address_that_moved_for_good_is_told_to_staff_and_not_changed(blog, local_server):
    local_server.answer(PATH, Answer(status=301, headers={"Location": "/nieuw"}))
    local_server.answer("/nieuw", Answer(rss(item())))
    for number in range(3):
        assert blog.current_problem == ""
        pull(blog, NOW + number * timedelta(hours=6))
        blog.refresh_from_db()
    assert local_server.url("/nieuw") in blog.current_problem
    assert blog.config == local_server.url(PATH)
    local_server.answer(PATH, Answer(status=302, headers={"Location": "/nieuw"}))
    pull(blog, NOW + timedelta(days=1))
    blog.refresh_from_db()
    assert blog.current_problem == ""


class TestIdentity:
    def test_a_video_is_known_by_its_own_id_whoever_mentions_it(self, items):
        (found,) = items(rss(item(link="https://youtu.be/aaaaaaaaaaa?feature=x", guid="https://bridge/1")))
        assert (found.external_id, found.url) == ("yt:aaaaaaaaaaa", "https://www.youtube.com/watch?v=aaaaaaaaaaa")

    def test_30_a_guid_with_a_number_that_changes_at_each_run_is_one_item(self, items):
        for run in (1743013185000, 1743016785000):
            found = items(rss(item(guid=f"https://www.example.org/1?v={run}", text=str(run))))
        assert len(found) == 1

    def test_30_a_guid_that_all_entries_share_is_no_identity(self, items):
        twice = (item(guid="home"), item(guid="home", link="https://www.example.org/2", title="Twee"))
        assert len(items(rss(*twice))) == 2
        assert len(items(rss(*reversed(twice)), at=NOW + timedelta(hours=6))) == 2

    def test_31_what_has_no_guid_is_known_by_its_link_and_what_has_neither_is_set_apart(self, items):
        body = rss(item(guid=None), item(guid=None, link=None, title="Los"), "<item/>", item(guid="a", title=None))
        for at, changed in ((NOW, body), (NOW + timedelta(hours=6), body + b"<!-- later -->")):
            found = items(changed, at=at)
            reasons = {one.title: (one.reason, one.state) for one in found}
        assert reasons["Webinar over wonen"] == (Reason.NO_DATE, ItemState.NEW)
        assert reasons["Los"] == (Reason.NO_ID, ItemState.QUARANTINED)
        assert reasons[""] == (Reason.NO_ID, ItemState.QUARANTINED)
        assert reasons["Tekst."] == (Reason.NO_DATE, ItemState.NEW), "a message without a title begins with its text"

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "/relatief"])
    def test_a_link_that_is_no_web_address_is_left_out(self, items, link, blog):
        (found,) = items(rss(item(link=link)))
        assert found.url == "" or found.url.startswith(blog.config.rsplit("/", 2)[0])


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon, 13 Sep 2021 11:57:13 CEST", datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)),
        ("Mon, 13 Sep 2021 10:57:13 BST", datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)),
        ("Mo, 13 Sep 2021 09:57:13 GMT", datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)),
        ("13 Sep 2021 09:57 -0000", datetime(2021, 9, 13, 9, 57, tzinfo=UTC)),
        ("2021-09-13T11:57:13+02:00", datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)),
        ("2021-13-01T00:00:00Z", None),
        ("1631527033", None),
        ("0000-00-00", None),
        ("Fri, 31 Dec 2099 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("2021-09-13 09:57", None),
        ("Mon, 13 Sep 2021 09:57:13", None),
        ("ma, 13 mei 2021 09:57:13 +0200", None),
        ("Mon, 13 Sep 2021 09:57:13 XYZ", None),
    ],
)
def test_32_a_date_is_right_or_flagged(items, date, moment):
    (found,) = items(rss(item(date=date)))
    assert found.published_at == moment
    assert found.reason == ("" if moment else Reason.STRANGE_DATE)


class TestLinkedIn:
    def test_30_a_post_is_known_and_dated_by_its_number_alone(self, items):
        for run, date in ((1, "Mon, 13 Sep 2021 14:00:00 +0000"), (2, "Mon, 13 Sep 2021 11:00:00 +0000")):
            found = items(
                rss(
                    item(
                        guid=f"{POST}?v={run}743013185000",
                        link=f"https://www.linkedin.com/feed/update/{POST}",
                        date=date,
                    )
                )
            )
        (post,) = found
        assert (post.external_id, post.published_at) == (
            "li:6843120362218115072",
            datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC),
        )
        assert post.state == ItemState.NEW

    def test_30_what_names_no_post_is_set_apart_and_does_not_grow_in_number(self, items, samples):
        for number, name in enumerate(("first", "next_run")):
            body = (samples / "linkedin" / f"rss_leverege_{name}.xml").read_bytes()
            body = body.replace(b"/leverege/post<", b"/leverege/<")
            found = items(body, at=NOW + timedelta(days=number))
        assert [(one.state, one.reason) for one in found] == [(ItemState.QUARANTINED, Reason.NO_URN)]

    def test_30_failures_that_a_bridge_publishes_as_entries_are_set_apart(self, items):
        failed = item(title="No data (scraping failed)", link=None, guid="err", text="")
        (found,) = items(rss(failed, link="https://www.linkedin.com/company/dienst"))
        assert (found.state, found.reason) == (ItemState.QUARANTINED, Reason.NO_URN)

    def test_30_entries_whose_id_is_the_company_are_set_apart(self, items, samples):
        for name in (1, 2, 3, 2, 3):
            found = items(
                (samples / "linkedin" / f"jsonfeed_bluedot_{name}.json").read_bytes(), "application/json", NOW
            )
        assert {one.reason for one in found} == {Reason.NO_URN}
        assert len(found) == 4, "each company that is named, once"

    def test_one_post_with_two_numbers_is_one_item_under_both(self, items, samples, user):
        body = (samples / "linkedin" / "rss_synth_guid_ugcpost_link_activity.xml").read_bytes()
        post = next(one for one in items(body) if one.reason == "")
        assert post.external_id == "li:7508598296936448000"
        assert post.identities == ["li:7508598296936448000", "li:7508598298614169600"]
        by_link = rss(item(guid="x", link="https://www.linkedin.com/feed/update/urn:li:activity:7508598298614169600"))
        assert len(items(by_link, at=NOW + timedelta(days=1))) == len(items(body, at=NOW + timedelta(days=2)))

    def test_what_staff_pasted_under_the_other_number_is_the_same_recording(self, items, samples, user):
        recording = add_video_link(parse_pasted_link("urn:li:activity:7508598298614169600"), user)
        items((samples / "linkedin" / "rss_synth_guid_ugcpost_link_activity.xml").read_bytes())
        post = Item.objects.get(external_id="li:7508598296936448000")
        assert (post.state, post.recording) == (ItemState.ACCEPTED, recording)

    def test_two_numbers_within_seconds_with_the_same_words_are_one_post(self, items):
        numbers = (7402746946853253120, 7402746945318146049)
        for number in numbers:
            found = items(rss(item(guid=f"urn:li:share:{number}", link=None, text="Zelfde woorden")))
        assert len(found) == 1
        assert set(found[0].identities) == {f"li:{number}" for number in numbers}

    def test_the_captures_of_a_bridge_end_in_the_same_state_in_any_order_and_twice(self, blog, items, samples):
        captures = [
            (NOW + timedelta(days=number), (samples / "linkedin" / f"rss_henc313_series_{number}.xml").read_bytes())
            for number in (1, 2, 3)
        ]
        fields = ("external_id", "title", "text", "published_at", "state", "reason", "first_seen", "last_seen")
        ends = set()
        for order in itertools.permutations(captures):
            Item.objects.all().delete()
            Source.objects.update(last_ok_at=None, body_sha256="", body_at=None)
            for moment, body in order * 2:
                items(body, at=moment)
            ends.add(tuple(Item.objects.order_by("external_id").values_list(*fields)))
        assert len(ends) == 1
        assert all(one[0].startswith("li:") or one[5] == Reason.NO_URN for one in ends.pop())

    def test_an_accepted_post_announces_a_session_whose_recording_is_to_be_found(self, items, user):
        (post,) = items(rss(item(guid=POST, link=None)))
        recording = accept(post, user)
        place = RecordingSource.objects.get()
        assert (place.platform, recording.state) == (Platform.LINKEDIN, RecordingState.NOT_FOUND)
        assert recording.announced_at == post.published_at


def test_an_entry_of_a_website_can_become_a_recording_with_its_link(items, user):
    (found,) = items(rss(item()))
    accept(found, user)
    assert RecordingSource.objects.get().platform == Platform.WEB
    assert Recording.objects.get().state == RecordingState.RECORDED


def test_every_captured_feed_is_read_or_refused_with_a_sentence(blog, local_server, samples):
    read = 0
    for path in sorted(
        [*(samples / "rss").iterdir(), *(samples / "bad").iterdir(), *(samples / "linkedin").glob("rss*")]
    ):
        local_server.answer(PATH, Answer(path.read_bytes()))
        log = pull(blog)
        assert log.outcome != Outcome.FAILED
        assert log.message.endswith(".") or not log.error_class, path.name
        read += not log.error_class
    assert read > 30
    assert not Item.objects.filter(title="", state=ItemState.NEW).exists()
