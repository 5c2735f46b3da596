"""The poster of a recording is there for a phone and for a desk, small, and from our own files."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from PIL import Image

from portal.core.models import SchakelImage
from portal.webinars.public.cards import recording_cards
from portal.webinars.public.posters import make_missing_renditions
from tests.markup import soup
from tests.webinars.factories import make_recording, make_source

pytestmark = pytest.mark.django_db


def poster(width=1280, height=720):
    content = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(content, "JPEG")
    return SchakelImage.objects.create(title="Beeld", file=ContentFile(content.getvalue(), "beeld.jpg"))


@pytest.fixture
def recording(site):
    recording = make_recording(poster=poster())
    make_source(recording, title="Bron", url="https://www.youtube.com/watch?v=aaaaaaaaaaa")
    return recording


def page(client, recording):
    return soup(client.get(recording.path_in("nl")))


def sources(html) -> dict[str, str]:
    return {source["type"]: source["srcset"] for source in html.select("picture source")}


def poster_of(html):
    """The picture that stands in the player until it is clicked."""
    return html.select_one("#player img")


def widths(srcset) -> list[int]:
    return [int(width) for width in re.findall(r" (\d+)w", srcset)]


def test_a_browser_chooses_among_four_widths_avif_first(client, recording):
    assert list(make_missing_renditions()) == [recording.poster]
    found = sources(page(client, recording))
    assert list(found) == ["image/avif", "image/webp"]
    assert [widths(srcset) for srcset in found.values()] == [[400, 720, 1024, 1280]] * 2


def test_every_width_is_the_picture_in_its_format_and_sixteen_to_nine(client, recording):
    list(make_missing_renditions())
    for kind, srcset in sources(page(client, recording)).items():
        for url, width in re.findall(r"(\S+) (\d+)w", srcset):
            response = client.get(url)
            assert response.headers["Content-Type"] == kind
            with Image.open(io.BytesIO(response.content)) as picture:
                assert picture.format == kind.removeprefix("image/").upper()
                assert picture.size == (int(width), int(width) * 9 // 16)


def test_the_place_of_the_picture_is_kept_before_it_is_there(client, recording):
    list(make_missing_renditions())
    html = page(client, recording)
    picture = poster_of(html)
    assert re.fullmatch(r"/media/.+\.webp", picture["src"])
    assert (picture["alt"], picture["width"], picture["height"]) == ("", "1280", "720")
    assert {source["sizes"] for source in html.select("picture source")} == {"(min-width: 62em) 60vw, 92vw"}


def test_until_the_widths_are_made_one_picture_is_shown(client, recording):
    html = page(client, recording)
    assert not sources(html)
    picture = poster_of(html)
    assert re.fullmatch(r"/media/.+\.webp", picture["src"])
    assert (picture["alt"], picture["width"]) == ("", "1280")


def test_a_visitor_does_not_wait_for_who_is_writing(client, recording, monkeypatch):
    waited = []

    def locked(*_arguments):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                waited.append(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
        raise OperationalError("database is locked")

    monkeypatch.setattr(SchakelImage, "create_rendition", locked)
    assert not page(client, recording).select("picture")
    assert not any(waited)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] > 0, "others wait as before"


def test_widths_are_made_once_and_again_for_another_picture(recording):
    list(make_missing_renditions())
    assert list(make_missing_renditions()) == []
    recording.poster = poster()
    recording.save()
    assert list(make_missing_renditions()) == [recording.poster]


def test_a_small_picture_is_not_made_larger(client, site):
    recording = make_recording(poster=poster(480, 360))
    make_source(recording, title="Bron")
    list(make_missing_renditions())
    assert [widths(srcset) for srcset in sources(page(client, recording)).values()] == [[400, 480]] * 2
    assert list(make_missing_renditions()) == []


def test_a_card_has_the_widths_too(recording):
    list(make_missing_renditions())
    (card,) = recording_cards([recording.key], "nl")
    assert [source["type"] for source in card.image["sources"]] == ["image/avif", "image/webp"]
    assert (card.image["width"], card.image["height"]) == (640, 360)


def test_a_poster_whose_file_is_gone_holds_up_no_other(site):
    gone, there = make_recording("weg", poster=poster()), make_recording("daar", poster=poster())
    gone.poster.file.storage.delete(gone.poster.file.name)
    assert list(make_missing_renditions()) == [there.poster]


def test_nobody_makes_widths_for_what_is_not_public(site):
    make_recording(poster=poster(), live=False)
    assert list(make_missing_renditions()) == []
