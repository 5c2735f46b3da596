"""Taking a recording away: player, picture and words leave every outlet at once, and lifting gives them back."""

import io
import json
import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import ModelLogEntry

from portal.core.models import SchakelDocument, SchakelImage
from portal.core.page_cache.generation import advance_generation
from portal.starter.loading.content_files import StarterItem
from portal.starter.loading.recording_files import install_video
from portal.webinars.consent.takedowns import lift_take_down, take_down
from portal.webinars.jobs import withhold_files
from portal.webinars.models import Recording, TakeDown
from portal.webinars.public.search_documents import recording_documents
from tests.factories import make_method
from tests.markup import soup
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/safe-spaces/"
SAID = "Een plek is veilig als u iets kunt zeggen."


@pytest.fixture
def files(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    advance_generation()
    return settings.MEDIA_ROOT


@pytest.fixture
def reviewer(db):
    user = get_user_model().objects.create_user("nalezer", password="x")
    wanted = ("access_admin", "change_recording", "publish_recording", "view_recording")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def recording(site, files):
    """A recording with all that can be taken away."""
    picture = io.BytesIO()
    Image.new("RGB", (1280, 720), "teal").save(picture, "JPEG")
    poster = SchakelImage(title="Beeld", file=ContentFile(picture.getvalue(), "poster.jpg"))
    poster.save()
    slides = SchakelDocument.objects.create(title="Dia", file=ContentFile(b"%PDF-1.4", "dia.pdf"))
    method = make_method(title="Buurtwerk")
    recording = make_recording(
        abstract_nl="Een gesprek over plekken.",
        poster=poster,
        slides=slides,
        duration_s=60,
        chapters=[(0, "Begin"), (30, "Midden")],
        methods=[(method, 12)],
        speakers=[make_speaker()],
    )
    make_source(recording, "yt:dQw4w9WgXcQ", url="https://youtu.be/dQw4w9WgXcQ", title="Bij YouTube")
    make_caption(recording, "nl", [(0, 4, "Welkom."), (12, 16, SAID, "Ann Peeters")])
    return Recording.objects.get()


def taken(recording, user, **more):
    take_down(recording, "speaker", user, **more)
    return Recording.objects.get()


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# Each outlet


def test_the_page_says_so_without_naming_anybody_and_has_nothing_to_play_or_read(client, recording, reviewer):
    before = body(client, PATH)
    assert SAID in before and "/images/" in before and "Ann Peeters" in before
    taken(recording, reviewer)
    html = body(client, PATH)
    assert "De opname werd weggehaald op vraag van een spreker." in html
    assert str(timezone.localdate().year) in html
    for word in (
        SAID,
        "Ann Peeters",
        "/images/",
        "dQw4w9WgXcQ",
        "/captions/",
        "dia.pdf",
        "VideoObject",
        "Midden",
        "?t=",
    ):
        assert word not in html
    assert "Veilige ruimtes" in html and "Een gesprek over plekken." in html


def test_title_and_abstract_go_too_when_that_was_chosen(client, recording, reviewer):
    taken(recording, reviewer, words_stay=False)
    html = body(client, PATH)
    assert "De opname werd weggehaald op vraag van een spreker." in html
    assert "Veilige ruimtes" not in html and "Een gesprek" not in html and "Bij YouTube" not in html
    assert soup(html).select_one("meta[name=robots]")["content"] == "noindex"


def test_a_copy_that_was_published_before_is_not_given_any_more(
    client, recording, reviewer, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_ENABLED = True
    assert SAID in body(client, PATH)
    with django_capture_on_commit_callbacks(execute=True):
        taken(recording, reviewer)
    assert SAID not in body(client, PATH)


@pytest.mark.parametrize("ending", ["vtt", "srt", "txt"])
def test_the_files_of_its_transcript_are_gone(client, recording, reviewer, ending):
    path = f"/captions/safe-spaces.nl.{ending}"
    assert SAID in body(client, path)
    taken(recording, reviewer)
    assert client.get(path).status_code == 404


def test_its_pictures_slides_and_own_video_answer_at_no_address(client, recording, reviewer, files):
    video = files / "recordings" / "safe-spaces.webm"
    video.parent.mkdir(parents=True)
    video.write_bytes(b"webm")
    addresses = [
        recording.poster.get_rendition("fill-640x360|format-webp").url,
        recording.slides.url,
        "/media/recordings/safe-spaces.webm",
    ]
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    taken(recording, reviewer)
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert not Path(recording.poster.file.path).exists()
    lift_take_down(Recording.objects.get(), reviewer)
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    assert Path(recording.poster.file.path).is_file()


def test_a_cache_in_front_keeps_a_picture_for_a_minute_at_most(client, recording):
    answer = client.get(recording.poster.get_rendition("fill-640x360|format-webp").url)
    assert "s-maxage=60" in answer.headers["Cache-Control"]


def test_search_gets_no_line_chapter_or_speaker_of_it(recording, reviewer):
    taken(recording, reviewer)
    (document,) = recording_documents(["safe-spaces"])
    assert document.cues == ()
    assert "speaker" not in document.filters and "Ann" not in document.words
    assert (document.texts["nl"].title, document.texts["nl"].body) == ("Veilige ruimtes", "")


def test_search_gets_nothing_at_all_when_the_title_went_too(recording, reviewer):
    taken(recording, reviewer, words_stay=False)
    assert list(recording_documents(["safe-spaces"])) == []


def test_search_is_told_in_the_same_transaction(recording, reviewer):
    from search.models import Outbox

    Outbox.objects.all().delete()
    taken(recording, reviewer)
    assert Outbox.objects.filter(kind="recording", key="safe-spaces").exists()
    Outbox.objects.all().delete()
    lift_take_down(Recording.objects.get(), reviewer)
    assert Outbox.objects.filter(kind="recording", key="safe-spaces").exists()


@pytest.mark.parametrize("words_stay", [True, False])
def test_feed_and_sitemap_have_the_title_only_where_it_stays(client, recording, reviewer, words_stay):
    taken(recording, reviewer, words_stay=words_stay)
    text = body(client, "/feeds/nl/webinars.xml")
    assert ("Veilige ruimtes" in text) is words_stay
    assert "/images/" not in text and "Ann Peeters" not in text
    assert ("/nl/webinars/safe-spaces/" in body(client, "/sitemap-recordings.xml")) is words_stay
    assert "safe-spaces" not in body(client, "/nl/")


def test_no_list_offers_what_was_taken_away_and_its_page_and_feed_say_so(client, recording, reviewer):
    taken(recording, reviewer)
    assert "Veilige ruimtes" not in body(client, "/nl/webinars/")
    assert "Opname weggehaald" in body(client, "/feeds/nl/webinars.xml")
    assert "Opname weggehaald" in body(client, "/nl/webinars/safe-spaces/")


def test_a_method_leads_to_no_moment_of_it(client, recording, reviewer):
    path = recording.method_links.get().method.get_url()
    assert "t=12" in body(client, path)
    taken(recording, reviewer)
    html = body(client, path)
    assert "t=12" not in html and "Veilige ruimtes" in html


# What does not bring it back


def test_publishing_a_draft_does_not_bring_it_back(client, recording, reviewer):
    recording.save_revision()
    recording = taken(recording, reviewer)
    recording.get_latest_revision().publish()
    assert SAID not in body(client, PATH)


def test_a_new_transcript_stays_away_too(client, recording, reviewer):
    recording = taken(recording, reviewer)
    make_caption(recording, "en", [(0, 4, "Welcome back.")])
    assert "Welcome back." not in body(client, PATH)
    assert client.get("/captions/safe-spaces.en.vtt").status_code == 404


def test_the_starter_content_does_not_bring_its_video_back(recording, reviewer, files, tmp_path):
    (tmp_path / "film.webm").write_bytes(b"webm")
    item = StarterItem(kind="recording", key="safe-spaces", folder=tmp_path, facts={}, texts={})
    taken(recording, reviewer)
    assert install_video(item) is None
    lift_take_down(Recording.objects.get(), reviewer)
    assert install_video(item).is_file()


def test_a_proxy_may_read_the_video_of_the_starter_content_whatever_the_umask_was(files, tmp_path):
    (tmp_path / "film.webm").write_bytes(b"webm")
    before = os.umask(0o077)
    try:
        film = install_video(StarterItem(kind="recording", key="proef", folder=tmp_path, facts={}, texts={}))
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (film, film.parent)] == [0o644, 0o755]


def test_a_file_that_comes_back_meanwhile_is_put_aside_again(client, recording, reviewer, files):
    taken(recording, reviewer)
    video = files / "recordings" / "safe-spaces.webm"
    video.parent.mkdir(parents=True, exist_ok=True)
    video.write_bytes(b"webm")
    withhold_files(None)
    assert client.get("/media/recordings/safe-spaces.webm").status_code == 404


# Who may, and what stays known


def test_who_may_publish_takes_away_and_gives_back_and_the_log_knows(client, recording, reviewer):
    client.force_login(reviewer)
    assert client.get(reverse("recording_consent", args=[recording.pk])).status_code == 200
    answer = client.post(
        reverse("take_down_recording", args=[recording.pk]), {"reason": "speaker", "words": "stay", "note": "Mail."}
    )
    assert answer.status_code == 302
    assert TakeDown.objects.get().note == "Mail."
    client.logout()
    assert SAID not in body(client, PATH)
    client.force_login(reviewer)
    client.post(reverse("lift_take_down", args=[recording.pk]))
    client.logout()
    assert SAID in body(client, PATH)
    logged = ModelLogEntry.objects.filter(action__in=("webinars.take_down", "webinars.lift_take_down"))
    assert [entry.user for entry in logged] == [reviewer, reviewer]


def test_giving_back_a_second_time_changes_nothing_and_says_so(client, recording, reviewer, files):
    taken(recording, reviewer)
    same = Recording.objects.select_related("take_down").get()
    assert lift_take_down(Recording.objects.get(), reviewer)
    assert not lift_take_down(same, reviewer)
    assert ModelLogEntry.objects.filter(action="webinars.lift_take_down").count() == 1
    client.force_login(reviewer)
    answer = client.post(reverse("lift_take_down", args=[recording.pk]), follow=True)
    assert answer.status_code == 200
    assert "is al teruggegeven" in answer.content.decode()


def test_a_colleague_who_has_the_recording_locked_holds_up_nobody_who_may_take_it_away(client, recording, reviewer):
    recording.locked, recording.locked_by = True, get_user_model().objects.create_user("ander")
    recording.save()
    client.force_login(reviewer)
    consent = client.get(f"/admin/recordings/{recording.pk}/consent/")
    assert consent.status_code == 200
    # What the colleague is working on is read here, and written by nobody else.
    assert not soup(consent).select(".content button[type=submit]")
    assert client.post(f"/admin/recordings/{recording.pk}/consent/", {}).url == reverse("wagtailadmin_home")
    assert client.get(f"/admin/recordings/{recording.pk}/take-down/").status_code == 200
    client.force_login(get_user_model().objects.create_user("lezer"))
    assert client.get(f"/admin/recordings/{recording.pk}/consent/").status_code == 302


def test_a_writer_takes_nothing_away(client, recording, reviewer):
    reviewer.user_permissions.remove(Permission.objects.get(codename="publish_recording"))
    client.force_login(get_user_model().objects.get(pk=reviewer.pk))
    client.post(reverse("take_down_recording", args=[recording.pk]), {"reason": "speaker", "words": "stay"})
    assert not TakeDown.objects.exists()


def test_a_picture_that_something_else_shows_stays_and_staff_are_told(recording, reviewer):
    other = make_recording("ander", poster=recording.poster)
    other.save()
    shared = take_down(recording, "speaker", reviewer)
    assert shared == [recording.poster]
    assert Path(recording.poster.file.path).is_file()


def test_what_the_page_tells_search_engines_is_valid_without_a_video(client, recording, reviewer):
    taken(recording, reviewer)
    html = body(client, PATH)
    for data in soup(html).select('script[type="application/ld+json"]'):
        json.loads(data.string)
    assert "og:image" not in html
