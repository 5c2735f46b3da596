"""Whatever a source or a file holds: it is that source's failure, with a sentence and a cause, and the others go on."""

import json
import logging
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.core.http.client import FetchedResponse
from portal.feeds.adapters import http_responses, web_feed, youtube_atom
from portal.feeds.adapters.registry import ADAPTERS_BY_KIND
from portal.feeds.admin.alert_mails import alert_for
from portal.feeds.choices import Outcome
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.models import FetchLog, Item, Source
from portal.feeds.pulling.file_import import import_file
from portal.feeds.pulling.pull import pull, pull_due
from portal.feeds.pulling.store import StoreResult, store_items
from tests.feeds.adapters.test_web_feeds import item, rss
from tests.feeds.atom import CHANNEL, entry, feed
from tests.feeds.linkedin_server import number_of, post
from tests.feeds.youtube_server import video
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "feeds"
NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
ODD = (None, [], {}, "", "x", 7, -1, 1e400, True, [None], [[]], {"x": None}, "\ud83d", "\x00", 10**30, ["1"], [{}])
# A text or a number may be stored on one database and refused on another. Nothing, a list and an object are turned away
# while the document is read: no column takes them on any, so they need no second run.
EACH_ODD = [
    pytest.param(
        odd, id=repr(odd), marks=pytest.mark.no_database if odd is None or isinstance(odd, (list, dict)) else ()
    )
    for odd in ODD
]


@pytest.fixture
def web_source(local_server):
    def make(path, answer):
        return Source.objects.create(
            name=path, kind="web_feed", config=local_server.answer(path, answer), enabled=True, interval_s=21600
        )

    return make


def outcomes():
    return {log.source.name: log.outcome for log in FetchLog.objects.select_related("source")}


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (Answer((CASES / "B1_nested_2000.xml").read_bytes()), Outcome.REJECTED, "too_deep"),
        (Answer(b'{"a":' * 200_000), Outcome.REJECTED, "broken"),
        (Answer((CASES / "B2_json_surrogate_id.json").read_bytes()), Outcome.OK, ""),
        (
            Answer(b"", 429, {"Retry-After": "Mon, 01 Jan 2024 00:00:00 +9999999999999"}),
            Outcome.FAILED,
            "http_429",
        ),
    ],
)
def test_the_others_are_pulled(web_source, answer, outcome, code):
    web_source("/a-good", Answer(rss(item(guid="1"))))
    web_source("/bad", answer)
    web_source("/z-good", Answer(rss(item(guid="2"))))
    list(pull_due(NOW))
    assert outcomes() == {"/a-good": Outcome.OK, "/bad": outcome, "/z-good": Outcome.OK}
    log = FetchLog.objects.get(source__name="/bad")
    assert log.error_class == code
    assert log.message.endswith(".") or not code


class TestWhatNobodyForesaw:
    @pytest.fixture(params=[RecursionError, UnicodeEncodeError, OverflowError, MemoryError, KeyError, AttributeError])
    def error(self, request):
        kind = request.param
        return kind("utf-8", "\ud83d", 0, 1, "surrogates not allowed") if kind is UnicodeEncodeError else kind("boo")

    @pytest.fixture
    def bad(self, web_source, monkeypatch, error):
        web_source("/a-good", Answer(rss(item(guid="1"))))
        source = web_source("/bad", Answer(b""))
        web_source("/z-good", Answer(rss(item(guid="2"))))
        real = ADAPTERS_BY_KIND["web_feed"].fetch

        def fetch(asked):
            if asked.pk == source.pk:
                raise error
            return real(asked)

        monkeypatch.setattr(ADAPTERS_BY_KIND["web_feed"], "fetch", fetch, raising=False)
        return source

    def test_is_the_failure_of_one_source_with_its_cause_in_the_log(self, bad, error, caplog):
        list(pull_due(NOW))
        assert outcomes() == {"/a-good": Outcome.OK, "/bad": Outcome.FAILED, "/z-good": Outcome.OK}
        bad.refresh_from_db()
        log = FetchLog.objects.get(source=bad)
        assert (bad.consecutive_failures, bad.last_error) == (1, log.message)
        assert (log.error_class, log.message[-1]) == ("unforeseen", ".")
        assert type(error).__name__ in log.message
        assert bad.next_run_at > NOW
        assert bad.leased_until is None
        record = next(record for record in caplog.records if record.levelno == logging.ERROR)
        assert record.exc_info[1] is error
        pull(bad, NOW + timedelta(hours=12))
        bad.refresh_from_db()
        assert bad.consecutive_failures == 2

    def test_is_told_to_administrators_after_three_days(self, bad):
        pull(bad, timezone.now() - timedelta(days=4))
        bad.refresh_from_db()
        assert "three days" in str(alert_for(bad).headline) or alert_for(bad).stage.startswith("silent")

    def test_answers_who_pulls_it_now(self, bad, client):
        client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
        page = client.post(reverse("feeds:pull_source", args=[bad.pk]), follow=True)
        assert page.status_code == 200
        assert FetchLog.objects.get().error_class == "unforeseen"

    def test_in_keeping_what_came_is_the_failure_of_that_source_too(self, web_source, monkeypatch, error):
        source = web_source("/a", Answer(rss(item(guid="1"))))
        monkeypatch.setattr("portal.feeds.pulling.pull.store_items", lambda *given: (_ for _ in ()).throw(error))
        list(pull_due(NOW))
        source.refresh_from_db()
        assert (source.consecutive_failures, source.last_ok_at) == (1, None)

    def test_in_a_file_is_a_sentence_beside_the_field(self, client, monkeypatch, error, caplog):
        monkeypatch.setattr("portal.feeds.pulling.file_import.store_items", lambda *given: (_ for _ in ()).throw(error))
        client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
        upload = SimpleUploadedFile("x.csv", b"title;date;youtube\nGoed;;https://youtu.be/aaaaaaaaaaa\n")
        page = client.post(reverse("feeds:bring_in_file"), {"file": upload})
        assert page.status_code == 200
        assert "error-message" in page.content.decode()
        assert any(record.exc_info and record.exc_info[1] is error for record in caplog.records)


def test_what_was_unforeseen_of_a_feed_is_no_failure_of_the_one_that_staff_entered_meanwhile(web_source, monkeypatch):
    source = web_source("/a", Answer(rss(item())))

    def fetch(asked):
        Source.objects.filter(pk=asked.pk).update(config="https://example.org/other")
        raise OverflowError

    monkeypatch.setattr(ADAPTERS_BY_KIND["web_feed"], "fetch", fetch, raising=False)
    pull(source, NOW)
    source.refresh_from_db()
    assert (source.config, source.consecutive_failures) == ("https://example.org/other", 0)


def test_a_source_that_is_removed_while_others_are_asked_stops_nobody(web_source, monkeypatch):
    gone = web_source("/gone", Answer(rss(item(guid="1"))))
    web_source("/good", Answer(rss(item(guid="2"))))
    due = list(Source.objects.all())
    gone.delete()
    monkeypatch.setattr("portal.feeds.pulling.pull.due_sources", lambda now: due)
    assert [log.source.name for log in pull_due(NOW)] == ["/good"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("-120", None),
        ("1e3", None),
        ("NaN", None),
        ("100000000000", 86400),
        ("100000000000000000000", None),
        ("9" * 5000, None),
        ("١٢٠", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 86400),
        ("Mon, 01 Jan 0001 00:00:00 +2359", None),
        ("Mon, 01 Jan 2024 00:00:00 +9999999999999", None),
        ("Mon, 99 Jan 2024 00:00:00 GMT", None),
        ("Mon, 01 Jan 2024", None),
        (",,,", None),
        ("", None),
    ],
)
def test_retry_after_is_obeyed_up_to_a_day_or_ignored(value, seconds):
    assert http_responses.retry_after_s({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize("tag", ['"é\x01"', '"' + "x" * 300 + '"', '"\u20ac"'])
def test_a_validator_that_cannot_go_back_is_not_kept(web_source, monkeypatch, tag):
    body = rss(item())
    fetched = FetchedResponse(200, "https://example.org/feed", {"etag": tag}, body, "0", False)
    monkeypatch.setattr(web_feed, "fetch", lambda *asked, **more: fetched)
    source = web_source("/a", Answer(body))
    pull(source, NOW)
    source.refresh_from_db()
    assert source.etag == ""


class TestOneOddItem:
    GOOD = ItemValues(external_id="web:good", title="Goed", text="x", url="", kind_guess="other")

    @pytest.mark.parametrize(
        "odd",
        [
            {"external_id": "web:\ud83d"},
            {"external_id": "web:" + "x" * 500},
            {"external_id": ""},
            {"external_id": "yt:\x00"},
            {"aliases": ("li:" + "9" * 500,)},
            {"title": "NUL \x00 en \ud83d"},
            {"text": "NUL \x00 en \ud83d"},
            {"url": "https://"},
            {"url": "https://geen-punt/x"},
            {"url": "https://onder_streep.example.org/x"},
            {"url": "https://example.org/" + "x" * 600},
            {"url": "http://[kapot"},
            {"thumbnail_url": "niets"},
            {"duration_s": -1},
            {"duration_s": 10**30},
            {"duration_s": 0},
        ],
    )
    def test_is_kept_without_what_cannot_be_kept(self, source, odd):
        kept = store_items(source, [replace(self.GOOD, **({"external_id": "web:odd"} | odd)), self.GOOD], NOW)
        assert {one.result for one in kept} <= {StoreResult.NEW, StoreResult.SAME}
        assert Item.objects.filter(title__startswith="Goed").exists()

    def test_that_no_database_takes_costs_itself_only(self, source):
        kept = store_items(source, [replace(self.GOOD, external_id="web:odd", title="x" * 400), self.GOOD], NOW)
        assert [one.result for one in kept] == [StoreResult.FAILED, StoreResult.NEW]


def places(document, path=()):
    """Every path in a document."""
    yield path
    parts = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for name, part in parts:
        yield from places(part, (*path, name))


def changed(document, path, value):
    """The document with another value at a path."""
    if not path:
        return value
    copy = document.copy()
    copy[path[0]] = changed(document[path[0]], path[1:], value)
    return copy


@pytest.fixture
def pulled(monkeypatch):
    """Pull a body as a source of a kind would get it, without a server."""
    sources = {}

    def pull_body(body, kind="web_feed"):
        if kind not in sources:
            config = CHANNEL if kind == "youtube_atom" else "https://x.org/f"
            sources[kind] = Source.objects.create(name=kind, kind=kind, config=config)
        answer = FetchedResponse(200, "https://x.org/f", {}, body, "", False)
        module = youtube_atom if kind == "youtube_atom" else web_feed
        monkeypatch.setattr(module, "fetch", lambda *asked, **more: answer)
        log = pull(sources[kind], NOW)
        assert log.error_class not in ("unforeseen", "items"), body[:3000]
        assert log.message.endswith(".") or not log.error_class
        return log

    return pull_body


class TestOddShapesOfAnApi:
    @pytest.mark.parametrize("odd", EACH_ODD)
    def test_of_youtube(self, youtube, channel, odd):
        youtube.hold(video("aaaaaaaaaaa", liveStreamingDetails__actualEndTime="x"), video("bbbbbbbbbbb"))
        good = {
            "channels": youtube.answer("channels", {}),
            "playlistItems": youtube.answer("playlistItems", {}),
            "videos": youtube.answer("videos", {"id": ["aaaaaaaaaaa,bbbbbbbbbbb"]}),
        }
        error = (403, {"error": {"code": 403, "errors": [{"reason": "quotaExceeded"}], "status": "x", "details": []}})
        answers_ = [(resource, document) for resource, (_status, document) in good.items()] + [("videos", error[1])]
        for resource, document in answers_:
            status = 403 if document is error[1] else 200
            for path in places(document):
                youtube.fail = self._failing(resource, status, changed(document, path, odd))
                log = pull(channel, NOW)
                assert log.error_class != "unforeseen", (resource, path)

    @pytest.mark.parametrize("odd", EACH_ODD)
    @pytest.mark.parametrize("product", ["community", "pages"])
    def test_of_linkedin(self, linkedin, connected, settings, odd, product):
        settings.LINKEDIN_PRODUCT = product
        source = connected()
        one = number_of(1631527033381, 5)
        more = {"content": {"article": {"title": "x", "source": "y"}, "poll": {"options": [{"text": "a"}]}}}
        linkedin.posts = [post(one, **more, reshareContext={"parent": f"urn:li:share:{one}"})]
        resources = ["posts"] if product == "community" else ["dmaFeedContentsExternal", "dmaPosts"]
        for resource in resources:
            query = "start=0&count=9" if resource == "posts" else f"ids=List(urn%3Ali%3Ashare%3A{one})"
            _status, document = linkedin.answer(resource, query)
            for status, whole in ((200, document), (400, {"code": "x", "status": 400})):
                for path in places(whole):
                    linkedin.fail = self._failing(resource, status, changed(whole, path, odd))
                    log = pull(source, NOW)
                    assert log.error_class != "unforeseen", (resource, path)

    def _failing(self, resource, status, document):
        return lambda asked, call: (status, document) if asked == resource else None


class TestFiles:
    @pytest.fixture
    def staff(self, client):
        client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
        return client

    def test_a_table_with_the_line_ends_of_old_macs_is_read(self, staff):
        upload = SimpleUploadedFile("webinars.csv", (CASES / "B6_mac_line_ends.csv").read_bytes())
        page = staff.post(reverse("feeds:bring_in_file"), {"file": upload})
        assert page.status_code == 200
        assert Item.objects.get().external_id == "yt:aaaaaaaaaa1"

    @pytest.mark.parametrize(
        "content",
        [
            b"<?xml version='1.0'?>\r<opml version='2.0'>\r<body/></opml>",
            b'title;"date\nx;y',
            b'"title;date\r"x;y',
            b"title;date;youtube\n" + b'"' * 300_000,
            b"t" * 200_000 + b";date\n",
            b"\x00" * 100 + b"title;date\n",
            b"title;date;length\nx;2026-03-02 14:00;\xc2\xb2\n",
            b"PK\x03\x04" + bytes(range(256)) * 4,
            b'{"a":' * 200_000,
            b"[" + b"9" * 6000 + b"]",
            b'{"id":"aaaaaaaaaaa","ie_key":"Youtube","title":"x","live_status":[],"duration":1e400,"timestamp":1e400}',
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=../../etc/passwd:99999999T999999\r\nEND:VEVENT",
            b"\xff\xfe\x00",
        ],
    )
    def test_any_file_is_answered_with_a_report_or_a_sentence(self, staff, content, caplog):
        page = staff.post(reverse("feeds:bring_in_file"), {"file": SimpleUploadedFile("x.csv", content)})
        assert page.status_code == 200
        assert not any(record.exc_info for record in caplog.records), "and nobody was surprised"


def mutations(body, count, seed):
    """The body, cut, doubled, shuffled and sprinkled with what breaks readers; the same each time."""
    chance = random.Random(seed)
    pieces = (
        b"\x00",
        b"\xff",
        b"<",
        b"&",
        b"]]>",
        b"\r",
        b'"',
        b"\\ud83d",
        b"9" * 400,
        b"<x>" * 300,
        b"null",
        b"{}",
        b"://[",
    )
    for _number in range(count):
        changed = bytearray(body[:40_000])
        for _time in range(chance.randint(1, 6)):
            at = chance.randrange(len(changed) + 1)
            end = min(len(changed), at + chance.choice((0, 1, 4, 40)))
            changed[at:end] = chance.choice((*pieces, b"", bytes(changed[end : end + 60])))
        yield bytes(changed)


SOUND = [
    feed(entry(), entry(video="bbbbbbbbbbb", short=True)),
    rss(item(), item(guid="2", link="/b", date="Mon, 02 Mar 2026 10:00:00 +0100"), declare='xmlns:x="urn:x"'),
    (CASES / "D1_rss090.rdf").read_bytes(),
    json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": 7,
                    "url": "https://example.org/7",
                    "content_html": "<p>Een <i>bericht</i></p>",
                    "title": "x",
                    "date_published": "2026-03-01T10:00:00Z",
                    "attachments": [{"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg"}],
                }
            ],
        }
    ).encode(),
]


@pytest.mark.parametrize("kind", ["web_feed", "youtube_atom"])
def test_a_feed_that_is_broken_in_any_way_is_read_or_refused_with_a_sentence(pulled, kind):
    for seed, body in enumerate(SOUND):
        for broken in mutations(body, 40, seed):
            pulled(broken, kind)


def test_an_xml_feed_with_odd_words_anywhere_is_read(pulled):
    chance = random.Random(7)
    words = (
        "",
        " ",
        "x",
        "-1",
        "9" * 400,
        "1e400",
        "\u202e\u0301",
        "://[",
        "https://[",
        "urn:li:share:1",
        "a@b",
        "PT" + "9" * 99,
    )
    for body in SOUND[:3]:
        count = sum(1 for _element in ElementTree.fromstring(body).iter())
        for number in range(count):
            root = ElementTree.fromstring(body)
            element = list(root.iter())[number % count]
            element.text = chance.choice(words)
            for name in element.attrib:
                element.set(name, chance.choice(words))
            for kind in ("web_feed", "youtube_atom"):
                pulled(ElementTree.tostring(root), kind)


def test_json_with_odd_values_anywhere_is_read_or_refused(pulled):
    listed = {
        "extractor": "youtube:tab",
        "entries": [{"id": "aaaaaaaaaaa", "title": "x", "duration": 1, "timestamp": 1}],
    }
    for odd in ODD:
        feed_ = json.loads(SOUND[3])
        for path in places(feed_):
            pulled(json.dumps(changed(feed_, path, odd)).encode())
        for document in (listed, [video("aaaaaaaaaaa")]):
            for path in places(document):
                try:
                    import_file("x.json", json.dumps(changed(document, path, odd)).encode())
                except UnusableDocument as error:
                    assert error.code != "unforeseen", (path, odd)


def test_a_file_that_is_broken_in_any_way_is_read_or_refused_with_a_sentence(caplog):
    sound = [
        b"title;date;length;youtube;website\nx;2026-03-02 14:00;1:00;https://youtu.be/aaaaaaaaaaa;\ny;;;;https://x.org/1\n",
        b"Date,ShareLink,ShareCommentary\n2022-03-01,urn:li:share:6904349510860800003,x\n",
        (CASES / "H1_takeout_videos.csv").read_bytes(),
        json.dumps([video("aaaaaaaaaaa"), {"id": "bbbbbbbbbbb", "ie_key": "Youtube", "title": "x"}]).encode(),
    ]
    for seed, body in enumerate(sound):
        for broken in mutations(body, 40, seed):
            try:
                import_file("x", broken)
            except UnusableDocument as error:
                assert error.code != "unforeseen", broken
                assert str(error).endswith(".")
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("kind", ["web_feed", "youtube_atom"])
def test_every_captured_file_is_read_or_refused_with_a_sentence_by_every_kind_of_feed(pulled, samples, kind):
    for path in sorted(path for path in samples.rglob("*") if path.is_file() and path.stat().st_size < 100_000):
        for body in (path.read_bytes(), *mutations(path.read_bytes(), 1, path.name)):
            pulled(body, kind)
