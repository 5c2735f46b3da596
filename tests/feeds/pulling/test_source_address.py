"""What staff may enter as a source, and that one feed is one source."""

import pytest
from django.core.exceptions import ValidationError

from portal.feeds.adapters.youtube_atom import YoutubeAtom, expected_channel, feed_url
from portal.feeds.models import Source

CHANNEL = "UCPEe6adbWbT2iggXTA2J81A"
PLAYLIST = "PLH3mdhuA3a24qt8c7fgcbknrLqe5Ijia2"


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        (CHANNEL, CHANNEL),
        (f"  {CHANNEL}\n", CHANNEL),
        (f"https://www.youtube.com/channel/{CHANNEL}", CHANNEL),
        (f"https://www.youtube.com/channel/{CHANNEL}/videos?view=0", CHANNEL),
        (f"http://youtube.com/channel/{CHANNEL}", CHANNEL),
        (f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}", CHANNEL),
        (PLAYLIST, PLAYLIST),
        (f"https://www.youtube.com/playlist?list={PLAYLIST}", PLAYLIST),
        (f"https://www.youtube.com/watch?v=aaaaaaaaaaa&list={PLAYLIST}", PLAYLIST),
        (f"https://www.youtube.com/feeds/videos.xml?playlist_id={PLAYLIST}", PLAYLIST),
        ("UULFPEe6adbWbT2iggXTA2J81A", "UULFPEe6adbWbT2iggXTA2J81A"),
    ],
)
def test_an_id_or_an_address_that_holds_one_is_kept_as_the_id(entered, kept):
    assert YoutubeAtom().clean_config(entered) == kept


@pytest.mark.parametrize(
    "entered",
    [
        "UCtekort",
        "https://www.youtube.com/@orpheus",
        "https://www.youtube.com/c/orpheus",
        "https://www.youtube.com/user/orpheus",
        "https://youtu.be/aaaaaaaaaaa",
        f"https://example.org/channel/{CHANNEL}",
        f"https://www.youtube.com.example.org/channel/{CHANNEL}",
        f"ftp://www.youtube.com/channel/{CHANNEL}",
        f"http://127.0.0.1:8080/feeds/videos.xml?channel_id={CHANNEL}",
        "file:///etc/passwd",
        "http://[broken",
        f"{CHANNEL}&evil=1",
    ],
)
def test_anything_else_is_refused_with_a_sentence(entered):
    with pytest.raises(ValidationError) as refused:
        Source(name="x", config=entered).full_clean()
    assert str(refused.value.message_dict["config"][0]).endswith(".")


def test_the_address_of_a_handle_is_refused_with_the_way_to_the_id():
    with pytest.raises(ValidationError) as refused:
        YoutubeAtom().clean_config("https://www.youtube.com/@orpheus")
    assert refused.value.code == "no_channel_id"


def test_the_feed_address_is_made_from_the_id():
    assert feed_url(CHANNEL) == f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    assert feed_url(PLAYLIST) == f"https://www.youtube.com/feeds/videos.xml?playlist_id={PLAYLIST}"
    assert (expected_channel(CHANNEL), expected_channel(PLAYLIST)) == (CHANNEL, "")


@pytest.mark.django_db
def test_one_feed_is_one_source_however_it_is_entered():
    Source.objects.create(name="een", config=CHANNEL)
    with pytest.raises(ValidationError):
        Source(name="twee", config=f"https://www.youtube.com/channel/{CHANNEL}").full_clean()


@pytest.mark.django_db
def test_a_source_starts_switched_off_and_slow():
    source = Source.objects.create(name="een", config=CHANNEL)
    assert not source.enabled
    assert source.interval_s == 6 * 3600
    with pytest.raises(ValidationError):
        Source(name="vlug", config=PLAYLIST, interval_s=60).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "hours"), [("youtube_atom", 6), ("youtube_api", 24)])
def test_a_new_source_waits_as_long_as_suits_its_kind_unless_staff_say_otherwise(kind, hours):
    assert Source.objects.create(name="een", kind=kind, config=CHANNEL).interval_s == hours * 3600
    assert Source.objects.create(name="twee", kind=kind, config=PLAYLIST, interval_s=7200).interval_s == 7200


@pytest.mark.django_db
def test_another_feed_starts_afresh():
    source = Source.objects.create(name="een", config=CHANNEL, etag='"1"', body_sha256="x", consecutive_failures=3)
    source.config = PLAYLIST
    source.save()
    source.refresh_from_db()
    assert (source.etag, source.body_sha256, source.consecutive_failures) == ("", "", 0)
