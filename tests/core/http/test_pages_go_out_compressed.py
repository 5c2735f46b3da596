"""Pages, feeds and answers of the API are sent compressed, from the page cache too; what is no text is not."""

import gzip
from pathlib import Path

import pytest

from tests.factories import make_method

pytestmark = pytest.mark.django_db
TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def copies_on(settings, site):
    settings.PAGE_CACHE_ENABLED = True


@pytest.mark.parametrize("path", ["/nl/", "/fr/", "/api/v1/openapi.json", "/nl/zoeken/?q=overlast"])
def test_who_takes_gzip_gets_the_same_text_smaller(client, copies_on, path):
    plain = client.get(path)
    packed = client.get(path, headers=TAKES_GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) == int(packed.headers["Content-Length"]) < len(plain.content)
    assert gzip.decompress(packed.content).decode() == plain.content.decode()


def test_who_does_not_take_gzip_never_gets_the_page_of_who_does(client, copies_on):
    for _visit in ("rendered", "from the cache"):
        assert client.get("/nl/", headers=TAKES_GZIP).headers["Content-Encoding"] == "gzip"
        answer = client.get("/nl/")
        assert "Content-Encoding" not in answer.headers
        assert b"<!doctype html>" in answer.content[:200].lower()
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("header", ["gzip;q=0", "br, gzip; q=0.000", "GZIP;Q=0, identity", "gzip;q=no", "*;q=0"])
@pytest.mark.parametrize("path", ["/nl/", "/api/v1/openapi.json", "/static/ui/css/schakel.css"])
def test_who_says_that_she_takes_no_gzip_gets_none(client, copies_on, header, path):
    client.get(path, headers=TAKES_GZIP)
    answer = client.get(path, headers={"Accept-Encoding": header})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("header", ["gzip;q=0.1", "br;q=0, gzip", "GZIP", "deflate , gzip ; q=1", "gzip;level=9"])
def test_who_takes_it_gets_it_however_it_is_written(client, copies_on, header):
    assert client.get("/nl/", headers={"Accept-Encoding": header}).headers["Content-Encoding"] == "gzip"


def test_what_a_player_asks_in_parts_goes_out_as_it_is(client, site, settings):
    captions = Path(settings.MEDIA_ROOT, "proef", "proef.vtt")
    captions.parent.mkdir(parents=True, exist_ok=True)
    captions.write_text("WEBVTT\n" + "tekst " * 500)
    part = client.get("/media/proef/proef.vtt", headers={**TAKES_GZIP, "Range": "bytes=0-999"})
    assert part.headers["Content-Type"].startswith("text/vtt")
    assert "Content-Encoding" not in part.headers
    assert part.content == captions.read_bytes()[:1000]


def test_a_change_is_in_the_next_compressed_page(client, copies_on, django_capture_on_commit_callbacks):
    client.get("/nl/methodieken/", headers=TAKES_GZIP)
    with django_capture_on_commit_callbacks(execute=True):
        make_method(title="Buurttafel")
    assert b"Buurttafel" in gzip.decompress(client.get("/nl/methodieken/", headers=TAKES_GZIP).content)
