"""What changes at YouTube reaches visitors as a sentence, and staff as one choice; nothing is overwritten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from portal.feeds.choices import ChangeKind, Choice
from portal.feeds.models import Item, SourceChange
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept
from portal.webinars.consent.takedowns import take_down
from portal.webinars.models import Chapter, Recording
from portal.webinars.recording_state import displayed_state
from portal.webinars.selectors import public_recordings
from tests.feeds.youtube_server import video
from tests.markup import links, soup
from tests.webinars.factories import make_caption

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WATCH = 'href="https://www.youtube.com/watch?v=00000000001"'


@pytest.fixture
def reviewer(db):
    user = get_user_model().objects.create_user("nalezer", password="x")
    wanted = ("access_admin", "view_item", "review_item", "change_recording", "publish_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def told(site, youtube, channel, reviewer):
    """Make a public recording of the video, then let YouTube say something else of it: `told(video(1, …))`."""

    def tell(*now, first=None, **staff):
        youtube.hold(first or video(1))
        pull(channel, NOW)
        Item.objects.update(thumbnail_url="")  # no picture is asked for over the network
        recording = accept(Item.objects.get(), reviewer)
        for name, value in ({"title_nl": "Onze titel", "live": True, "has_unpublished_changes": False} | staff).items():
            setattr(recording, name, value)
        recording.save()
        recording.latest_revision = None
        recording.save()
        for number, videos in enumerate(now, start=1):
            youtube.hold(*videos) if isinstance(videos, tuple) else youtube.hold(videos)
            pull(channel, NOW + number * DAY)
        return Recording.objects.get()

    return tell


def waiting():
    return [change.kind for change in SourceChange.objects.filter(choice="")]


def page(client, recording):
    response = client.get(recording.path_in("nl"))
    assert response.status_code == 200
    return response.content.decode()


# What a visitor reads


def test_a_removed_video_leaves_a_sentence_and_nothing_dead_to_click(client, told):
    recording = told(())
    make_caption(recording, "nl", [(0, 4, "Welkom.")])
    html = page(client, recording)
    day = timezone.localdate()
    assert f"YouTube toont deze opname niet meer (sinds {day.day} " in html
    assert "youtube.com" not in html and "youtube-nocookie" not in str(soup(html).body)
    assert "#transcript" in links(soup(html)).values() and "Welkom." in html
    assert "VideoObject" not in html


def test_without_a_transcript_no_chapter_leads_to_a_second_that_nobody_can_watch(client, told):
    recording = told(())
    recording.chapters.add(Chapter(start_s=90, title_nl="Midden"))
    recording.save()
    html = page(client, recording)
    assert "Midden" in html and "1:30" in html
    assert "t=90" not in html


def test_a_list_hints_at_what_cannot_be_watched(told):
    told(())
    assert displayed_state(public_recordings().get()) == "unavailable"


def test_what_comes_back_plays_again_and_asks_nobody_anything(client, told):
    recording = told((), video(1))
    assert WATCH in page(client, recording)
    assert waiting() == []


def test_a_video_that_may_not_be_embedded_is_a_link_to_youtube(client, told):
    recording = told(video(1, status__embeddable=False))
    html = page(client, recording)
    assert "mag alleen op YouTube zelf bekeken worden" in html
    assert WATCH in html
    assert "data-embed" not in html and "embedUrl" not in html


def test_a_video_that_is_not_for_every_country_plays_and_says_so(client, told):
    recording = told(video(1, contentDetails__regionRestriction={"blocked": ["BE"]}))
    html = page(client, recording)
    assert WATCH in html
    assert "niet in elk land" in html


def test_a_session_that_staff_call_to_come_is_live_when_its_source_is(client, told):
    stream = video(1, snippet__liveBroadcastContent="live", contentDetails__duration="P0D")
    recording = told(stream, state="planned")
    html = page(client, recording)
    assert "Nu live op YouTube." in html
    assert WATCH in html
    assert waiting() == []


@pytest.mark.parametrize(
    ("duration", "said", "plays"),
    [
        ("P0D", "Dit was live. De opname volgt op deze pagina.", False),
        ("PT1H", "Dit was live en is nu opnieuw te bekijken.", True),
    ],
)
def test_a_stream_that_ended_follows_or_plays(client, told, duration, said, plays):
    over = video(
        1,
        contentDetails__duration=duration,
        liveStreamingDetails__actualStartTime="2026-10-10T13:00:00Z",
        liveStreamingDetails__actualEndTime="2026-10-10T14:00:00Z",
    )
    recording = told(over, state="planned")
    html = page(client, recording)
    assert (said in html, bool(soup(html).select("#player"))) == (True, plays)
    assert waiting() == [ChangeKind.ENDED]


# What staff are asked


def test_a_new_title_never_overwrites_ours_and_is_asked_once(client, told, reviewer, channel, youtube):
    recording = told(video(1, snippet__title="Anders"))
    assert "Onze titel" in page(client, recording)
    (change,) = SourceChange.objects.all()
    assert (change.kind, change.before, change.now) == (ChangeKind.RETITLED, "Webinar 1", "Anders")
    client.force_login(reviewer)
    assert "Anders" in client.get(reverse("wagtailsnippets_feeds_sourcechange:list")).content.decode()
    client.post(reverse("feeds:choose", args=[change.pk, Choice.KEEP]))
    for number, title in enumerate(("Webinar 1", "Anders"), start=2):
        youtube.hold(video(1, snippet__title=title))
        pull(channel, NOW + number * DAY)
    assert not SourceChange.objects.filter(choice="", now="Anders").exists()
    assert Recording.objects.get().title_nl == "Onze titel"


def test_a_new_title_is_taken_over_where_staff_say_so(client, told, reviewer):
    told(video(1, snippet__title="Anders"))
    client.force_login(reviewer)
    client.post(reverse("feeds:choose", args=[SourceChange.objects.get().pk, Choice.ACCEPT]))
    assert Recording.objects.get().title_nl == "Anders"
    assert waiting() == []


def test_a_draft_that_waits_gets_the_choice_and_is_not_published_by_it(client, told, reviewer):
    recording = told(video(1, snippet__title="Anders"))
    recording.abstract_nl = "Nog niet af."
    recording.save_revision()
    client.force_login(reviewer)
    client.post(reverse("feeds:choose", args=[SourceChange.objects.get().pk, Choice.ACCEPT]))
    recording.refresh_from_db()
    assert (recording.title_nl, recording.abstract_nl or "") == ("Onze titel", "")
    draft = recording.get_latest_revision_as_object()
    assert (draft.title_nl, draft.abstract_nl) == ("Anders", "Nog niet af.")


def test_to_keep_a_title_that_only_the_source_had_makes_it_ours(client, told, reviewer):
    told(video(1, snippet__title="Anders"), title_nl="")
    client.force_login(reviewer)
    client.post(reverse("feeds:choose", args=[SourceChange.objects.get().pk, Choice.KEEP]))
    assert Recording.objects.get().title_nl == "Webinar 1"


def planned(hour):
    return video(
        1,
        snippet__liveBroadcastContent="upcoming",
        contentDetails__duration="P0D",
        liveStreamingDetails__scheduledStartTime=f"2026-12-01T{hour}:00:00Z",
    )


def test_a_new_date_waits_for_staff_and_moves_the_end_along(client, told, reviewer):
    end = datetime(2026, 12, 1, 14, tzinfo=UTC)
    recording = told(planned(15), first=planned(13), event_end=end)
    assert recording.event_start == datetime(2026, 12, 1, 13, tzinfo=UTC)
    client.force_login(reviewer)
    client.post(reverse("feeds:choose", args=[SourceChange.objects.get().pk, Choice.ACCEPT]))
    recording.refresh_from_db()
    assert (recording.event_start.hour, recording.event_end.hour) == (15, 16)


@pytest.mark.parametrize(("choice", "live"), [(Choice.KEEP, True), (Choice.OFF_LINE, False)])
def test_a_video_that_is_gone_is_asked_about_once_and_staff_choose(client, told, reviewer, channel, choice, live):
    told((), ())
    (change,) = SourceChange.objects.all()
    client.force_login(reviewer)
    assert client.get(reverse("wagtailadmin_home")).content.decode().count("Onze titel") == 1
    client.post(reverse("feeds:choose", args=[change.pk, choice]))
    pull(channel, NOW + 5 * DAY)
    assert waiting() == []
    assert Recording.objects.get().live is live


def test_who_may_not_publish_chooses_nothing_on_a_public_recording(client, told, reviewer):
    told(())
    reviewer.user_permissions.remove(Permission.objects.get(codename="publish_recording"))
    client.force_login(get_user_model().objects.get(pk=reviewer.pk))
    answer = client.post(reverse("feeds:choose", args=[SourceChange.objects.get().pk, Choice.KEEP]))
    assert answer.status_code in (302, 403)
    assert waiting() == [ChangeKind.GONE]


def test_a_pull_brings_nothing_back_that_was_taken_away(client, told, reviewer, channel, youtube):
    recording = told()
    take_down(recording, "speaker", reviewer, words_stay=False)
    youtube.hold(video(1, snippet__title="Opnieuw", snippet__description="Met Ann Peeters."))
    pull(channel, NOW + DAY)
    html = page(client, Recording.objects.get())
    assert "De opname werd weggehaald op vraag van een spreker." in html
    for word in ("youtube.com/watch", "Opnieuw", "Ann Peeters", "Onze titel"):
        assert word not in html
