"""YouTube's Data API: the whole archive with its lengths and live states; what fails halfway is not used at all."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from portal.feeds.adapters.youtube_api.quota import PACIFIC, UNITS_FOR_PULLS, units_today
from portal.feeds.choices import Broadcast, ItemState, Outcome, Reason
from portal.feeds.models import Item, Source
from portal.feeds.platforms.youtube.video_values import parse_iso_duration
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.webinars.choices import RecordingState
from portal.webinars.models import RecordingSource
from tests.feeds.atom import entry, feed
from tests.feeds.youtube_server import KEY, error, video
from tests.local_server import Answer

NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


def items():
    return {item.external_id[-2:]: item for item in Item.objects.all()}


def test_a_sweep_brings_the_whole_archive_for_a_few_units(youtube, channel):
    youtube.hold(*(video(number) for number in range(120)))
    log = pull(channel, NOW)
    assert (log.outcome, log.n_new) == (Outcome.OK, 120)
    assert youtube.calls == ["channels", *["playlistItems"] * 3, *["videos"] * 3]
    assert units_today(channel) == 7
    assert Item.objects.first().duration_s == 3723


def test_the_second_sweep_writes_nothing_to_items(youtube, channel):
    youtube.hold(video(1), video(2))
    pull(channel, NOW)
    before = list(Item.objects.values())
    assert pull(channel, NOW + DAY).outcome == Outcome.UNCHANGED
    assert list(Item.objects.values()) == before


def test_the_key_is_in_a_header_and_in_no_address_and_no_log(youtube, channel, caplog):
    caplog.set_level(logging.DEBUG)
    youtube.hold(video(1))
    youtube.fail = lambda resource, call: error(400, "keyInvalid", f"{KEY} is bad") if resource == "videos" else None
    log = pull(channel, NOW)
    assert all(headers["X-Goog-Api-Key"] == KEY and KEY not in path for path, headers in youtube.headers)
    assert KEY not in caplog.text + log.message + json.dumps(list(Source.objects.values()), default=str)


def test_without_a_key_nothing_is_asked_and_staff_are_told(youtube, channel, settings):
    settings.YOUTUBE_API_KEY = ""
    log = pull(channel, NOW)
    assert (log.outcome, log.error_class) == (Outcome.REFUSED, "no_key")
    assert youtube.calls == []


class TestLive:
    def test_35_the_states_of_a_stream_are_the_documented_ones(self, youtube, channel, samples):
        document = json.loads((samples / "youtube-api" / "videos_synth_live_states.json").read_bytes())
        youtube.hold(*document["items"])
        pull(channel, NOW)
        ended, upcoming, premiere, closed = (items()[f"a{number}"] for number in (1, 2, 3, 4))
        assert (ended.broadcast, ended.duration_s) == (Broadcast.ENDED, 3723)
        assert ended.event_start == datetime(2021, 9, 21, 12, 0, 31, tzinfo=UTC), "not when it was announced"
        assert ended.published_at == datetime(2021, 9, 1, 10, tzinfo=UTC)
        for one in (upcoming, premiere):
            assert (one.broadcast, one.duration_s, one.reason) == (Broadcast.UPCOMING, None, Reason.UPCOMING)
        assert closed.reason == Reason.NOT_EMBEDDABLE
        assert closed.state == ItemState.NEW

    def test_35_a_stream_that_is_announced_held_and_renamed_stays_one_recording(self, youtube, channel, user):
        times = {"liveStreamingDetails__scheduledStartTime": "2026-10-20T12:00:00Z"}
        youtube.hold(video(1, snippet__liveBroadcastContent="upcoming", contentDetails__duration="P0D", **times))
        pull(channel, NOW)
        recording = accept(Item.objects.get(), user)
        assert recording.state == RecordingState.PLANNED
        assert recording.event_start == datetime(2026, 10, 20, 12, tzinfo=UTC)
        youtube.hold(video(1, snippet__liveBroadcastContent="live", contentDetails__duration="P0D", **times))
        pull(channel, NOW + DAY)
        assert RecordingSource.objects.get().state == "live"
        times["liveStreamingDetails__actualStartTime"] = "2026-10-20T12:03:00Z"
        times["liveStreamingDetails__actualEndTime"] = "2026-10-20T13:00:00Z"
        youtube.hold(video(1, snippet__title="Opname: buurtwerk", **times))
        pull(channel, NOW + 2 * DAY)
        item, place = Item.objects.get(), RecordingSource.objects.get()
        assert (item.broadcast, item.duration_s, item.recording) == (Broadcast.ENDED, 3723, recording)
        assert (place.title, place.duration_s, place.state) == ("Opname: buurtwerk", 3723, "ended")

    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("PT1H2M3S", 3723),
            ("P1DT2S", 86402),
            ("PT45M", 2700),
            ("P0D", None),
            ("PT0S", None),
            ("", None),
            ("1:2", None),
        ],
    )
    def test_a_length_is_read_whole_days_included(self, written, seconds):
        assert parse_iso_duration(written) == seconds


class TestRemoval:
    def test_37_a_video_that_is_private_or_deleted_is_known_at_once_and_stays(self, youtube, channel, user):
        youtube.hold(video(1), video(2), video(3))
        pull(channel, NOW)
        recording = accept(items()["01"], user)
        youtube.hold(video(2))
        youtube.listed.append(f"{1:011}")  # a private one stays in the list of uploads
        pull(channel, NOW + DAY)
        assert {name: item.reason for name, item in items().items()} == {
            "01": Reason.UNAVAILABLE,
            "02": "",
            "03": Reason.UNAVAILABLE,
        }
        assert items()["01"].title == "Webinar 1"
        assert RecordingSource.objects.get().state == "unavailable"
        recording.refresh_from_db()
        assert recording.state == RecordingState.RECORDED, "staff decide about the page"
        youtube.hold(video(1), video(2))
        pull(channel, NOW + 2 * DAY)
        assert items()["01"].reason == ""
        assert RecordingSource.objects.get().state == ""

    def test_37_a_video_that_is_unlisted_is_still_followed(self, youtube, channel):
        youtube.hold(video(1), video(2))
        pull(channel, NOW)
        youtube.hold(video(1), video(2, status__privacyStatus="unlisted", snippet__title="Nog te zien"))
        youtube.listed.remove(f"{2:011}")
        pull(channel, NOW + DAY)
        assert (items()["02"].title, items()["02"].reason) == ("Nog te zien", "")

    def test_45_holes_repeated_and_private_rows_of_the_list_bring_nothing_in(self, youtube, channel):
        youtube.hold(video(1))
        youtube.listed += [None, f"{1:011}", "private0000", "deleted0000", "kort"]
        assert pull(channel, NOW).n_new == 1


class TestFailures:
    @pytest.fixture
    def after(self, youtube, channel):
        """What a failing sweep leaves: the log, after it was seen that the archive stayed as it was."""

        def fail(failure):
            youtube.page = 2
            youtube.hold(*(video(number) for number in range(8)))
            pull(channel, NOW)
            before = list(Item.objects.values())
            youtube.hold(video(7))
            youtube.listed = list(youtube.videos) * 8
            youtube.calls.clear()
            youtube.fail = failure
            log = pull(channel, NOW + DAY)
            assert log.outcome in (Outcome.FAILED, Outcome.REJECTED)
            assert log.message.endswith(".")
            assert list(Item.objects.values()) == before, "partial is no proof that anything is gone"
            channel.refresh_from_db()
            return log

        return fail

    def test_45_when_the_units_are_spent_at_page_three_it_waits_for_midnight_in_california(self, after, channel):
        log = after(
            lambda resource, call: error(403, "quotaExceeded") if (resource, call) == ("playlistItems", 3) else None
        )
        assert log.error_class == "quota"
        waits = channel.next_run_at - (NOW + DAY)
        assert waits > timedelta(minutes=1)
        assert (timezone.now() + waits).astimezone(PACIFIC) >= datetime.now(PACIFIC).replace(hour=23, minute=59)

    @pytest.mark.parametrize(
        ("failure", "code"),
        [
            (error(400, "keyInvalid"), "api_keyInvalid"),
            (
                (400, {"error": {"code": 400, "status": "INVALID", "details": [{"reason": "API_KEY_INVALID"}]}}),
                "api_API_KEY",
            ),
            (error(403, "forbidden"), "api_forbidden"),
            (error(403, "accessNotConfigured"), "api_accessNotConfigured"),
            (error(404, "playlistNotFound"), "api_playlistNotFound"),
            (error(500, "backendError"), "http_500"),
            ((503, b"<html>"), "http_503"),
            ((200, {"kind": "x"}), "bad_shape"),
            ((200, {"items": None}), "bad_shape"),
            ((200, b"niet eens json"), "bad_shape"),
        ],
    )
    def test_45_an_error_is_said_in_a_sentence_and_removes_nothing(self, after, failure, code):
        log = after(lambda resource, call: failure if (resource, call) == ("playlistItems", 2) else None)
        assert log.error_class.startswith(code)

    def test_45_a_list_that_changed_while_it_was_read_is_read_again_once(self, youtube, channel, after):
        youtube.page = 2
        youtube.hold(*(video(number) for number in range(6)))
        youtube.fail = lambda resource, call: (
            error(400, "invalidPageToken") if (resource, call) == ("playlistItems", 2) else None
        )
        assert pull(channel, NOW).n_new == 6
        youtube.fail = lambda resource, call: error(400, "invalidPageToken") if resource == "playlistItems" else None
        assert pull(channel, NOW + DAY).error_class == "page_token"

    def test_45_a_list_without_an_end_is_not_used(self, after, monkeypatch):
        monkeypatch.setattr("portal.feeds.adapters.youtube_api.channel_videos.MAX_PAGES", 5)
        endless = {"items": [], "nextPageToken": "0"}
        log = after(lambda resource, call: (200, endless) if resource == "playlistItems" else None)
        assert log.error_class == "too_many"

    def test_no_more_units_are_spent_than_the_day_has(self, youtube, channel):
        today = datetime.now(PACIFIC).date().isoformat()
        Source.objects.create(
            name="x", kind="youtube_api", config="UC" + "x" * 22, memory={"day": today, "units": UNITS_FOR_PULLS}
        )
        assert pull(channel, NOW).error_class == "quota"
        assert youtube.calls == []
        Source.objects.filter(name="x").update(memory={"day": "2020-01-01", "units": UNITS_FOR_PULLS})
        youtube.hold(video(1))
        assert pull(channel, NOW).outcome == Outcome.OK


class TestBesideTheFeed:
    def test_what_the_feed_found_is_taken_over_and_not_overwritten_by_the_feed(self, source, answers, youtube, channel):
        answers(Answer(feed(entry(video=f"{1:011}", title="Volgens de feed"))))
        pull(source, NOW)
        youtube.hold(video(1))
        pull(channel, NOW)
        answers(Answer(feed(entry(video=f"{1:011}", title="Volgens de feed", views="0"))))
        for day in (1, 2):
            pull(source, NOW + day * DAY)
            assert pull(channel, NOW + day * DAY).outcome == Outcome.UNCHANGED
        item = Item.objects.get()
        assert (item.source, item.title, item.duration_s, item.reason) == (channel, "Webinar 1", 3723, "")

    def test_when_the_api_is_switched_off_the_feed_is_believed_again(self, source, answers, youtube, channel):
        youtube.hold(video(1))
        pull(channel, NOW)
        Source.objects.filter(pk=channel.pk).update(enabled=False)
        answers(Answer(feed(entry(video=f"{1:011}", title="Nieuwe titel"))))
        pull(source, NOW + DAY)
        item = Item.objects.get()
        assert (item.title, item.duration_s) == ("Nieuwe titel", 3723)


def test_the_page_of_the_source_says_whether_there_is_a_key_and_what_was_spent(youtube, channel, client):
    youtube.hold(video(1))
    pull(channel, NOW)
    client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
    page = client.get(reverse("wagtailsnippets_feeds_source:inspect", args=[channel.pk])).content.decode()
    assert "3 van 10000" in page
    assert KEY not in page
