"""The sitemap: everything public in every language, each with its other languages."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from wagtail.models import Page, PageViewRestriction

from portal.core.publishing.visibility import visible_records
from portal.home.models import HomePage
from portal.home.sitemaps import MultilingualSitemap
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from portal.webinars.models import WebinarIndexPage
from portal.webinars.selectors import listed_recordings
from tests.factories import make_method
from tests.home.everything import Everything
from tests.organisations.factories import make_city
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = settings.WAGTAILADMIN_BASE_URL


def read_xml(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


@pytest.fixture
def files(client):
    """The addresses of the files that the index names, without the host."""

    def read():
        found = read_xml(client, "/sitemap.xml").findall("s:sitemap/s:loc", NAMES)
        assert all(location.text.startswith(f"{BASE}/sitemap-") for location in found)
        return [location.text.removeprefix(BASE) for location in found]

    return read


@pytest.fixture
def entries(client, files):
    """All files of the sitemap as {path: {language: path}}; the last change under "changed"."""

    def read():
        found = {}
        for url in (url for file in files() for url in read_xml(client, file).findall("s:url", NAMES)):
            path = url.find("s:loc", NAMES).text.removeprefix(BASE)
            assert path not in found
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
    topic = Topic.objects.create(key="dialoog", label_nl="dialoog", slug_nl="dialoog", live=True)
    make_method(key="pim", title="PIM", topics=[topic])
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


def test_the_index_names_only_files_with_something_in_them_and_when_they_changed(client, site, files):
    assert files() == ["/sitemap-pages.xml"]
    make_city("leiria")
    assert files() == ["/sitemap-pages.xml", "/sitemap-organisations.xml"]
    assert read_xml(client, "/sitemap.xml").find("s:sitemap/s:lastmod", NAMES).text
    assert "Sitemap: http" in client.get("/robots.txt").content.decode()
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-pages.xml?p=2").status_code == 404
    assert client.get("/sitemap-pages.xml?p=x").status_code == 404


def test_a_file_holds_at_most_a_thousand_addresses():
    assert MultilingualSitemap.limit * len(settings.CONTENT_LANGUAGES) <= 1000


def test_all_files_together_say_what_one_would(site, translate, files, entries, monkeypatch):
    everything = Everything()
    everything.add()
    everything.translate(translate, "fr")
    everything.add()
    whole = entries()
    assert {path: others | {"changed": whole[path]["changed"]} for path, others in expected().items()} == whole
    monkeypatch.setattr(MultilingualSitemap, "limit", 2)
    assert entries() == whole
    assert "/sitemap-pages.xml?p=3" in files()


def expected():
    """Every page and record with its versions, asked one by one."""
    found = {}
    records = [*visible_records(Topic), *visible_records(Organisation), *listed_recordings()]
    things = [
        {page.locale.language_code: page.get_url() for page in Page.objects.live().filter(translation_key=key)}
        for key in Page.objects.live().filter(depth__gt=1).values_list("translation_key", flat=True).distinct()
    ]
    things += [{code: record.path_in(code) for code in settings.CONTENT_LANGUAGES} for record in records]
    for paths in things:
        paths = {code: path for code, path in paths.items() if path}
        others = paths | ({"x-default": paths["nl"]} if "nl" in paths else {}) if len(paths) > 1 else {}
        found |= dict.fromkeys(paths.values(), others)
    return found


def test_a_file_costs_the_same_however_much_is_in_it(client, site, translate, django_assert_max_num_queries, files):
    everything = Everything()
    for _turn in range(3):
        everything.add()
    everything.translate(translate, "fr")
    for file in files():
        client.get(file)
        with django_assert_max_num_queries(4):
            client.get(file)
    with django_assert_max_num_queries(9):
        client.get("/sitemap.xml")
