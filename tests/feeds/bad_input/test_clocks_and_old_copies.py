"""Bad input 42 to 44 and 50 of docs/feed-rules.md 5.5: clocks, staff, old copies, chapters."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.feeds.choices import ItemState, Outcome
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.pulling.pull_intervals import due_sources
from portal.feeds.reading.chapters import find_chapters
from portal.feeds.review.decisions import accept
from portal.feeds.review.pasted_links import add_video_link, parse_pasted_link
from portal.webinars.models import Recording, RecordingSource
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


def test_42_the_same_run_twice_writes_nothing_the_second_time(source, answers, django_assert_max_num_queries):
    answers(Answer(feed(entry(), entry(video="bbbbbbbbbbb"))))
    pull(source, NOW)
    before = list(Item.objects.values())
    with django_assert_max_num_queries(10) as queries:
        assert pull(source, LATER).outcome == Outcome.UNCHANGED
    assert not [query for query in queries if "feeds_item" in query["sql"]]
    assert list(Item.objects.values()) == before


def test_42_a_clock_that_is_set_back_neither_doubles_nor_goes_back(source, answers):
    answers(Answer(feed(entry(title="nieuw"))), Answer(feed(entry(title="oud"))))
    pull(source, NOW)
    pull(source, NOW - timedelta(days=2))
    assert Item.objects.get().title == "nieuw"
    assert Source.objects.get().last_ok_at == NOW


def test_42_what_a_clock_from_the_future_wrote_does_not_freeze_the_source(source, answers):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Anders"))))
    pull(source, timezone.now() + timedelta(days=1000))
    assert due_sources(), "the next pull is not planned for in three years"
    pull(source)
    assert Item.objects.get().title == "Anders"
    for moment in (Item.objects.get().last_seen, Source.objects.get().last_ok_at):
        assert moment <= timezone.now()


def test_43_what_staff_wrote_stays_when_the_source_changes(source, answers, user):
    answers(Answer(feed(entry())), Answer(feed(entry(title="De bron zegt nu iets anders"))))
    pull(source, NOW)
    recording = accept(Item.objects.get(), user)
    recording.title_nl = "Onze titel"
    recording.save()
    pull(source, LATER)
    recording.refresh_from_db()
    assert recording.title_in("nl")[0] == "Onze titel"
    assert RecordingSource.objects.get().title == "De bron zegt nu iets anders"


def test_43_a_page_that_staff_deleted_does_not_come_back(source, answers, user):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Anders"))))
    pull(source, NOW)
    accept(Item.objects.get(), user).delete()
    pull(source, LATER)
    assert not Recording.objects.exists()
    assert Item.objects.get().state == ItemState.ACCEPTED


def test_43_two_recordings_that_staff_made_one_stay_one(source, answers, user):
    answers(
        Answer(feed(entry(), entry(video="bbbbbbbbbbb", title="Zelfde talk"))),
        Answer(feed(entry(title="x"), entry(video="bbbbbbbbbbb", title="y"))),
    )
    pull(source, NOW)
    first, second = (accept(item, user) for item in Item.objects.order_by("external_id"))
    second.delete()
    add_video_link(parse_pasted_link("https://youtu.be/bbbbbbbbbbb"), user, recording=first)
    pull(source, LATER)
    assert Recording.objects.get() == first
    assert set(first.sources.values_list("title", flat=True)) == {"x", "y"}


@pytest.mark.parametrize(
    ("old", "headers"),
    [
        (entry(title="oud", updated="2026-03-01T10:00:00+00:00"), {}),
        (entry(title="oud"), {"Age": "30000"}),
    ],
)
def test_44_an_older_copy_that_comes_after_a_newer_one_changes_nothing(source, answers, old, headers):
    new = entry(title="nieuw", updated="2026-03-09T10:00:00+00:00" if not headers else "2026-03-01T10:00:00+00:00")
    answers(Answer(feed(new)), Answer(feed(old), headers=headers))
    pull(source, NOW)
    pull(source, LATER)
    assert Item.objects.get().title == "nieuw"


GOOD = "Over buurtwerk.\n0:00 Welkom\n12:30 Wat werkt\n1:02:03 Vragen\nMeer: https://example.org"


def test_chapters_that_a_description_lists_are_those_of_the_draft(source, answers, user):
    answers(Answer(feed(entry(text=GOOD))))
    pull(source, NOW)
    recording = accept(Item.objects.get(), user)
    assert [(one.start_s, one.title_nl) for one in Recording.objects.get(pk=recording.pk).chapters.all()] == [
        (0, "Welkom"),
        (750, "Wat werkt"),
        (3723, "Vragen"),
    ]


@pytest.mark.parametrize(
    ("text", "duration_s"),
    [
        ("0:00 Welkom\n12:30 Later\n10:00 Eerder", None),
        (GOOD, 3000),
        ("0:00 Welkom", None),
        ("0:00 Welkom\n10:00 Vragen", None),
        ("0:10 Welkom\n10:00 Wat werkt\n20:00 Vragen", None),
        ("0:00 Een\n0:05 Twee\n0:30 Drie", None),
        ("", None),
    ],
)
def test_50_chapters_that_do_not_ascend_or_fit_or_are_too_few_are_dropped(text, duration_s):
    assert find_chapters(text, duration_s) == []
