"""The sitemap: everything public in every language, each with its other languages."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from portal.home.models import HomePage
from portal.topics.models import Topic
from portal.webinars.models import WebinarIndexPage
from tests.factories import make_method
from tests.organisations.factories import make_city
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = settings.WAGTAILADMIN_BASE_URL


@pytest.fixture
def entries(client):
    """The sitemap as {path: {language: path}}; the last change under "changed"."""

    def read():
        response = client.get("/sitemap.xml")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/xml"
        found = {}
        for url in ElementTree.fromstring(response.content).findall("s:url", NAMES):
            path = url.find("s:loc", NAMES).text.removeprefix(BASE)
            found[path] = {
                link.get("hreflang"): link.get("href").removeprefix(BASE) for link in url.findall("x:link", NAMES)
            }
            changed = url.find("s:lastmod", NAMES)
            found[path]["changed"] = changed.text if changed is not None else ""
        return found

    return read


def test_pages_name_their_other_languages(site, translate, entries):
    translate(make_method(key="pim", title="PIM"), "fr", title="PIM", slug="pim")
    found = entries()
    dutch, french = "/nl/methodieken/pim/", "/fr/methodieken-fr/pim/"
    for path in (dutch, french):
        assert {code: found[path][code] for code in ("nl", "fr", "x-default")} == {
            "nl": dutch, "fr": french, "x-default": dutch,
        }  # fmt: skip
        assert found[path]["changed"]
    assert found["/nl/"]["changed"]


def test_a_page_in_one_language_names_no_other(site, entries):
    make_method(key="pim", title="PIM")
    assert set(entries()["/nl/methodieken/pim/"]) == {"changed"}


def test_records_are_there_in_every_language_that_shows_them(site, translate, entries):
    translate(WebinarIndexPage.objects.get(), "fr", title="Webinaires", slug="webinaires")
    make_recording(title_fr="Espaces sûrs", slug_fr="espaces-surs")
    make_city("leiria")
    Topic.objects.create(key="dialoog", label_nl="dialoog", slug_nl="dialoog", live=True)
    found = entries()
    assert found["/nl/webinars/safe-spaces/"]["fr"] == "/fr/webinaires/espaces-surs/"
    assert {"/fr/webinaires/espaces-surs/", "/nl/steden/leiria/", "/nl/themas/dialoog/"} <= set(found)


def test_what_a_visitor_cannot_open_is_not_there(site, entries):
    make_recording("hidden", live=False)
    make_method(key="draft", title="Ontwerp", publish=False)
    PageViewRestriction.objects.create(page=make_method(key="secret", title="Besloten"), restriction_type="login")
    assert not [
        path for path in entries() if "hidden" in path or "ontwerp" in path or "draft" in path or "secret" in path
    ]


def test_every_address_in_it_answers(client, site, translate, entries):
    translate(HomePage.objects.get(), "fr", slug="fr")
    translate(make_method(key="pim", title="PIM"), "fr", slug="pim")
    make_recording()
    for path in entries():
        assert client.get(path).status_code == 200, path
