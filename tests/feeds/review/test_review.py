"""Accepting makes one draft recording with its own picture; ignoring is for ever; the words of staff stand."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from PIL import Image
from wagtail.models import ModelLogEntry

from portal.core.models import ImageRights, SchakelImage
from portal.feeds.choices import ItemState, Reason
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import accept, ignore
from portal.feeds.review.poster_download import PosterError, reencode
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


def picture(size=(480, 360), colour=(20, 120, 60), file_format="JPEG", bars=False, **more):
    image = Image.new("RGB", size, colour)
    if bars:
        image.paste((0, 0, 0), (0, 0, 480, 45))
        image.paste((0, 0, 0), (0, 315, 480, 360))
    written = io.BytesIO()
    image.save(written, file_format, **more)
    return written.getvalue()


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(source, answers, local_server, media):
    """A new item whose picture is on the suite's server."""
    address = local_server.answer("/vi/aaaaaaaaaaa/hqdefault.jpg", Answer(picture()))
    answers(Answer(feed(entry(thumbnail=address))))
    pull(source, NOW)
    return Item.objects.get()


def test_an_accepted_item_becomes_a_draft_that_shows_what_the_source_says(item, user):
    recording = accept(item, user)
    assert not recording.live
    assert recording.latest_revision is not None
    assert (recording.key, recording.slug_nl, recording.state) == (
        "webinar-buurtwerk",
        "webinar-buurtwerk",
        RecordingState.RECORDED,
    )
    assert (recording.title_nl, recording.abstract_nl) in ((None, None), ("", ""))
    assert recording.title_in("nl")[0] == "Webinar: buurtwerk"
    assert recording.abstract_in("nl")[0] == "Over buurtwerk."
    place = recording.sources.get()
    assert (place.platform, place.external_id) == (Platform.YOUTUBE, "yt:aaaaaaaaaaa")
    assert place.url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert place.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert recording.event_start is None, "when it was put online is not when it took place"
    item.refresh_from_db()
    assert (item.state, item.recording) == (ItemState.ACCEPTED, recording)


def test_the_picture_is_fetched_once_and_kept_with_its_origin(item, user, local_server):
    recording = accept(item, user)
    image = SchakelImage.objects.get()
    assert recording.poster == image
    assert (image.width, image.height) == (480, 360)
    assert (image.credit, image.rights, image.source_url) == ("Proefkanaal", ImageRights.SOURCE, item.url)
    assert image.file_hash
    asked = [path for path, _headers in local_server.requests if path.startswith("/vi/")]
    assert asked == ["/vi/aaaaaaaaaaa/maxresdefault.jpg", "/vi/aaaaaaaaaaa/hqdefault.jpg"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"not found", 404),
        Answer(b"<html>no picture</html>"),
        Answer(picture()[:300]),
        Answer(picture((120, 90))),
        Answer(b"", 302, {"Location": "http://10.0.0.1/"}),
        Answer(b"x" * 2_100_000),
    ],
)
def test_without_a_usable_picture_the_draft_has_none(item, user, local_server, answer):
    local_server.answer("/vi/aaaaaaaaaaa/hqdefault.jpg", answer)
    assert accept(item, user).poster is None
    assert not SchakelImage.objects.exists()


def test_accepting_twice_is_accepting_once(item, user):
    first = accept(item, user)
    again = accept(Item.objects.get(), user)
    assert again == first
    assert Recording.objects.count() == SchakelImage.objects.count() == 1


def test_a_video_that_staff_entered_by_hand_is_not_doubled(source, answers, user, media):
    recording = Recording.objects.create(key="met-de-hand", title_nl="Onze titel")
    RecordingSource.objects.create(recording=recording, platform=Platform.YOUTUBE, external_id="yt:aaaaaaaaaaa")
    answers(Answer(feed(entry())))
    pull(source, NOW)
    item = Item.objects.get()
    assert (item.state, item.recording) == (ItemState.ACCEPTED, recording)
    assert recording.sources.get().title == "Webinar: buurtwerk"
    assert recording.title_in("nl")[0] == "Onze titel"


def test_what_the_source_says_later_reaches_the_recording_but_never_what_staff_wrote(item, user, source, answers):
    recording = accept(item, user)
    recording.title_nl, recording.abstract_fr = "Onze titel", "Notre résumé"
    recording.save_revision().publish()
    answers(Answer(feed(entry(title="Andere titel", text="Andere tekst"))))
    pull(source, LATER)
    recording = Recording.objects.get()
    place = recording.sources.get()
    assert (place.title, place.text, place.fetched_at) == ("Andere titel", "Andere tekst", LATER)
    assert recording.title_in("nl")[0] == "Onze titel"
    assert recording.abstract_in("fr")[0] == "Notre résumé"
    assert recording.live


def test_a_private_video_leaves_the_recording_and_its_words(item, user, source, answers):
    accept(item, user)
    answers(Answer(feed(entry(title="Private video", text=""))))
    pull(source, LATER)
    assert Recording.objects.get().title_in("nl")[0] == "Webinar: buurtwerk"
    assert Item.objects.get().reason == Reason.UNAVAILABLE


def test_a_recording_that_staff_deleted_does_not_come_back(item, user, source, answers):
    accept(item, user).delete()
    answers(Answer(feed(entry(title="Opnieuw"))))
    pull(source, LATER)
    assert not Recording.objects.exists()
    assert Item.objects.get().state == ItemState.ACCEPTED
    assert accept(Item.objects.get(), user) == Recording.objects.get(), "unless somebody asks for it"


def test_an_item_nobody_has_watched_becomes_a_session_to_come(item, user):
    Item.objects.update(reason=Reason.NO_VIEWS)
    assert accept(Item.objects.get(), user).state == RecordingState.PLANNED


def test_ignored_items_stay_away(item, user, source, answers):
    ignore(item, user)
    answers(Answer(feed(entry(title="Toch weer"))))
    pull(source, LATER)
    assert Item.objects.get().state == ItemState.IGNORED
    ignore(Item.objects.get(), user)
    accept(Item.objects.get(), user)
    assert Item.objects.get().state == ItemState.ACCEPTED


@pytest.mark.parametrize("reason", [Reason.NO_ID, Reason.UNAVAILABLE])
def test_what_cannot_be_watched_cannot_be_accepted(item, user, reason):
    Item.objects.update(reason=reason, state=ItemState.QUARANTINED)
    with pytest.raises(DecisionError, match="[.]$"):
        accept(Item.objects.get(), user)
    assert not Recording.objects.exists()


def test_a_recording_is_not_ignored_away(item, user):
    accept(item, user)
    with pytest.raises(DecisionError):
        ignore(Item.objects.get(), user)


def test_who_decided_is_written_down(item, user):
    recording = accept(item, user)
    ignore(
        Item.objects.create(source=item.source, external_id="yt:x", first_seen=NOW, last_seen=NOW, fetched_at=NOW), user
    )
    actions = set(ModelLogEntry.objects.filter(user=user).values_list("action", flat=True))
    assert actions >= {"feeds.accept", "feeds.ignore", "wagtail.create"}
    assert ModelLogEntry.objects.for_instance(recording).exists()


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("🎉🎉🎉", "yt-aaaaaaaaaaa"),
        ("Διάλεξη", "yt-aaaaaaaaaaa"),
        ("Sécurité: l'été 2026 & après", "securite-lete-2026-apres"),
    ],
)
def test_the_key_is_made_from_the_title_or_else_the_id(item, user, title, key):
    Item.objects.update(title=title)
    assert accept(Item.objects.get(), user).key == key


def test_a_key_that_is_taken_gets_a_number(item, user):
    Recording.objects.create(key="webinar-buurtwerk", slug_nl="iets")
    Recording.objects.create(key="iets-anders", slug_nl="webinar-buurtwerk-2")
    assert accept(item, user).key == "webinar-buurtwerk-3"


def test_a_picture_is_made_anew_without_what_was_hidden_in_it():
    exif = Image.Exif()
    exif[0x010E] = "geheim"
    again = reencode(picture(exif=exif) + b"<script>alert(1)</script>")
    with Image.open(io.BytesIO(again)) as image:
        assert image.format == "JPEG"
        assert not dict(image.getexif())
    assert b"geheim" not in again
    assert b"script" not in again


def test_a_large_picture_is_made_smaller_and_black_bars_are_cut():
    with Image.open(io.BytesIO(reencode(picture((2560, 1440), file_format="PNG")))) as image:
        assert image.size == (1280, 720)
    with Image.open(io.BytesIO(reencode(picture(bars=True)))) as image:
        assert image.size == (480, 270)


@pytest.mark.parametrize(
    "body",
    [b"", b"GIF89a", picture()[:400], picture(file_format="GIF"), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_what_is_no_picture_is_refused(body):
    with pytest.raises(PosterError):
        reencode(body)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked():
    with pytest.raises(PosterError):
        reencode(picture((6000, 4000), file_format="PNG"))


def test_two_sources_share_an_item(item, source, answers, local_server, user):
    other = Source.objects.create(
        name="Reeks", config=local_server.answer("/reeks.xml", Answer(feed(entry(title="Nieuwer"))))
    )
    pull(other, LATER)
    assert Item.objects.get().title == "Nieuwer"
    assert Item.objects.get().source == source
