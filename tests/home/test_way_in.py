"""The way in: the menu, the languages and the footer of every page."""

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core import ask_links
from portal.home.models import HomePage
from portal.methods.models import MethodIndexPage
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectIndexPage
from portal.topics.models import TopicIndexPage
from tests.home.factories import make_plain
from tests.markup import links, soup, text_of

pytestmark = pytest.mark.django_db


def frame(client, path="/nl/methodieken/"):
    return soup(client.get(path))


def menu(html):
    return [link["href"] for link in html.select(".nav a")]


@pytest.fixture(autouse=True)
def without_form_for_questions(monkeypatch):
    """The portal takes no questions, unless a test says otherwise."""
    monkeypatch.setattr(ask_links, "_url", None)


def test_the_menu_has_methods_projects_webinars_and_a_glass(client, site):
    assert menu(frame(client)) == ["/nl/methodieken/", "/nl/projecten/", "/nl/webinars/", "/nl/zoeken/"]
    assert not frame(client).select("header details, header button")
    assert text_of(frame(client).select_one(".nav__find")) == _("Search")


def test_the_start_page_has_a_question_box_instead_of_the_glass(client, site):
    assert menu(frame(client, "/nl/")) == ["/nl/methodieken/", "/nl/projecten/", "/nl/webinars/"]


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_ask_us_is_in_the_menu_where_the_portal_takes_questions(client, site, translate, monkeypatch, language):
    if language != "nl":
        translate(HomePage.objects.get(), language, slug=language)
    monkeypatch.setattr(ask_links, "_url", lambda language, about, row, kind: f"/{language}/vraag/")
    with translation.override(language):
        words = " ".join(_("Ask us").split())  # a space of its own before the question mark in French
    link = frame(client, f"/{language}/").select_one(f'.nav a[href="/{language}/vraag/"]')
    assert text_of(link.select_one(".nav__long")) == words
    monkeypatch.setattr(ask_links, "_url", lambda language, about, row, kind: "")
    assert f"/{language}/vraag/" not in menu(frame(client, f"/{language}/"))


def test_european_projects_have_a_short_name_for_a_phone(client, site):
    link = frame(client).select_one('.nav a[href="/nl/projecten/"]')
    assert text_of(link.select_one(".nav__short")) == _("Projects")
    assert text_of(link.select_one(".nav__long")) == ProjectIndexPage.objects.get().title


def test_the_visited_section_is_marked(client, site):
    marked = frame(client, "/nl/projecten/").select(".nav [aria-current=page]")
    assert [link["href"] for link in marked] == ["/nl/projecten/"]


def test_each_language_has_its_code_and_its_name(client, site, translate):
    translate(MethodIndexPage.objects.get(), "fr", slug="methodes")
    entries = frame(client).select(".langs a")
    assert [(text_of(entry.select_one(".langs__code")), entry["lang"]) for entry in entries] == [
        ("NL", "nl"),
        ("FR", "fr"),
        ("EN", "en"),
        ("DE", "de"),
    ]
    assert text_of(entries[1]) == "FR Français" and entries[1]["href"] == "/fr/methodes/"
    assert entries[3]["href"] == "/de/" and "langs__other" in entries[3]["class"]


def test_the_start_page_offers_the_other_languages_in_their_own_words(client, site, translate):
    translate(HomePage.objects.get(), "fr", slug="fr")
    assert links(frame(client, "/nl/").select_one(".offer")) == {"Français": "/fr/"}
    assert links(frame(client, "/fr/").select_one(".offer")) == {"Nederlands": "/nl/"}


def test_the_footer_leads_to_the_other_sections_and_to_the_pages_about_but_not_to_the_form_of_the_menu(
    client, site, monkeypatch
):
    monkeypatch.setattr(ask_links, "_url", lambda language, about, row, kind: f"/{language}/vraag/")
    make_plain(title="Over ons", key="over")
    find, about = frame(client).select("footer nav")
    sections = ["/nl/problemen/", "/nl/themas/", "/nl/steden/", "/nl/wijzigingen/", "/nl/volgen/"]
    assert list(links(find).values()) == sections
    assert list(links(about).values()) == ["/nl/over/"]


@pytest.mark.parametrize("model", [TopicIndexPage, CityIndexPage])
def test_staff_may_put_a_section_into_the_menu(client, site, model):
    page = model.objects.get()
    page.show_in_menus = True
    page.save_revision().publish()
    html = frame(client)
    assert page.url in menu(html) and page.url not in links(html.select_one("footer")).values()
