"""What an entry of a YouTube feed says, and what is odd about it."""

from datetime import UTC, datetime

import pytest

from portal.feeds.adapters.youtube_atom.entries import read_entries
from portal.feeds.choices import KindGuess, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.xml_document import parse_document
from tests.captured import ROOT
from tests.feeds.atom import CHANNEL, OTHER_CHANNEL, entry, feed


def read(body, channel=CHANNEL):
    items, _left_out = read_entries(parse_document(body).root, channel)
    return items


def one(**fields):
    (values,) = read(feed(entry(**fields)))
    return values


@pytest.fixture
def captured_shape():
    return read((ROOT / "tests" / "fixtures" / "feeds" / "channel.xml").read_bytes())


def test_the_text_is_text_and_nothing_of_it_is_taken_for_html(captured_shape):
    webinar = captured_shape[0]
    assert webinar.title == "Webinar &quot;nabijheid&quot; & <b>vertrouwen</b> 👩🏽‍🏫"
    assert webinar.text == ("Eerste regel.\nSchrijf naar <balie@example.org> nu.\n\n<img src=x onerror=alert(1)>")


def test_identity_address_and_moments_come_from_the_platform(captured_shape):
    webinar = captured_shape[0]
    assert webinar.external_id == "yt:aaaaaaaaaaa"
    assert webinar.url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert webinar.thumbnail_url == "https://i.ytimg.com/vi/aaaaaaaaaaa/hqdefault.jpg"
    assert webinar.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert webinar.updated_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_guess_is_made_of_what_each_one_is(captured_shape):
    assert [(values.kind_guess, values.reason) for values in captured_shape] == [
        (KindGuess.WEBINAR, ""),
        (KindGuess.SHORT, Reason.SHORT),
        (KindGuess.OTHER, Reason.NO_VIEWS),
    ]


def test_a_short_keeps_the_address_of_a_short(captured_shape):
    assert captured_shape[1].url == "https://www.youtube.com/shorts/bbbbbbbbbbb"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"video": "te-kort"}, Reason.NO_ID),
        ({"video": "javascript:alert(1)"}, Reason.NO_ID),
        ({"title": "  "}, Reason.NO_TITLE),
        ({"title": "Private video"}, Reason.UNAVAILABLE),
        ({"title": "Deleted video"}, Reason.UNAVAILABLE),
        ({"channel": OTHER_CHANNEL}, Reason.OTHER_CHANNEL),
        ({"published": ""}, Reason.NO_DATE),
        ({"published": "1970-01-01T00:00:00+00:00"}, Reason.STRANGE_DATE),
        ({"published": "2099-12-31T00:00:00+00:00"}, Reason.STRANGE_DATE),
        ({"published": "2021-13-01T00:00:00+00:00"}, Reason.STRANGE_DATE),
        ({"published": "0000-00-00"}, Reason.STRANGE_DATE),
        ({"published": "1631527033"}, Reason.STRANGE_DATE),
        ({"published": "2021-09-13T09:57:00"}, Reason.STRANGE_DATE),
        ({"published": "Mon, 13 Sep 2021 11:57:13 CEST"}, Reason.STRANGE_DATE),
        ({"published": "Mo, 13 Sep 2021 09:57:13 GMT"}, Reason.STRANGE_DATE),
    ],
)
def test_what_is_odd_has_its_reason(fields, reason):
    values = read(feed(entry(**fields), entry(video="zzzzzzzzzzz")))[0]
    assert values.reason == reason
    assert values.published_at is None or reason not in (Reason.STRANGE_DATE, Reason.NO_DATE)


def test_an_entry_without_an_id_is_the_same_one_each_time():
    first, second = (read(feed(entry(video=""), entry(video="zzzzzzzzzzz")))[0] for _time in range(2))
    assert first.external_id == second.external_id
    assert first.external_id.startswith("?:")
    assert first.url == ""


def test_a_playlist_may_hold_videos_of_others():
    (values,) = read(feed(entry(channel=OTHER_CHANNEL)), channel="")
    assert values.reason == ""


def test_of_two_entries_with_the_same_id_the_newest_is_kept():
    old = entry(title="oud", updated="2026-01-01T00:00:00+00:00")
    new = entry(title="nieuw", updated="2026-02-01T00:00:00+00:00")
    for order in ((old, new), (new, old)):
        (values,) = read(feed(*order))
        assert values.title == "nieuw"


def test_the_picture_is_never_taken_from_another_place():
    assert (
        one(thumbnail="https://example.org/spy.gif").thumbnail_url == "https://i.ytimg.com/vi/aaaaaaaaaaa/hqdefault.jpg"
    )


def test_an_entry_that_was_trimmed_by_hand_is_read_from_what_it_has():
    body = feed(
        "<entry><yt:videoId>aaaaaaaaaaa</yt:videoId><media:group><media:title>Titel</media:title></media:group></entry>"
    )
    (values,) = read(body)
    assert (values.external_id, values.title, values.reason) == ("yt:aaaaaaaaaaa", "Titel", Reason.NO_DATE)


def test_long_texts_are_cut_without_breaking_an_emoji():
    values = one(title="👩🏽‍🏫" * 400, text="lang " * 100_000)
    assert len(values.title) <= 300
    assert values.title.endswith("👩🏽‍🏫…")
    assert len(values.text) <= 20_000


def test_hidden_characters_that_lie_are_left_out():
    assert one(title="veilig \u202egnp.exe\u202c\u2066 online\u2069 a\u0301").title == "veilig gnp.exe online á"


@pytest.mark.parametrize("root", ["rss", "html", "feed"])
def test_another_document_is_not_a_feed(root):
    with pytest.raises(UnusableDocument) as refused:
        read(f"<{root}><channel><item/></channel></{root}>".encode())
    assert refused.value.code in ("not_a_feed", "html")


def test_a_feed_in_which_no_entry_has_a_video_is_not_one_of_youtube():
    with pytest.raises(UnusableDocument) as refused:
        read(feed(entry(video="urn:x"), entry(video="urn:y")))
    assert refused.value.code == "not_a_feed"


def test_a_feed_without_entries_is_a_feed():
    assert read(feed()) == ()


def test_of_more_entries_than_are_read_at_once_the_oldest_are_left_out():
    dated = [entry(video=f"{n:011}", published=f"20{20 + n % 7}-01-01T00:00:{n % 60:02}+00:00") for n in range(600)]
    items, left_out = read_entries(parse_document(feed(*dated)).root, CHANNEL)
    assert (len(items), left_out) == (500, 100)
    assert min(values.published_at.year for values in items) == 2021


def test_an_id_of_eleven_letters_that_is_not_youtubes_is_no_video():
    with pytest.raises(UnusableDocument):
        read(feed("<entry><id>abcdefghijk</id><title>x</title></entry>"))


def test_every_captured_channel_feed_is_read(samples):
    for path in (samples / "youtube-atom").glob("*.xml"):
        if path.name.startswith("picofeed"):
            continue  # the form that died in 2015
        items = read(path.read_bytes(), channel="")
        assert items, path.name
        assert all(values.external_id.startswith("yt:") and values.title for values in items), path.name


def test_the_form_that_died_in_2015_is_refused(samples):
    body = (samples / "youtube-atom" / "picofeed_gdata_2014_legacy_2entries.xml").read_bytes()
    with pytest.raises(UnusableDocument):
        read(body, channel="")


def test_captured_shorts_and_upcoming_ones_are_recognised(samples):
    items = read((samples / "youtube-atom" / "derived_shorts_and_upcoming.xml").read_bytes(), channel="")
    reasons = [values.reason for values in items]
    assert Reason.SHORT in reasons
    assert Reason.NO_VIEWS in reasons
