"""A pull keeps what is new, changes nothing the second time, and leaves the archive alone when the answer is bad."""

import gzip
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from portal.feeds.adapters.registry import ADAPTERS_BY_KIND
from portal.feeds.choices import ItemState, Outcome, Reason
from portal.feeds.models import FetchLog, Item, Source
from portal.feeds.pulling.pull import pull, pull_due
from tests.feeds.atom import CHANNEL, OTHER_CHANNEL, entry, feed
from tests.feeds.reading.test_xml_documents import REFUSED
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


def contents():
    """The archive as it stands, without the time it was last seen."""
    return list(Item.objects.order_by("external_id").values_list("external_id", "title", "text", "state", "reason"))


def everything():
    return list(Item.objects.order_by("external_id").values())


def test_new_entries_become_items_to_review(source, answers):
    answers(Answer(feed(entry(), entry(video="bbbbbbbbbbb", title="Kort", short=True))))
    log = pull(source, NOW)
    assert (log.outcome, log.http_status, log.n_entries, log.n_new, log.n_changed) == (Outcome.OK, 200, 2, 2, 0)
    webinar, short = Item.objects.order_by("external_id")
    assert (webinar.state, webinar.title, webinar.source) == (ItemState.NEW, "Webinar: buurtwerk", source)
    assert webinar.first_seen == webinar.last_seen == webinar.fetched_at == NOW
    assert (short.state, short.reason) == (ItemState.IGNORED, Reason.SHORT)


def test_the_second_pull_of_the_same_answer_writes_nothing(source, answers):
    answers(Answer(feed(entry())))
    pull(source, NOW)
    before = everything()
    log = pull(source, LATER)
    assert (log.outcome, log.n_new, log.n_changed) == (Outcome.UNCHANGED, 0, 0)
    assert everything() == before
    source.refresh_from_db()
    assert source.last_ok_at == LATER


def test_likes_views_and_the_host_of_the_picture_are_no_change(source, answers):
    moved = entry(views="99", thumbnail="https://i1.ytimg.com/vi/aaaaaaaaaaa/hqdefault.jpg")
    answers(Answer(feed(entry())), Answer(feed(moved)))
    pull(source, NOW)
    log = pull(source, LATER)
    assert (log.outcome, log.n_changed) == (Outcome.UNCHANGED, 0)
    item = Item.objects.get()
    assert (item.first_seen, item.last_seen) == (NOW, LATER)


def test_updated_alone_is_no_change(source, answers):
    answers(Answer(feed(entry())), Answer(feed(entry(updated="2026-03-09T10:00:00+00:00"))))
    pull(source, NOW)
    assert pull(source, LATER).n_changed == 0


def test_a_new_title_is_a_change(source, answers):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Webinar: buurtwerk (opname)"))))
    pull(source, NOW)
    log = pull(source, LATER)
    assert (log.outcome, log.n_new, log.n_changed) == (Outcome.OK, 0, 1)
    assert Item.objects.get().title == "Webinar: buurtwerk (opname)"


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_document_that_cannot_be_used_leaves_everything_as_it_was(source, answers, name):
    answers(Answer(feed(entry())), Answer(REFUSED[name], headers={"Content-Type": "text/xml; charset=UTF-8"}))
    pull(source, NOW)
    before = everything()
    log = pull(source, LATER)
    assert log.outcome == Outcome.REJECTED
    assert log.error_class
    assert log.message
    assert everything() == before
    source.refresh_from_db()
    assert (source.last_ok_at, source.consecutive_failures, source.last_error) == (NOW, 1, log.message)


def test_html_that_is_labelled_a_feed_is_no_feed(source, answers):
    answers(Answer(REFUSED["html"], headers={"Content-Type": "application/atom+xml"}))
    assert pull(source, NOW).error_class == "html"


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (Answer(b"Error 404 (Not Found)!!1", 404, {"Content-Type": "text/html"}), Outcome.FAILED, "http_404"),
        (Answer(b"", 500), Outcome.FAILED, "http_500"),
        (Answer(b"", 503), Outcome.FAILED, "http_503"),
        (Answer(b"", 429), Outcome.FAILED, "http_429"),
        (Answer(b"", 204), Outcome.FAILED, "http_204"),
        (Answer(feed(entry()), cut_at=300), Outcome.FAILED, "cut_off"),
        (Answer(gzip.compress(b" " * 50_000_000), 200, {"Content-Encoding": "gzip"}), Outcome.REFUSED, "too_large"),
        (Answer(b"", 302, {"Location": "http://169.254.169.254/"}), Outcome.REFUSED, "host"),
        (Answer(b"", 302, {"Location": "http://10.0.0.1/"}), Outcome.REFUSED, "host"),
        (Answer(b"", 302, {"Location": "file:///etc/passwd"}), Outcome.REFUSED, "scheme"),
        (Answer(b"", 302, {"Location": "https://consent.youtube.com/m?continue=x"}), Outcome.REFUSED, "host"),
        (Answer(b"", 304), Outcome.FAILED, "unasked_304"),
    ],
)
def test_an_answer_that_is_no_feed_is_a_soft_failure(source, answers, answer, outcome, code):
    answers(Answer(feed(entry())), answer)
    pull(source, NOW)
    before = everything()
    log = pull(source, LATER)
    assert (log.outcome, log.error_class) == (outcome, code)
    assert log.message
    assert everything() == before


def test_a_feed_that_drips_ends_at_the_deadline(source, answers, monkeypatch):
    monkeypatch.setattr(ADAPTERS_BY_KIND["youtube_atom"], "total_s", 0.5)
    answers(Answer(feed(entry()), drip_s=0.05))
    log = pull(source, NOW)
    assert (log.outcome, log.error_class) == (Outcome.FAILED, "timeout")
    assert not Item.objects.exists()


def test_a_day_of_404_removes_nothing_and_the_counter_starts_again(source, answers):
    answers(Answer(feed(entry())), *[Answer(b"", 404)] * 3, Answer(feed(entry(title="Terug"))))
    pull(source, NOW)
    for hours in (6, 18, 42):
        pull(source, NOW + timedelta(hours=hours))
    source.refresh_from_db()
    assert (source.consecutive_failures, source.enabled, Item.objects.count()) == (3, True, 1)
    pull(source, NOW + timedelta(hours=66))
    source.refresh_from_db()
    assert (source.consecutive_failures, source.last_error) == (0, "")
    assert Item.objects.get().title == "Terug"


def test_a_source_that_is_gone_for_good_is_paused_and_keeps_its_items(source, answers):
    answers(Answer(feed(entry())), Answer(b"", 410))
    pull(source, NOW)
    assert pull(source, LATER).error_class == "http_410"
    source.refresh_from_db()
    assert not source.enabled
    assert Item.objects.count() == 1


def test_validators_are_sent_back_and_not_modified_is_a_success(source, answers, local_server):
    answers(
        Answer(feed(entry()), headers={"ETag": '"een"', "Last-Modified": "Mon, 09 Mar 2026 10:00:00 GMT"}),
        Answer(status=304),
        Answer(feed(entry(title="Anders")), headers={"ETag": '"een"'}),
    )
    pull(source, NOW)
    before = everything()
    log = pull(source, LATER)
    assert (log.outcome, log.http_status) == (Outcome.UNCHANGED, 304)
    assert local_server.requests[1][1]["If-None-Match"] == '"een"'
    assert local_server.requests[1][1]["If-Modified-Since"] == "Mon, 09 Mar 2026 10:00:00 GMT"
    assert everything() == before
    assert pull(source, LATER + timedelta(hours=6)).n_changed == 1, "the same validator with a new body is new"


def test_an_older_copy_from_a_cache_changes_nothing(source, answers):
    answers(Answer(feed(entry(title="nieuw"))), Answer(feed(entry(title="oud")), headers={"Age": "3600"}))
    pull(source, NOW)
    pull(source, NOW + timedelta(minutes=30))
    item = Item.objects.get()
    assert item.title == "nieuw"
    assert item.first_seen == NOW - timedelta(minutes=30)


def test_an_older_copy_that_hides_its_age_changes_nothing(source, answers):
    answers(
        Answer(feed(entry(title="nieuw", updated="2026-03-05T10:00:00+00:00"))),
        Answer(feed(entry(title="oud", updated="2026-03-01T10:00:00+00:00"))),
    )
    pull(source, NOW)
    pull(source, LATER)
    assert Item.objects.get().title == "nieuw"


def test_a_copy_between_two_that_were_the_same_changes_nothing(source, answers):
    same = Answer(feed(entry(title="blijft")))
    answers(same, same, Answer(feed(entry(title="even anders", updated="2026-03-01T11:00:00+00:00"))))
    pull(source, NOW)
    pull(source, NOW + timedelta(hours=12))
    pull(source, NOW + timedelta(hours=6))
    assert Item.objects.get().title == "blijft"


def test_captures_in_any_order_end_in_the_same_state(db, source, answers):
    captures = [
        (
            NOW + timedelta(days=day),
            feed(
                *(
                    entry(
                        video=f"{number:011}",
                        title=f"Sessie {number}" + (" bis" if day > number else ""),
                        updated=f"2026-03-{day + 1:02}T0{number}:00:00+00:00",
                        views=str(day * number),
                    )
                    for number in range(max(1, day - 3), day + 3)
                )
            ),
        )
        for day in range(1, 8)
    ]
    fields = ("external_id", "title", "text", "state", "reason", "updated_at", "first_seen", "last_seen", "fetched_at")
    ends = []
    for seed in range(5):
        Item.objects.all().delete()
        FetchLog.objects.all().delete()
        Source.objects.update(last_ok_at=None, body_sha256="", body_at=None)
        order = captures * 2
        if seed:
            random.Random(seed).shuffle(order)
        for moment, body in order:
            answers(Answer(body))
            assert not pull(source, moment).error_class
        ends.append(list(Item.objects.order_by("external_id").values_list(*fields)))
    assert len(ends[0]) == 9
    assert all(end == ends[0] for end in ends)


def test_captures_of_a_real_channel_end_in_the_same_state_in_any_order(source, answers, samples):
    channel = "UCsXVk37bltHxD1rDPwtNM8Q"
    Source.objects.update(config=source.config.replace(CHANNEL, channel))
    source.refresh_from_db()
    captures = [
        (datetime.fromisoformat(path.stem.rsplit("_", 1)[1]).replace(tzinfo=UTC), path.read_bytes())
        for path in sorted((samples / "youtube-atom").glob("newpipe_kurzgesagt_*.xml"))
    ]
    assert len(captures) > 10
    fields = ("external_id", "content_hash", "title", "updated_at", "state", "reason", "first_seen", "last_seen")
    ends = []
    for seed in (None, 1, 2):
        Item.objects.all().delete()
        Source.objects.update(last_ok_at=None, body_sha256="", body_at=None)
        order = captures + captures
        if seed:
            random.Random(seed).shuffle(order)
        for moment, body in order:
            answers(Answer(body, headers={"Content-Type": "text/xml; charset=UTF-8", "Cache-Control": "max-age=900"}))
            assert not pull(source, moment).error_class
        ends.append(list(Item.objects.order_by("external_id").values_list(*fields)))
    assert len(ends[0]) > 40
    assert ends[0] == ends[1] == ends[2]


def test_odd_items_are_set_apart_and_the_others_kept(source, answers):
    foreign = entry(video="bbbbbbbbbbb", channel=OTHER_CHANNEL)
    answers(Answer(feed(entry(video=""), foreign, entry(video="ccccccccccc"))))
    log = pull(source, NOW)
    assert log.n_new == 3
    states = dict(Item.objects.values_list("reason", "state"))
    assert states == {
        Reason.NO_ID: ItemState.QUARANTINED,
        Reason.OTHER_CHANNEL: ItemState.QUARANTINED,
        "": ItemState.NEW,
    }
    before = contents()
    answers(Answer(feed(entry(video=""), entry(video="ccccccccccc", views="2"))))
    pull(source, LATER)
    assert contents() == before


def test_what_was_set_apart_comes_to_the_list_when_it_is_mended(source, answers):
    answers(Answer(feed(entry(published="2099-01-01T00:00:00+00:00"))), Answer(feed(entry())))
    pull(source, NOW)
    assert Item.objects.get().state == ItemState.QUARANTINED
    pull(source, LATER)
    item = Item.objects.get()
    assert (item.state, item.reason) == (ItemState.NEW, "")


def test_private_video_is_a_remark_and_no_title(source, answers):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Private video", text=""))))
    pull(source, NOW)
    pull(source, LATER)
    item = Item.objects.get()
    assert (item.title, item.reason) == ("Webinar: buurtwerk", Reason.UNAVAILABLE)


def test_an_upcoming_stream_is_followed_without_becoming_two(source, answers):
    answers(Answer(feed(entry(views="0"))), Answer(feed(entry(views="40", title="Opname: buurtwerk"))))
    pull(source, NOW)
    assert Item.objects.get().reason == Reason.NO_VIEWS
    pull(source, LATER)
    item = Item.objects.get()
    assert (item.reason, item.title) == ("", "Opname: buurtwerk")


def test_an_ignored_item_stays_ignored(source, answers):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Alsnog"))))
    pull(source, NOW)
    Item.objects.update(state=ItemState.IGNORED)
    pull(source, LATER)
    assert Item.objects.get().state == ItemState.IGNORED


def test_an_item_that_the_database_refuses_does_not_hold_up_the_others(source, answers, monkeypatch):
    save = Item.save

    def refuse_one(item, *args, **kwargs):
        if item.external_id == "yt:bbbbbbbbbbb":
            raise DatabaseError("disk full")
        return save(item, *args, **kwargs)

    answers(Answer(feed(entry(), entry(video="bbbbbbbbbbb"), entry(video="ccccccccccc")), headers={"ETag": '"1"'}))
    monkeypatch.setattr(Item, "save", refuse_one)
    log = pull(source, NOW)
    assert (log.n_new, log.error_class) == (2, "items")
    monkeypatch.setattr(Item, "save", save)
    log = pull(source, LATER)
    assert (log.n_new, log.error_class) == (1, ""), "the same document is read again"
    assert Item.objects.count() == 3


def test_only_enabled_sources_that_are_due_are_pulled_and_old_logs_forgotten(source, answers):
    answers(Answer(feed(entry())))
    Source.objects.create(name="uit", config="UC" + "x" * 22, enabled=False)
    FetchLog.objects.create(source=source, started_at=NOW - timedelta(days=91), outcome=Outcome.OK)
    assert [log.source for log in pull_due(NOW)] == [source]
    assert list(pull_due(NOW + timedelta(minutes=15))) == []
    assert [log.source for log in pull_due(NOW + timedelta(hours=7))] == [source]
    assert FetchLog.objects.count() == 2


def test_the_command_pulls_what_is_due_or_one_source(source, answers, capsys):
    answers(Answer(feed(entry())))
    call_command("pull_feeds")
    assert "Proefkanaal" in capsys.readouterr().out
    Source.objects.update(enabled=False)
    call_command("pull_feeds", source=source.pk)
    assert FetchLog.objects.count() == 2
    with pytest.raises(CommandError, match="999"):
        call_command("pull_feeds", source=999)
    answers(Answer(b"", 500))
    with pytest.raises(CommandError):
        call_command("pull_feeds", source=source.pk)
