"""What came in is matched with the recordings that there are: suggested, never decided; what was rejected stays so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from portal.feeds.choices import ItemState
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item, Source
from portal.feeds.review.decisions import accept, merge, reject
from portal.feeds.review.matching import best_match, find_matches, significant_words, similarity
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform

pytestmark = pytest.mark.django_db

ANNOUNCED = datetime(2021, 9, 13, 10, tzinfo=UTC)
HELD = datetime(2021, 9, 21, 12, tzinfo=UTC)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_superuser("nalezer", password="x")


@pytest.fixture
def came_in(db):
    """An item of a source: `came_in("yt:…", "Title", moment, text="…")`."""
    source = Source.objects.create(name="Proef", config="UCPEe6adbWbT2iggXTA2J81A")

    def make(external_id, title, moment=HELD, text="", **more):
        seen = {"first_seen": HELD, "last_seen": HELD, "fetched_at": HELD}
        item = {"external_id": external_id, "title": title, "text": text, "published_at": moment}
        return Item.objects.create(source=source, **item, **seen, **more)

    return make


def recording(title, **more):
    key = f"opname-{Recording.objects.count()}"
    values = {"event_start": HELD, "state": RecordingState.NOT_FOUND} | more
    return Recording.objects.create(key=key, slug_nl=key, title_nl=title, live=True, **values)


def suggestion(item):
    return best_match(find_matches([item])[item.pk])


class TestCertainIs:
    def test_a_post_that_names_the_video_of_a_recording(self, came_in):
        talk = recording("Iets heel anders", event_start=None)
        RecordingSource.objects.create(recording=talk, platform=Platform.YOUTUBE, external_id="yt:aaaaaaaaaaa")
        post = came_in("li:6843120362218115072", "Kijk terug", text="Zie https://youtu.be/aaaaaaaaaaa.")
        match = suggestion(post)
        assert (match.recording, match.is_certain) == (talk, True)

    def test_a_video_whose_announcement_is_named_in_it(self, came_in):
        talk = recording("Iets heel anders", event_start=None)
        post = {"platform": Platform.LINKEDIN, "external_id": "li:6843120362218115072"}
        RecordingSource.objects.create(recording=talk, **post)
        video = came_in("yt:bbbbbbbbbbb", "Onze sessie", text="urn:li:activity:6843120362218115072")
        assert suggestion(video).is_certain

    def test_a_video_that_the_text_of_an_announcement_names(self, came_in):
        talk = recording("Iets heel anders", event_start=None)
        post = {"platform": Platform.LINKEDIN, "external_id": "li:6843120362218115072"}
        RecordingSource.objects.create(recording=talk, text="https://www.youtube.com/watch?v=bbbbbbbbbbb", **post)
        assert suggestion(came_in("yt:bbbbbbbbbbb", "Onze sessie")).is_certain


class TestLikenessSuggests:
    def test_the_same_words_within_the_time_of_an_announcement(self, came_in):
        talk = recording("Online safe spaces", event_start=None, announced_at=ANNOUNCED)
        match = suggestion(came_in("yt:bbbbbbbbbbb", "Webinar: Online Safe Spaces (recording)"))
        assert match.recording == talk
        assert not match.is_certain

    def test_the_words_of_the_title_in_a_long_post(self, came_in):
        recording("Online safe spaces")
        text = "Next week we welcome everybody again. Our 𝘄𝗲𝗯𝗶𝗻𝗮𝗿 on online safe spaces starts at two. #safety"
        assert suggestion(came_in("li:6843120362218115072", "Join us", ANNOUNCED, text))

    @pytest.mark.parametrize("days", [-3, 121])
    def test_nothing_outside_the_time_in_which_an_announcement_and_its_recording_lie(self, came_in, days):
        recording("Online safe spaces", event_start=ANNOUNCED + timedelta(days=days))
        assert suggestion(came_in("li:6843120362218115072", "Online safe spaces", ANNOUNCED)) is None

    @pytest.mark.parametrize(
        ("title", "other"),
        [
            ("Webinar 3: polarisation in schools", "Webinar 4: polarisation in schools"),
            ("Online safe spaces", "Offline safe spaces"),
        ],
    )
    def test_not_the_next_one_of_a_series_but_it_is_offered(self, came_in, title, other):
        talk = recording(title)
        video = came_in("yt:bbbbbbbbbbb", other)
        assert suggestion(video) is None
        assert [match.recording for match in find_matches([video])[video.pk]] == [talk]

    def test_none_of_two_that_are_equally_like_it(self, came_in):
        recording("Online safe spaces")
        recording("Online safe spaces")
        video = came_in("yt:bbbbbbbbbbb", "Online safe spaces")
        assert suggestion(video) is None
        assert len(find_matches([video])[video.pk]) == 2

    def test_nothing_on_one_word_or_on_what_every_announcement_says(self):
        assert similarity(significant_words("Webinar: buurtwerk"), significant_words("Webinar: buurtwerk")) == 0


def test_the_questions_to_the_database_do_not_grow_with_the_list(came_in, django_assert_max_num_queries):
    for number in range(20):
        recording(f"Gesprek over wonen, deel {number}")
        came_in(f"yt:{number:011d}", f"Gesprek over wonen, deel {number}")
    items = list(Item.objects.all())
    with django_assert_max_num_queries(4):
        found = find_matches(items)
    assert all(best_match(found[item.pk]) for item in items)


def test_what_was_rejected_is_not_suggested_again(came_in, user):
    talk = recording("Online safe spaces")
    video = came_in("yt:bbbbbbbbbbb", "Online safe spaces")
    reject(video, talk, user)
    reject(video, talk, user)
    assert find_matches([video])[video.pk] == []


class TestMerging:
    def test_gives_the_recording_one_more_place_and_finds_what_was_not_found(self, came_in, user):
        talk = recording("Onze titel")
        merge(came_in("yt:bbbbbbbbbbb", "Titel bij de bron", text="Tekst"), talk, user)
        talk.refresh_from_db()
        assert [place.external_id for place in talk.sources.all()] == ["yt:bbbbbbbbbbb"]
        assert (talk.state, talk.title_nl) == (RecordingState.RECORDED, "Onze titel")
        item = Item.objects.get()
        assert (item.state, item.recording) == (ItemState.ACCEPTED, talk)
        assert Recording.objects.count() == 1

    def test_an_announcement_finds_nothing(self, came_in, user):
        talk = recording("Onze titel")
        merge(came_in("li:6843120362218115072", "Aankondiging", ANNOUNCED), talk, user)
        talk.refresh_from_db()
        assert talk.state == RecordingState.NOT_FOUND

    def test_a_draft_of_somebody_is_not_published_by_it(self, came_in, user):
        talk = recording("Onze titel")
        talk.title_nl = "Ontwerp"
        talk.save_revision()
        merge(came_in("yt:bbbbbbbbbbb", "Titel"), talk, user)
        talk.refresh_from_db()
        assert (talk.title_nl, talk.state) == ("Onze titel", RecordingState.NOT_FOUND)
        assert talk.get_latest_revision_as_object().state == RecordingState.RECORDED

    def test_twice_is_once_and_another_recording_is_refused(self, came_in, user):
        talk, other = recording("Een"), recording("Twee")
        item = came_in("yt:bbbbbbbbbbb", "Titel")
        merge(item, talk, user)
        item.refresh_from_db()
        assert merge(item, talk, user) == talk
        with pytest.raises(DecisionError):
            merge(item, other, user)
        assert accept(item, user) == talk
        assert RecordingSource.objects.count() == 1
