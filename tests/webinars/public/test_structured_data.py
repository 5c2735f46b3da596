"""schema.org in the page of a recording: what can be watched or heard, its chapters as clips, a session as an event."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from portal.core.models import ImageRights, SchakelImage
from portal.webinars.models import Series
from portal.webinars.public.structured_data import MAY_BE_SHOWN
from tests.schema_org import graph_of, mistakes, node_of, nodes_in, said_by_nobody
from tests.topics.factories import make_topic
from tests.webinars.factories import make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db

BASE = settings.WAGTAILADMIN_BASE_URL
PATH = "/nl/webinars/safe-spaces/"
BRUSSELS = ZoneInfo("Europe/Brussels")
FRAME = {"WebSite", "WebPage", "BreadcrumbList"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


def main_of(client, path=PATH):
    """The node of what the page is about, None for none; every page is checked on the way."""
    response = client.get(path)
    graph = graph_of(response)
    assert mistakes(graph) == []
    assert said_by_nobody(response, "nl") == []
    return next((node for node in graph if node["@type"] not in FRAME), None)


def make_poster(rights=ImageRights.OWN):
    picture = io.BytesIO()
    Image.new("RGB", (1280, 720), "teal").save(picture, "JPEG")
    return SchakelImage.objects.create(title="Beeld", rights=rights, file=ContentFile(picture.getvalue(), "beeld.jpg"))


def test_a_film_with_a_poster_of_our_own_is_a_video_with_its_chapters_as_clips(client, site):
    chapters = [(0, "Begin"), (60, "Vragen")]
    recording = make_recording(chapters=chapters, duration_s=100, spoken_language="nl", poster=make_poster())
    make_source(recording, "yt:dQw4w9WgXcQ", published_at=datetime(2021, 9, 20, 10, tzinfo=BRUSSELS))
    video = main_of(client)
    assert (video["@type"], video["name"], video["duration"]) == ("VideoObject", "Veilige ruimtes", "PT100S")
    assert video["@id"] == f"{BASE}/id/recording/safe-spaces"
    assert video["embedUrl"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert video["uploadDate"].startswith("2021-09-20")
    assert video["thumbnailUrl"][0].startswith(f"{BASE}/media/")
    assert [(clip["startOffset"], clip["endOffset"], clip["name"]) for clip in video["hasPart"]] == [
        (0, 60, "Begin"),
        (60, 100, "Vragen"),
    ]
    assert video["hasPart"][1]["url"] == f"{BASE}{PATH}?t=60#t-60"


@pytest.mark.parametrize("rights", ImageRights.values)
def test_a_poster_that_nobody_gave_makes_it_no_video(client, site, rights):
    make_source(make_recording(poster=make_poster(rights)), "yt:dQw4w9WgXcQ")
    work = main_of(client)
    assert work["@type"] == ("VideoObject" if rights in MAY_BE_SHOWN else "CreativeWork")
    assert ("thumbnailUrl" in work) is (rights in MAY_BE_SHOWN)


def test_a_film_without_a_poster_is_a_work_that_can_be_watched_elsewhere(client, site):
    make_source(make_recording(), "yt:dQw4w9WgXcQ")
    work = main_of(client)
    assert work["@type"] == "CreativeWork"
    assert work["sameAs"] == ["https://www.youtube.com/watch?v=dQw4w9WgXcQ"]


def test_what_is_not_known_is_not_said(client, site):
    make_source(make_recording(poster=make_poster()), "yt:dQw4w9WgXcQ")
    assert not {"uploadDate", "duration", "hasPart", "inLanguage", "contentUrl", "license"} & set(main_of(client))


def test_the_day_of_publication_is_said_where_the_page_says_it(client, site):
    held = datetime(2021, 9, 14, 10, tzinfo=BRUSSELS)
    recording = make_recording(poster=make_poster(), event_start=held)
    make_source(recording, "yt:dQw4w9WgXcQ", published_at=datetime(2021, 9, 20, 10, tzinfo=BRUSSELS))
    assert "uploadDate" not in main_of(client)


def test_a_chapter_beyond_the_end_is_no_clip(client, site):
    recording = make_recording(chapters=[(0, "Begin"), (90, "Na het einde")], duration_s=60, poster=make_poster())
    make_source(recording, "yt:dQw4w9WgXcQ")
    clips = main_of(client)["hasPart"]
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in clips] == [("Begin", 0, 60)]


def test_only_speakers_who_agreed_are_named(client, site):
    shy = make_speaker("bea", "Bea Claes", consent=False)
    recording = make_recording(speakers=[make_speaker(), shy], poster=make_poster())
    make_source(recording, "yt:dQw4w9WgXcQ")
    names = [node["name"] for node in nodes_in(main_of(client)) if node["@type"] == "Person"]
    assert names == ["Ann Peeters"]


def test_what_is_only_heard_is_an_episode_at_its_own_platform(client, site):
    series = Series.objects.create(key="prevent", title_nl="Prevent", live=True)
    recording = make_recording(medium="audio", duration_s=1200, series=series, organiser_nl="Efus")
    make_source(recording, "web:aflevering", platform="web", url="https://podcast.ausha.co/efus/aflevering")
    episode = node_of(graph_of(client.get(PATH)), "PodcastEpisode")
    assert mistakes([episode]) == []
    assert (episode["duration"], episode["sameAs"]) == ("PT1200S", ["https://podcast.ausha.co/efus/aflevering"])
    assert (episode["creditText"], episode["partOfSeries"]["name"]) == ("Efus", "Prevent")
    assert "associatedMedia" not in episode, "it does not play in the page"


def test_slides_are_slides(client, site):
    recording = make_recording(medium="slides", poster=make_poster())
    make_source(recording, "web:dia", platform="web", url="https://example.org/dia.pdf")
    assert main_of(client)["@type"] == "PresentationDigitalDocument"


def test_a_session_of_which_only_the_day_is_known_took_place_on_that_day(client, site):
    make_recording(state="not_found", event_day="2021-09-14", event_last_day="2021-09-15", organiser_nl="Efus")
    make_recording("about", state="not_found", event_day="2021-09~")
    event = node_of(graph_of(client.get(PATH)), "Event")
    assert mistakes([event]) == []
    assert (event["startDate"], event["endDate"], event["organizer"]["name"]) == ("2021-09-14", "2021-09-15", "Efus")
    assert main_of(client, "/nl/webinars/about/") is None


def test_it_says_its_topics_and_its_series(client, site):
    series = Series.objects.create(key="dialoog", title_nl="In dialoog", live=True)
    recording = make_recording(topics=[make_topic("nuisance", "overlast")], series=series, poster=make_poster())
    make_source(recording, "yt:dQw4w9WgXcQ")
    video = main_of(client)
    assert [topic["@id"] for topic in video["about"]] == [f"{BASE}/id/topic/nuisance"]
    assert video["isPartOf"]["name"] == "In dialoog"


def test_a_session_to_come_is_an_event(client, site):
    begins = timezone.now() + timedelta(days=3)
    make_recording(state="planned", event_start=begins, event_end=begins + timedelta(hours=1))
    event = main_of(client)
    assert (event["@type"], event["startDate"]) == ("Event", begins.isoformat())
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert not {"location", "eventAttendanceMode"} & set(event), "the page does not say where"


def test_a_session_that_is_called_off_says_so(client, site):
    recording = make_recording(state="planned", event_start=timezone.now() + timedelta(days=3))
    make_source(recording, "cal:x", platform="web", state="called_off")
    assert main_of(client)["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_session_that_took_place_is_an_event_without_a_plan(client, site):
    make_recording(state="not_found", event_start=datetime(2021, 9, 14, 10, tzinfo=BRUSSELS))
    event = main_of(client)
    assert (event["@type"], event["startDate"][:10]) == ("Event", "2021-09-14")
    assert "eventStatus" not in event


def test_a_session_without_a_date_and_a_recording_that_was_not_found_are_a_page_only(client, site):
    make_recording(state="planned")
    make_recording("other", state="not_found")
    assert main_of(client) is None
    assert main_of(client, "/nl/webinars/other/") is None
    assert node_of(graph_of(client.get(PATH)), "WebPage")["name"] == "Veilige ruimtes"


def test_an_example_is_never_told_to_machines_as_a_recording(client, site):
    make_source(make_recording(is_example=True, poster=make_poster()), "yt:dQw4w9WgXcQ")
    assert main_of(client) is None


def test_words_cannot_end_the_script(client, site):
    title = "</script><b>"
    make_source(make_recording(title_nl=title, abstract_nl="Gras & groen", poster=make_poster()), "yt:dQw4w9WgXcQ")
    video = node_of(graph_of(client.get(PATH)), "VideoObject")
    assert (video["name"], video["description"]) == (title, "Gras & groen")


def test_a_long_text_of_the_source_is_said_in_short(client, site):
    recording = make_recording(title_nl="", poster=make_poster())
    make_source(recording, "yt:dQw4w9WgXcQ", title="Zo heet het daar", text="Eerst dit.\n\n" + "Dan dat. " * 600)
    assert len(main_of(client)["description"]) <= 500
