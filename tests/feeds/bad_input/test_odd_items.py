"""Bad input 29 to 41 of docs/feed-rules.md 5.5: odd entries in a sound feed, fetched from a real server."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from portal.feeds.choices import ItemState, Outcome, Reason
from portal.feeds.models import Item, Source
from portal.feeds.platforms.youtube import video_ids as ids
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.webinars.choices import RecordingState
from portal.webinars.models import RecordingSource
from tests.feeds.atom import CHANNEL, OTHER_CHANNEL, entry, feed
from tests.local_server import Answer

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


@pytest.fixture
def items(source, answers):
    """Pull a feed of these entries and return its items by identity."""

    def pull_entries(*entries, at=NOW, log_class=""):
        answers(Answer(feed(*entries)))
        assert pull(source, at).error_class == log_class
        return {item.external_id: item for item in Item.objects.all()}

    return pull_entries


def test_29_the_same_id_twice_with_different_titles_is_one_item(items):
    twins = [entry(title="oud"), entry(title="nieuw", updated="2026-03-02T10:00:00+00:00")]
    for order in (twins, twins[::-1]):
        found = items(*order)
        assert [item.title for item in found.values()] == ["nieuw"]


def test_31_what_lacks_its_id_is_set_apart_once_and_what_lacks_less_is_kept(items):
    bare = "<entry><yt:videoId>bbbbbbbbbbb</yt:videoId><title>Alleen een titel</title></entry>"
    untitled = entry(video="ccccccccccc", title="")
    for _time in range(2):
        found = items(entry(video=""), bare, untitled, entry(video="ddddddddddd", text=""))
    reasons = {item.reason: item.state for item in found.values()}
    assert reasons == {
        Reason.NO_ID: ItemState.QUARANTINED,
        Reason.NO_DATE: ItemState.NEW,
        Reason.NO_TITLE: ItemState.QUARANTINED,
        "": ItemState.NEW,
    }
    assert len(found) == 4


@pytest.mark.parametrize(
    "date",
    [
        "1970-01-01T00:00:00+00:00",
        "2099-01-01T00:00:00+00:00",
        "0000-01-01T00:00:00+00:00",
        "2026-13-01T00:00:00+00:00",
        "1631527033",
        "Mon, 13 Sep 2021 11:57:13 CEST",
        "di, 3 mrt 2026 10:00:00 +0100",
        "2026-03-01T09:00:00",
    ],
)
def test_32_a_date_that_cannot_be_right_is_flagged_and_not_used(items, date):
    (item,) = items(entry(published=date)).values()
    assert (item.reason, item.published_at) == (Reason.STRANGE_DATE, None)


def test_33_published_after_updated_and_a_moving_updated_are_no_change(items, source, answers):
    items(entry(published="2026-03-05T09:00:00+00:00", updated="2026-03-01T09:00:00+00:00"))
    answers(Answer(feed(entry(published="2026-03-05T09:00:00+00:00", updated="2026-03-08T09:00:00+00:00"))))
    assert pull(source, NOW + DAY).n_changed == 0


@pytest.mark.parametrize("owner", ["", CHANNEL[2:], CHANNEL])
def test_34_every_form_of_the_channel_id_is_the_channel(items, owner):
    (item,) = items(entry(channel=owner)).values()
    assert item.reason == ""


def test_34_another_channel_is_set_apart_but_may_be_in_a_playlist(items, source):
    (item,) = items(entry(channel=OTHER_CHANNEL)).values()
    assert (item.state, item.reason) == (ItemState.QUARANTINED, Reason.OTHER_CHANNEL)
    Item.objects.all().delete()
    Source.objects.update(config=source.config.replace(f"channel_id={CHANNEL}", "playlist_id=PLproefafspeellijst"))
    source.refresh_from_db()
    (item,) = items(entry(channel=OTHER_CHANNEL, views="13")).values()
    assert (item.state, item.reason) == (ItemState.NEW, "")


def test_35_an_upcoming_stream_becomes_a_planned_session_and_then_the_same_recording(items, user):
    (item,) = items(entry(views="0", title="Live: buurtwerk")).values()
    assert item.reason == Reason.NO_VIEWS
    recording = accept(item, user)
    assert recording.state == RecordingState.PLANNED
    (item,) = items(entry(views="31", title="Opname: buurtwerk"), at=NOW + DAY).values()
    assert (item.reason, item.recording) == ("", recording)
    assert RecordingSource.objects.get().title == "Opname: buurtwerk"


def test_36_a_short_is_left_out_and_staff_can_still_include_it(items, user):
    (item,) = items(entry(short=True)).values()
    assert (item.state, item.reason) == (ItemState.IGNORED, Reason.SHORT)
    recording = accept(item, user)
    items(entry(short=True, title="Anders"), at=NOW + DAY)
    assert Item.objects.get().recording == recording
    assert RecordingSource.objects.get().title == "Anders"


class TestAVideoDisappears:
    """37: private, deleted, unlisted, and public again. Nothing is ever removed here."""

    @pytest.fixture
    def oembed(self, local_server, monkeypatch):
        def answer(*given):
            monkeypatch.setattr(ids, "OEMBED", local_server.answer("/oembed", *given))

        return answer

    @pytest.fixture
    def day(self, items):
        """The state of the first video after the pull of a day on which the feed holds it, or only the others."""
        others = [
            entry(video=f"{n:011}", published=f"2026-02-0{n}T09:00:00+00:00", title=f"Sessie {n}") for n in (1, 2)
        ]
        likes = iter(range(1000))

        def on(number, there, hours=0):
            body = [*others, *([entry()] if there else []), entry(video="z" * 11, views=str(next(likes)))]
            item = items(*body, at=NOW + number * DAY + timedelta(hours=hours))["yt:aaaaaaaaaaa"]
            return item.reason

        return on

    def test_37_it_is_suspected_after_three_days_and_unavailable_when_the_platform_says_so(self, day, oembed, user):
        oembed(Answer(b"Too many", 429), Answer(b"Not Found", 404))
        day(0, there=True)
        recording = accept(Item.objects.get(external_id="yt:aaaaaaaaaaa"), user)
        assert [day(1, False), day(1, False, hours=6), day(2, False)] == ["", "", ""]
        assert day(3, False) == Reason.MISSING
        place = RecordingSource.objects.get()
        assert place.state == "unavailable_suspected"
        assert day(4, False) == Reason.UNAVAILABLE
        place.refresh_from_db()
        assert (place.state, place.title) == ("unavailable", "Webinar: buurtwerk")
        recording.refresh_from_db()
        assert recording.state == RecordingState.RECORDED, "staff decide about the page"
        assert day(5, there=True) == ""
        place.refresh_from_db()
        assert place.state == ""

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (Answer(b"{}", 200), Reason.UNLISTED),
            (Answer(b"Unauthorized", 401), Reason.UNLISTED),
            (Answer(b"Forbidden", 403), Reason.UNAVAILABLE),
            (Answer(b"Forbidden", 200), Reason.UNAVAILABLE),
            (Answer(b"", 500), Reason.MISSING),
        ],
    )
    def test_37_what_the_platform_says_of_it_is_the_remark(self, day, oembed, answer, reason):
        oembed(answer)
        assert [day(number, number == 0) for number in range(4)] == ["", "", "", reason]

    def test_37_one_bad_day_or_an_incomplete_feed_suspects_nobody(self, day, source, answers, items):
        day(0, True)
        for number in range(1, 6):
            answers(Answer(b"\n" + feed(entry(video="z" * 11, published="2026-01-01T00:00:00+00:00"))))
            pull(source, NOW + number * DAY)
        assert Item.objects.get(external_id="yt:aaaaaaaaaaa").missed == []
        assert [day(6, False), day(7, True), day(8, False), day(9, False)] == [""] * 4

    def test_37_what_is_older_than_the_feed_is_not_missed(self, items):
        items(entry(published="2025-01-01T09:00:00+00:00"))
        for number in range(1, 6):
            found = items(entry(video="z" * 11, views=str(number)), at=NOW + number * DAY)
        assert found["yt:aaaaaaaaaaa"].missed == []


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("👩🏽‍🏫👨‍👩‍👧‍👦 🎉", "yt-aaaaaaaaaaa"),
        ("𝘄𝗲𝗯𝗶𝗻𝗮𝗿", "webinar"),
        ("e" + "\u0301" * 100, None),
    ],
)
def test_38_a_title_of_emoji_or_odd_letters_is_kept_and_its_page_has_an_address(items, user, title, key):
    (item,) = items(entry(title=title)).values()
    assert item.title.startswith(title[0]) or item.title.startswith("é")
    recording = accept(item, user)
    assert recording.slug_nl == key or (key is None and recording.slug_nl)


def test_39_right_to_left_titles_stay_and_overrides_go(items):
    (item,) = items(entry(title="שלום \u202eexe.gpj\u202c Safety \u2067عربي\u2069")).values()
    assert item.title == "שלום exe.gpj Safety عربي"


def test_40_markup_in_texts_and_addresses_is_inert(items, client):
    evil = "<script>alert(1)</script>"
    body = entry(title=evil, text=f"{evil} <img src=x onerror=alert(1)> javascript:alert(1) <svg onload=x> ]]>")
    body = body.replace("https://www.youtube.com/watch?v=aaaaaaaaaaa", "javascript:alert(1)")
    (item,) = items(body).values()
    assert (item.title, item.url) == (evil, "https://www.youtube.com/watch?v=aaaaaaaaaaa")
    client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
    for address in ("/admin/snippets/feeds/item/", f"/admin/snippets/feeds/item/inspect/{item.pk}/"):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_41_long_texts_are_cut(items):
    (item,) = items(entry(title="t" * 5000, text="x" * 1_500_000)).values()
    assert (len(item.title), len(item.text)) == (300, 20_000)


def test_41_a_description_beyond_the_cap_is_not_read(items):
    items(entry(text="x" * 2_100_000), log_class="too_large")


def test_41_of_twenty_thousand_entries_the_newest_are_read_and_the_rest_is_said(source, answers):
    bare = "<entry><yt:videoId>{:011}</yt:videoId><title>x</title></entry>"
    answers(Answer(feed(entry(video="z" * 11), *(bare.format(number) for number in range(20_000)))))
    began = time.process_time()
    log = pull(source)
    assert (log.outcome, log.n_entries) == (Outcome.OK, 500)
    assert "19501" in log.message
    assert Item.objects.filter(external_id="yt:" + "z" * 11).exists(), "the only one with a date"
    assert time.process_time() - began < 6


def test_41_nested_tags_without_end_are_refused_quickly(source, answers):
    answers(Answer(b"<feed>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</feed>"))
    began = time.process_time()
    log = pull(source)
    assert (log.outcome, log.error_class) == (Outcome.REJECTED, "too_deep")
    assert time.process_time() - began < 3
