"""Staff paste the address of a video or a LinkedIn post, and it becomes a place to watch."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.feeds.choices import ItemState
from portal.feeds.models import Item
from portal.feeds.pulling.pull import pull
from portal.feeds.review.pasted_links import add_video_link, parse_pasted_link
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

VIDEO = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
POST = "https://www.linkedin.com/feed/update/urn:li:activity:6843120362218115072/"


@pytest.mark.parametrize(
    "written",
    [
        VIDEO,
        f" {VIDEO}&t=90s&list=PLx ",
        "https://youtu.be/aaaaaaaaaaa?si=x",
        "https://m.youtube.com/watch?app=desktop&v=aaaaaaaaaaa",
        "https://www.youtube.com/live/aaaaaaaaaaa",
        "https://www.youtube.com/shorts/aaaaaaaaaaa/",
        "https://www.youtube-nocookie.com/embed/aaaaaaaaaaa",
    ],
)
def test_every_address_of_a_video_means_the_video(written):
    place = parse_pasted_link(written)
    assert (place.platform, place.external_id, place.url) == (Platform.YOUTUBE, "yt:aaaaaaaaaaa", VIDEO)


@pytest.mark.parametrize(
    ("written", "number", "sort"),
    [
        (POST, "6843120362218115072", "activity"),
        ("urn:li:activity:6843120362218115072", "6843120362218115072", "activity"),
        ("https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A6843120362218115072", "6843120362218115072", "share"),
        (
            "https://www.linkedin.com/posts/dienst_webinar-online-activity-6843120362218115072-aB3d",
            "6843120362218115072",
            "activity",
        ),
        # A post without words has nothing between its author and its number.
        ("https://www.linkedin.com/posts/dienst_activity-6843120362218115072-aB3d", "6843120362218115072", "activity"),
        (
            "https://www.linkedin.com/embed/feed/update/urn:li:ugcPost:7402746945318146049?compact=1 ",
            "7402746945318146049",
            "ugcPost",
        ),
    ],
)
def test_every_form_of_a_linkedin_post_means_its_number(written, number, sort):
    place = parse_pasted_link(written)
    assert (place.platform, place.external_id) == (Platform.LINKEDIN, f"li:{number}")
    assert place.url == f"https://www.linkedin.com/feed/update/urn:li:{sort}:{number}/"


def test_the_number_of_a_post_tells_when_it_was_made():
    assert parse_pasted_link(POST).created_at == datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "webinar",
        "https://example.org/watch?v=aaaaaaaaaaa",
        "https://www.youtube.com.example.org/watch?v=aaaaaaaaaaa",
        "https://www.youtube.com/watch?v=kort",
        "https://www.youtube.com/@dienst",
        "https://lnkd.in/abc",
        "https://www.linkedin.com/company/dienst/",
        "urn:li:activity:1000000000000000",
        "urn:li:activity:9999999999999999999",
        "javascript:alert(1)",
        "http://[kapot",
    ],
)
def test_anything_else_is_refused_with_what_to_do(written):
    with pytest.raises(ValidationError) as refused:
        parse_pasted_link(written)
    assert refused.value.messages[0].endswith(".")


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("medewerker", password="x")


@pytest.fixture
def no_picture(monkeypatch):
    """The picture of a pasted video is at YouTube, which no test asks."""
    monkeypatch.setattr("portal.feeds.review.pasted_links.fetch_poster", lambda url: None)


def test_a_video_becomes_a_draft_that_can_be_watched(user, no_picture):
    recording = add_video_link(parse_pasted_link(VIDEO), user, title="Webinar: buurtwerk", text="Over buurtwerk.")
    assert (recording.live, recording.key, recording.state) == (False, "webinar-buurtwerk", RecordingState.RECORDED)
    assert recording.title_in("nl")[0] == "Webinar: buurtwerk"
    assert recording.sources.get().external_id == "yt:aaaaaaaaaaa"


def test_an_old_announcement_becomes_a_session_whose_recording_was_not_found(user):
    recording = add_video_link(parse_pasted_link(POST), user, text="Online safe spaces")
    assert (recording.state, recording.key) == (RecordingState.NOT_FOUND, "li-6843120362218115072")
    assert recording.announced_at == datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)
    assert recording.event_start is None


def test_an_announcement_and_a_video_belong_to_one_recording(user):
    recording = add_video_link(parse_pasted_link(POST), user)
    assert add_video_link(parse_pasted_link(VIDEO), user, recording=recording) == recording
    assert set(recording.sources.values_list("platform", flat=True)) == {Platform.LINKEDIN, Platform.YOUTUBE}
    assert Recording.objects.count() == 1


def test_a_place_belongs_to_one_recording_only(user, no_picture):
    add_video_link(parse_pasted_link(VIDEO), user, title="Eerste")
    with pytest.raises(ValidationError, match="Eerste"):
        add_video_link(parse_pasted_link("https://youtu.be/aaaaaaaaaaa"), user, title="Tweede")
    assert Recording.objects.count() == RecordingSource.objects.count() == 1


def test_an_item_of_a_feed_about_the_same_video_is_decided_with_it(user, source, answers, no_picture):
    answers(Answer(feed(entry())), Answer(feed(entry(title="Titel van de bron"))))
    pull(source)
    recording = add_video_link(parse_pasted_link(VIDEO), user, title="Getypt")
    item = Item.objects.get()
    assert (item.state, item.recording) == (ItemState.ACCEPTED, recording)
    pull(source)
    assert recording.sources.get().title == "Titel van de bron"


def person(*permissions):
    user = get_user_model().objects.create_user("schrijver", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    return user


def test_staff_make_a_recording_of_an_address(client, db):
    client.force_login(person("add_recording", "change_recording"))
    address = reverse("feeds:new_from_address")
    assert client.get(address).status_code == 200
    response = client.post(address, {"address": POST, "title": "Aankondiging"})
    recording = Recording.objects.get()
    assert response.status_code == 302
    assert str(recording.pk) in response["Location"]
    again = client.post(address, {"address": POST})
    assert "Aankondiging" in again.content.decode()
    assert Recording.objects.count() == 1


def test_staff_add_and_remove_the_places_of_a_recording(client, db):
    client.force_login(person("change_recording", "publish_recording"))
    recording = Recording.objects.create(key="proef", title_nl="Proef")
    address = reverse("feeds:places", args=[recording.pk])
    page = client.post(address, {"address": VIDEO, "title": "<b>Titel</b>"}, follow=True).content.decode()
    assert "&lt;b&gt;Titel&lt;/b&gt;" in page
    place = recording.sources.get()
    client.post(reverse("feeds:remove_place", args=[recording.pk, place.pk]))
    assert not recording.sources.exists()


def test_who_may_not_change_recordings_changes_no_places(client, db):
    client.force_login(person())
    recording = Recording.objects.create(key="proef", title_nl="Proef")
    place = RecordingSource.objects.create(recording=recording, platform=Platform.FILE, external_id="file:proef")
    client.post(reverse("feeds:new_from_address"), {"address": POST})
    client.post(reverse("feeds:places", args=[recording.pk]), {"address": VIDEO})
    client.post(reverse("feeds:remove_place", args=[recording.pk, place.pk]))
    assert list(RecordingSource.objects.all()) == [place]


def test_the_form_of_a_recording_leads_to_its_places(client, db):
    client.force_login(get_user_model().objects.create_superuser("beheerder", password="x"))
    recording = Recording.objects.create(key="proef", title_nl="Proef")
    page = client.get(reverse("wagtailsnippets_webinars_recording:edit", args=[recording.pk])).content.decode()
    assert reverse("feeds:places", args=[recording.pk]) in page


class TestSeveralAtOnce:
    """Of two addresses that are pasted none vanishes without a word."""

    OTHER = "https://youtu.be/bbbbbbbbbbb"

    @pytest.mark.parametrize(
        "between", ["\n", "\r\n", " ", ", ", ",", ";", " en ", "\t", "", " | ", "\u00a0", "> <", '" "', ".\n"]
    )
    def test_two_videos_are_refused_and_both_are_named(self, between):
        with pytest.raises(ValidationError) as refused:
            parse_pasted_link(f"{VIDEO}{between}{self.OTHER}")
        assert refused.value.code == "several"
        assert "aaaaaaaaaaa" in refused.value.messages[0]
        assert "bbbbbbbbbbb" in refused.value.messages[0]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (POST, VIDEO),
            (VIDEO, POST),
            (POST.rstrip("/"), "https://www.linkedin.com/feed/update/urn:li:share:7402746945318146049/"),
            ("urn:li:activity:6843120362218115072", "urn:li:share:7402746945318146049"),
            ("youtu.be/aaaaaaaaaaa", "www.youtube.com/watch?v=bbbbbbbbbbb"),
            (
                "https://www.linkedin.com/posts/dienst_x-activity-6843120362218115072-aB3d",
                "https://youtu.be/bbbbbbbbbbb",
            ),
        ],
    )
    @pytest.mark.parametrize("between", ["\n", ",", " "])
    def test_so_are_two_posts_and_a_post_with_its_video(self, one, other, between):
        with pytest.raises(ValidationError) as refused:
            parse_pasted_link(one + between + other)
        assert refused.value.code == "several"

    @pytest.mark.parametrize("between", ["\n", ", ", ""])
    def test_one_address_twice_is_one_place(self, between):
        assert parse_pasted_link(f"{VIDEO}{between}https://youtu.be/aaaaaaaaaaa").external_id == "yt:aaaaaaaaaaa"

    @pytest.mark.parametrize(
        "wrong",
        [
            "https://lnkd.in/abc",
            "urn:li:activity:1000000000000000",
            "https://www.youtube.com/playlist?list=PLabcdefghijk",
        ],
    )
    def test_a_wrong_one_beside_a_right_one_is_refused(self, wrong):
        for written in (f"{VIDEO} {wrong}", f"{wrong}\n{VIDEO}"):
            with pytest.raises(ValidationError) as refused:
                parse_pasted_link(written)
            assert refused.value.messages[0].endswith(".")

    def test_an_address_of_another_website_is_left_out_and_said(self, client, db):
        client.force_login(person("add_recording", "change_recording"))
        written = f"Kijk op https://www.example.org/webinar of {POST} #webinar"
        assert parse_pasted_link(written).ignored == ("https://www.example.org/webinar",)
        page = client.post(reverse("feeds:new_from_address"), {"address": written}, follow=True).content.decode()
        assert "https://www.example.org/webinar" in page

    def test_one_address_may_hold_another(self):
        embed = f'<iframe src="{POST.replace("feed/update", "embed/feed/update")}" height="500"></iframe>'
        assert parse_pasted_link(embed).external_id == "li:6843120362218115072"
        comment = f"{POST}?commentUrn=urn%3Ali%3Acomment%3A(activity%3A6843120362218115072%2C6843122282911547392)"
        assert parse_pasted_link(comment).external_id == "li:6843120362218115072"

    def test_staff_read_both_beside_the_field_and_nothing_is_made(self, client, db):
        client.force_login(person("add_recording", "change_recording"))
        page = client.post(reverse("feeds:new_from_address"), {"address": f"{VIDEO}{self.OTHER}"}).content.decode()
        assert "bbbbbbbbbbb" in page
        assert not Recording.objects.exists()
